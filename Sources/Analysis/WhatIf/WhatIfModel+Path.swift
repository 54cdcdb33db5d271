internal import Curves
internal import Mathematics
internal import StateSpace

extension WhatIfModel {
  /// Models that the level is averaged over at most: the likeliest.
  private static let most = 8
  /// Earlier readings say next to nothing of those to come.
  private static let window = 300

  /// What is expected at a place to come if the air does not change, in own SD.
  private struct Level {
    var mean: Double
    /// Of a reading about it.
    var variance: Double
  }

  /// The path, averaged over all fits.
  func path(_ question: WhatIf, _ seen: SeenAir) -> WhatIfPath {
    let count = places.count - readings
    let step = (question.value - seen.reference) / seen.deviation
    let responses = AirKernel.all.map {
      $0.response(toPlaces: question.days * Grid.perDay, count: count)
    }
    let likeliest = Array(fits.sorted { $0.weight > $1.weight }.prefix(Self.most))
    let levels = levels(likeliest)
    let scores = scores(likeliest[0], ahead: question.days)
    let band = AdaptiveBand(scores: scores, level: question.level)
    let steps = (0..<count).map { index -> WhatIfPath.Step in
      let parts = fits.map { fit in
        let (mean, scale) = fit.coefficient
        let size = step * responses[fit.kernel][index]
        return StudentMixture.Part(
          weight: fit.weight, mean: mean * size, scale: scale * abs(size), df: fit.posterior.df)
      }
      return self.step(index, StudentMixture(parts), levels[index], band, question.level)
    }
    return WhatIfPath(
      question: question, outcome: curve.name, unit: curve.unit, airUnit: seen.curve.unit,
      reference: seen.reference, steps: steps, deviation: deviation, readings: readings,
      days: days, adjustedFor: adjustedFor,
      kernels: AirKernel.all.indices.map { kernel in
        fits.reduce(0) { $0 + ($1.kernel == kernel ? $1.weight : 0) }
      }, heldShare: band.heldShare)
  }

  private func step(
    _ index: Int, _ difference: StudentMixture, _ level: Level, _ band: AdaptiveBand,
    _ wanted: Double
  ) -> WhatIfPath.Step {
    let read = StudentMixture(
      difference.parts.map {
        var part = $0
        part.scale = (part.scale * part.scale + level.variance).squareRoot()
        return part
      })
    let spread = difference.variance
    func around(_ middle: Double, _ variance: Double) -> Estimate {
      let half = band.half * variance.squareRoot() * deviation
      let value = mean + deviation * middle
      return Estimate(value: value, low: value - half, high: value + half, level: wanted)
    }
    return WhatIfPath.Step(
      place: places[readings + index],
      difference: difference.estimate(level: wanted).scaled(by: deviation),
      differenceRead: read.estimate(level: wanted).scaled(by: deviation),
      unchanged: around(level.mean, level.variance),
      changed: around(level.mean + difference.mean, level.variance + spread))
  }

  /// The expected level at each place to come, over the likeliest fits.
  private func levels(_ fits: [Fit]) -> [Level] {
    let total = fits.reduce(0) { $0 + $1.weight }
    var levels = Array(repeating: Level(mean: 0, variance: 0), count: places.count - readings)
    for fit in fits {
      let fitted = fitted(fit)
      let errors = (0..<readings).map { outcome[$0] - fitted[$0] }
      let inverse = fit.posterior.factor.inverse
      for index in levels.indices {
        let row = readings + index
        let next = expectation(fit, errors, before: readings, at: row, inverse)
        levels[index].mean += fit.weight / total * (fitted[row] + next.mean)
        levels[index].variance += fit.weight / total * next.variance
      }
    }
    return levels
  }

  /// The regression's part at every place.
  private func fitted(_ fit: Fit) -> [Double] {
    let (beta, _) = fit.posterior.coefficients
    var sum = Array(repeating: 0.0, count: places.count)
    for (column, coefficient) in zip(fit.posterior.used, beta) {
      let values = columns[column]
      for row in sum.indices { sum[row] += coefficient * values[row] }
    }
    return sum
  }

  /// What the readings before `end` foretell of the noise in a row, by one more row of the whitening.
  ///
  /// - Parameters:
  ///   - fit: with the noise and the coefficients.
  ///   - errors: what the coefficients leave of every reading.
  ///   - end: the first row that is not known.
  ///   - row: whose noise is foretold.
  ///   - inverse: of the coefficients' sums of products, where their uncertainty is to count.
  /// - Returns: in the noise's unit.
  private func expectation(
    _ fit: Fit, _ errors: [Double], before end: Int, at row: Int, _ inverse: Matrix? = nil
  ) -> (mean: Double, variance: Double) {
    let first = max(0, end - Self.window)
    let known = Array(places[first..<end])
    let without = Whitening(places: known, noise: fit.noise)
    let with = Whitening(places: known + [places[row]], noise: fit.noise)
    var variance = (with.logDeterminant - without.logDeterminant).exponential
    let used = inverse == nil ? [] : fit.posterior.used
    let parts = used.map { columns[$0][first..<end] + [columns[$0][row]] }
    let matrix = Matrix(columns: parts.map { Array($0) } + [Array(errors[first..<end]) + [0]])
    let whitened = with.whitened(matrix)
    let mean = -whitened[known.count, used.count] * variance.squareRoot()
    if let inverse {
      let last = used.indices.map { whitened[known.count, $0] }
      variance *= 1 + zip(last, inverse.times(last)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return (mean, variance * fit.posterior.remainder / fit.posterior.df)
  }

  /// How far past readings were from what those `days` before them foretold, in standard deviations.
  ///
  /// The coefficients have seen those readings too: the distances are as much too short as they take
  /// degrees of freedom, and are lengthened by it.
  private func scores(_ fit: Fit, ahead days: Int) -> [Double] {
    let fitted = fitted(fit)
    let errors = (0..<readings).map { outcome[$0] - fitted[$0] }
    let kept = max(0.2, 1 - freedom(fit) / Double(readings)).squareRoot()
    let ahead = days * Grid.perDay
    var end = 0
    return (max(0, readings - 500)..<readings).compactMap { row in
      while end < row, places[end] <= places[row] - ahead { end += 1 }
      guard end >= 10 else { return nil }
      let next = expectation(fit, errors, before: end, at: row)
      return abs(errors[row] - next.mean) / next.variance.squareRoot() / kept
    }
  }

  /// Degrees of freedom that the coefficients take: fewer than there are, as each has an expectation.
  private func freedom(_ fit: Fit) -> Double {
    let inverse = fit.posterior.factor.inverse
    return fit.posterior.used.indices.reduce(0.0) { sum, index in
      let width = index < adjustments ? widths[index] : Self.expected
      return sum + 1 - inverse[index, index] / (width * width)
    }
  }
}

/// A band's half width that learns from its own misses.
///
/// Adaptive conformal inference: after a miss the next is wider, after a hit a little narrower. Source:
/// Gibbs and Candès, NeurIPS 2021.
struct AdaptiveBand {
  /// In standard deviations of what is foretold.
  let half: Double
  /// The share of the past that was within the band of its time.
  let heldShare: Double

  /// How far one miss moves the aim.
  private static let rate = 0.02
  /// With fewer scores, the normal distribution's width.
  private static let least = 20

  /// - Parameters:
  ///   - scores: absolute distances in standard deviations, in the order they came.
  ///   - level: the share that is to be within.
  init(scores: [Double], level: Double) {
    var past: [Double] = []
    var aim = 1 - level
    var held = 0
    for score in scores {
      let isWithin = score <= Self.half(past, aim)
      held += isWithin ? 1 : 0
      aim += Self.rate * ((1 - level) - (isWithin ? 0 : 1))
      past.insert(score, at: past.firstIndex { $0 > score } ?? past.count)
    }
    half = Self.half(past, aim)
    heldShare = scores.isEmpty ? 0 : Double(held) / Double(scores.count)
  }

  private static func half(_ sorted: [Double], _ aim: Double) -> Double {
    let aim = min(max(aim, 0.005), 0.995)
    guard sorted.count >= least else { return StandardNormal.quantile(1 - aim / 2) }
    // Of n scores and the next one, the ceil((n + 1)(1 − aim))th.
    let place = Int((Double(sorted.count + 1) * (1 - aim)).rounded(.up))
    return place <= sorted.count ? sorted[max(place, 1) - 1] : sorted[sorted.count - 1] * 1.25
  }
}

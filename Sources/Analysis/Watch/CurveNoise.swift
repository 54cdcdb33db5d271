internal import Curves
internal import Mathematics

/// What the first months say of how one curve wanders: the likeliest model, and how sure that is.
struct CurveNoise: Sendable {
  /// One model of the grid, with its posterior weight and the sum of squares that it leaves.
  struct Candidate: Sendable {
    var wandering: Wandering
    var weight: Double
    var squares: Double
  }

  /// The likeliest model.
  let wandering: Wandering
  /// The person's own SD of one reading, in the curve's unit.
  let deviation: Double
  /// The level, in the curve's unit.
  let centre: Double
  let candidates: [Candidate]
  /// Readings less what was estimated.
  let degrees: Double
  /// The unit that `Candidate.squares` are in, squared curve units.
  let scale: Double

  /// One reading in the past: its place, its value, the regressors there.
  struct Reading {
    var place: Int
    var value: Double
    var row: [Double]
  }

  /// Models that are weighed: correlation per day, share, how it moves within the day.
  static let grid: [Wandering] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94].flatMap {
    perDay in
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97].flatMap { share in
      [0, 0.5].map { Wandering(perDay: perDay, share: share, withinDay: $0) }
    }
  }

  /// How likely a model is beforehand: skin wanders over days, and partly (0.3 to 0.8 a day, 0.4 to 0.8
  /// of the variance, are what was thought plausible; beyond them less and less).
  static func prior(_ wandering: Wandering) -> Double {
    func fading(_ value: Double, _ low: Double, _ high: Double) -> Double {
      let beyond = max(low - value, value - high, 0) / 0.1
      return (-0.5 * beyond * beyond).exponential
    }
    return fading(wandering.perDay, 0.3, 0.8) * fading(wandering.share, 0.4, 0.8)
  }

  /// Nil where the readings do not vary.
  ///
  /// - Parameters:
  ///   - readings: in the order of their places.
  ///   - ridge: the prior precision of each regressor, in one over own variance; 0 for the level.
  init?(_ readings: [Reading], ridge: [Double]) {
    let values = readings.map(\.value)
    guard let middle = Robust.median(values), let deviation = Robust.deviation(values),
      deviation > 1e-9 * max(1, abs(middle))
    else { return nil }
    let series = Self.series(readings, middle, deviation)
    let degrees = Double(readings.count - 1)
    var logs: [Double] = []
    var fits: [Regression] = []
    for wandering in Self.grid {
      let fit = Regression(series, wandering, ridge: ridge)
      logs.append(
        fit.logLikelihood(degrees: degrees) + Self.prior(wandering).logarithm)
      fits.append(fit)
    }
    guard let top = logs.indices.max(by: { logs[$0] < logs[$1] }), logs[top].isFinite else {
      return nil
    }
    let weights = logs.map { ($0 - logs[top]).exponential }
    let total = weights.reduce(0, +)
    candidates = Self.grid.indices.map {
      Candidate(
        wandering: Self.grid[$0], weight: weights[$0] / total, squares: fits[$0].squares)
    }
    wandering = Self.grid[top]
    self.degrees = degrees
    scale = deviation * deviation
    self.deviation = (fits[top].squares / degrees * scale).squareRoot()
    centre = middle + deviation * fits[top].level
  }

  /// The places from the first reading to the last, with nil where there is none.
  private static func series(
    _ readings: [Reading], _ middle: Double, _ deviation: Double
  ) -> [(place: Int, numbers: [Double]?)] {
    guard let first = readings.first?.place, let last = readings.last?.place else { return [] }
    var series: [(place: Int, numbers: [Double]?)] = (first...last).map { ($0, nil) }
    for reading in readings {
      series[reading.place - first].numbers = [(reading.value - middle) / deviation] + reading.row
    }
    return series
  }

  /// The correlation over a day, over all models.
  var perDay: Double { candidates.reduce(0) { $0 + $1.weight * $1.wandering.perDay } }

  /// So many models, in proportion to how likely they are, and their SD relative to the likeliest's.
  func spread(_ count: Int) -> [(wandering: Wandering, scale: Double)] {
    var (chosen, sum): ([(wandering: Wandering, scale: Double)], Double) = ([], 0)
    for candidate in candidates {
      sum += candidate.weight
      while chosen.count < count, sum * Double(count) >= Double(chosen.count) + 0.5 {
        let deviation = (candidate.squares / degrees * scale).squareRoot()
        chosen.append((candidate.wandering, deviation / self.deviation))
      }
    }
    return chosen
  }

  /// A model as true as these readings allow, and its SD in the curve's unit.
  func draw(_ generator: inout SeededGenerator) -> (wandering: Wandering, deviation: Double) {
    var left = generator.uniform()
    let chosen =
      candidates.first { candidate in
        left -= candidate.weight
        return left <= 0
      } ?? Candidate(wandering: wandering, weight: 1, squares: degrees)
    let chi = GammaDistribution(shape: degrees / 2, scale: 2).quantile(generator.uniform())
    return (chosen.wandering, (chosen.squares * scale / chi).squareRoot())
  }
}

/// Regressors fitted to one curve under one model of its wandering.
private struct Regression {
  var squares: Double
  /// The first regressor's coefficient.
  var level: Double
  private var logDeterminants: Double

  init(
    _ series: [(place: Int, numbers: [Double]?)], _ wandering: Wandering, ridge: [Double]
  ) {
    let size = ridge.count
    var steps = Steps(wandering)
    var states = Array(repeating: 0.0, count: size + 1)
    var gram = Array(repeating: 0.0, count: (size + 1) * (size + 1))
    var logDeterminant = 0.0
    states.withUnsafeMutableBufferPointer { states in
      gram.withUnsafeMutableBufferPointer { gram in
        for (place, numbers) in series {
          let step = steps.next(place, isRead: numbers != nil)
          guard let numbers else {
            for index in 0...size { states[index] *= step.kept }
            continue
          }
          logDeterminant -= 2 * step.precision.logarithm
          numbers.withUnsafeBufferPointer { numbers in
            for index in 0...size {
              let surprise = (numbers[index] - states[index]) * step.precision
              for other in 0..<index {
                let before = (numbers[other] - states[other]) * step.precision
                gram[other + index * (size + 1)] += before * surprise
              }
              gram[index + index * (size + 1)] += surprise * surprise
            }
            for index in 0...size {
              let surprise = numbers[index] - states[index]
              states[index] = step.kept * (states[index] + step.follow * surprise)
            }
          }
        }
      }
    }
    var normal = Matrix(rows: size, columns: size)
    for column in 0..<size {
      for row in 0...column {
        normal[row, column] = gram[row + 1 + (column + 1) * (size + 1)]
        normal[column, row] = normal[row, column]
      }
      normal[column, column] += ridge[column]
    }
    let cross = (0..<size).map { gram[($0 + 1) * (size + 1)] }
    guard let factor = Cholesky(normal) else {
      (squares, level, logDeterminants) = (.infinity, 0, .infinity)
      return
    }
    let coefficients = factor.solve(cross)
    squares = gram[0] - zip(cross, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    level = coefficients.first ?? 0
    logDeterminants = logDeterminant + factor.logDeterminant
  }

  func logLikelihood(degrees: Double) -> Double {
    guard squares > 0, squares.isFinite else { return -.infinity }
    return -0.5 * (logDeterminants + degrees * squares.logarithm)
  }
}

internal import Curves
internal import Mathematics
internal import StateSpace

/// One outcome with all its events, over all noises and kernels that are worth a thought.
struct LagModel {
  private let curve: Curve
  private let events: [EventCurve]
  private let readings: Int
  private let deviation: Double
  private let adjustedFor: [String]
  private let columns: Columns
  /// Noises that are left, with their weights and sums of products.
  private let noises: [Weighted]

  private struct Weighted {
    var logWeight: Double
    var gram: Matrix
    var logDeterminant: Double
  }

  /// Where the columns of one outcome stand: adjustments, then each event's kernels, then the outcome.
  private struct Columns {
    var adjustments: Int
    var kernels: Int
    var expected: [Double]

    func kernels(of event: Int) -> [Int] {
      let first = adjustments + event * kernels
      return Array(first..<(first + kernels))
    }

    /// Three kernels that together follow any other closely: what other events are adjusted by.
    func basis(of event: Int) -> [Int] {
      [1, 6, 14].map { adjustments + event * kernels + $0 }
    }
  }

  /// - Returns: nil where there is nothing to be fitted.
  init?(history: History, curve: Curve, events: [EventCurve]) {
    let places = curve.values.indices.filter { curve.values[$0] != nil }
    let values = places.compactMap { curve.values[$0] }
    guard let mean = Robust.mean(values), let deviation = Robust.deviation(values), deviation > 0
    else { return nil }
    let regressors = Adjustments(history: history, curve: curve, places: places).regressors()
    var parts = regressors.map(\.values)
    for event in events {
      for kernel in LagKernel.all {
        let spread = kernel.spread(event.doses)
        parts.append(places.map { spread[$0] })
      }
    }
    parts.append(values.map { ($0 - mean) / deviation })
    let expected =
      regressors.map(\.expected)
      + Array(
        repeating: EffectAnalysis.expectedEffect / 3.0.squareRoot(),
        count: events.count * LagKernel.all.count)
    columns = Columns(
      adjustments: regressors.count, kernels: LagKernel.all.count, expected: expected)
    noises = Self.weigh(Matrix(columns: parts), columns, events.count, places)
    guard !noises.isEmpty else { return nil }
    self.curve = curve
    self.events = events
    self.deviation = deviation
    readings = places.count
    adjustedFor = regressors.names
  }

  /// Weighs all noises with one kernel an event, and keeps those that matter, with all kernels.
  private static func weigh(
    _ matrix: Matrix, _ columns: Columns, _ events: Int, _ places: [Int]
  ) -> [Weighted] {
    let adjusting = Array(0..<columns.adjustments)
    let used = adjusting + (0..<events).map { columns.kernels(of: $0)[5] }
    let few = Matrix(
      columns: used.map { matrix.column($0) } + [matrix.column(matrix.columns - 1)])
    let widths = used.map { columns.expected[$0] }
    let weighed = NoiseGrid.all.compactMap { noise -> (Whitening, Double)? in
      let whitening = Whitening(places: places, noise: noise)
      return LinearPosterior(
        gram: whitening.whitened(few).gram, used: Array(used.indices), expected: widths,
        logDeterminant: whitening.logDeterminant, readings: places.count
      ).map { (whitening, $0.evidence) }
    }
    guard let best = weighed.map(\.1).max() else { return [] }
    let kept = weighed.filter { $0.1 > best - 4 }.sorted { $0.1 > $1.1 }.prefix(12)
    return kept.map { whitening, evidence in
      Weighted(
        logWeight: evidence - best, gram: whitening.whitened(matrix).gram,
        logDeterminant: whitening.logDeterminant)
    }
  }

  /// Adjustments and the other events under each noise.
  private func models(without event: Int) -> [LinearPosterior] {
    let others = events.indices.filter { $0 != event }.flatMap { columns.basis(of: $0) }
    let used = Array(0..<columns.adjustments) + others
    return noises.compactMap { noise in
      LinearPosterior(
        gram: noise.gram, used: used, expected: columns.expected,
        logDeterminant: noise.logDeterminant, readings: readings)
    }
  }

  /// The probability of as much without an effect, under the likeliest noises by their weights.
  private func p(of event: Int, _ models: [LinearPosterior]) -> Double? {
    guard let best = models.map(\.evidence).max() else { return nil }
    let likely = models.filter { $0.evidence > best - 2 }.sorted { $0.evidence > $1.evidence }
    var (sum, total) = (0.0, 0.0)
    for model in likely.prefix(4) {
      let test = model.test(columns.kernels(of: event), expected: EffectAnalysis.expectedEffect)
      guard let p = test.p() else { continue }
      let weight = (model.evidence - best).exponential
      sum += weight * p
      total += weight
    }
    return total > 0 ? sum / total : nil
  }

  /// The posterior of one event's strongest effect under each noise and kernel.
  private func posteriors(
    of event: Int, _ models: [LinearPosterior]
  ) -> [(kernel: Int, part: StudentMixture.Part)] {
    guard let best = models.map(\.evidence).max() else { return [] }
    return models.flatMap { model in
      model.adding(columns.kernels(of: event), expected: EffectAnalysis.expectedEffect)
        .enumerated().map { kernel, coefficient in
          let weight =
            (model.evidence - best + coefficient.gain).exponential
            * LagKernel.all[kernel].likely
          return (
            kernel,
            StudentMixture.Part(
              weight: weight, mean: coefficient.mean, scale: coefficient.scale, df: model.df)
          )
        }
    }
  }

  /// The strongest effect alone, in own SD.
  func peak(of event: Int, level: Double) -> Estimate? {
    let parts = posteriors(of: event, models(without: event))
    return parts.isEmpty ? nil : StudentMixture(parts.map(\.part)).estimate(level: level)
  }

  /// - Returns: ungraded; nil where no model could be fitted.
  func effect(of event: Int) -> Effect? {
    let models = models(without: event)
    let parts = posteriors(of: event, models)
    guard !parts.isEmpty else { return nil }
    let peak = StudentMixture(parts.map(\.part))
    let cumulative = StudentMixture(
      parts.map { kernel, part in
        let total = LagKernel.all[kernel].total
        return StudentMixture.Part(
          weight: part.weight, mean: part.mean * total, scale: part.scale * total, df: part.df)
      })
    guard let p = p(of: event, models) else { return nil }
    return Effect(
      outcome: curve.name, event: events[event].kind, peak: peak.estimate(),
      cumulative: cumulative.estimate(), deviation: deviation, unit: curve.unit,
      readings: readings, occasions: events[event].count, adjustedFor: adjustedFor,
      delays: Self.share(parts) { $0 / 4 }, decays: Self.share(parts) { $0 % 4 }, p: p, q: p,
      halves: nil,
      detectable: (StandardNormal.quantile(0.95) + StandardNormal.quantile(0.8))
        * peak.variance.squareRoot(),
      evidence: .none)
  }

  private static func share(
    _ parts: [(kernel: Int, part: StudentMixture.Part)], by group: (Int) -> Int
  ) -> [Double] {
    let total = parts.reduce(0) { $0 + $1.part.weight }
    return (0..<4).map { asked in
      parts.reduce(0) { $0 + (group($1.kernel) == asked ? $1.part.weight : 0) } / total
    }
  }
}

internal import Curves
internal import Mathematics
internal import Readings
internal import StateSpace

/// An outcome and one channel of the air, over all noises and kernels.
///
/// Generalised least squares: the outcome is the adjustments, the forgetting average of the channel, and
/// what the skin does by itself (AR(1), slow level, noise). Every kernel under every noise counts by its
/// marginal likelihood.
struct WhatIfModel {
  /// One kernel under one noise.
  struct Fit {
    var weight: Double
    var kernel: Int
    var noise: Noise
    var posterior: LinearPosterior

    /// The kernel's coefficient, a Student's t: own SD for one SD more of the channel.
    var coefficient: (mean: Double, scale: Double) {
      let last = posterior.used.count - 1
      let pivot = posterior.factor.factor[last, last]
      return (
        posterior.halfY[last] / pivot, (posterior.remainder / posterior.df).squareRoot() / pivot
      )
    }
  }

  /// How large the channel's effect is expected to be, in own SD for one SD.
  static let expected = 0.4
  /// What weighs less beside the likeliest is left out.
  private static let least = 1e-4

  let curve: Curve
  /// Places with a reading, then those to come.
  let places: [Int]
  let readings: Int
  let mean: Double
  let deviation: Double
  /// A column a regressor, then a column a kernel; a row a place, those to come included.
  let columns: [[Double]]
  let outcome: [Double]
  let adjustments: Int
  /// Of each adjustment, what its coefficient is expected to be at most.
  let widths: [Double]
  let adjustedFor: [String]
  let days: Int
  let fits: [Fit]

  /// - Throws: a ``Silence`` where the data are too few.
  init(
    _ question: WhatIf, _ curve: Curve, _ history: History, _ seen: SeenAir
  ) throws(Silence) {
    let coming = (question.days + question.after) * Grid.perDay
    let history = history.going(on: coming)
    let count = history.places - coming
    let extended = curve.going(on: coming)
    var air = seen.curve.values.map { $0.map(seen.standardised) }
    air += Array(repeating: nil, count: max(0, count - air.count))
    air = air.prefix(count) + Array(repeating: seen.standardised(seen.reference), count: coming)
    let averages = AirKernel.all.map { $0.average(air) }
    let read = (0..<count).filter { place in
      extended.values[place]?.isFinite == true && averages.allSatisfy { $0[place] != nil }
    }
    days = Set(read.map(Grid.day)).count
    try Self.check(days, question, curve)
    let values = read.compactMap { extended.values[$0] }
    guard let mean = Robust.mean(values), let deviation = Robust.deviation(values),
      deviation > 1e-9
    else {
      throw Silence("all readings of \(curve.name) are equal", "\(curve.chineseName)的读数全都相等")
    }
    let places = read + Array(count..<(count + coming))
    let regressors = Adjustments(history: history, curve: extended, places: places)
      .regressors(withoutAir: [question.channel])
    columns =
      regressors.map(\.values) + averages.map { kernel in places.map { kernel[$0] ?? 0 } }
    self.places = places
    self.curve = curve
    readings = read.count
    self.mean = mean
    self.deviation = deviation
    outcome = values.map { ($0 - mean) / deviation }
    adjustments = regressors.count
    widths = regressors.map(\.expected)
    adjustedFor = regressors.names
    fits = Self.fit(columns, regressors.map(\.expected), outcome, read)
    guard !fits.isEmpty else {
      throw Silence("nothing could be fitted to \(curve.name)", "无法对\(curve.chineseName)拟合模型")
    }
  }

  private static func check(
    _ days: Int, _ question: WhatIf, _ curve: Curve
  ) throws(Silence) {
    guard days >= WhatIf.leastDays else {
      throw Silence(
        "\(days) days with \(question.channel) and \(curve.name) so far; "
          + "at least \(WhatIf.leastDays) are needed",
        "目前同时有\(Spoken.padded(Spoken.channel(question.channel, in: .simplifiedChinese)))与"
          + "\(curve.chineseName)的日子为 \(days) 天，至少需要 \(WhatIf.leastDays) 天")
    }
  }

  private static func fit(
    _ columns: [[Double]], _ expected: [Double], _ outcome: [Double], _ places: [Int]
  ) -> [Fit] {
    let matrix = Matrix(columns: columns.map { Array($0.prefix(places.count)) } + [outcome])
    let widths = expected + Array(repeating: Self.expected, count: AirKernel.all.count)
    let adjusting = Array(expected.indices)
    let fits = NoiseGrid.all.flatMap { noise -> [Fit] in
      let whitening = Whitening(places: places, noise: noise)
      let gram = whitening.whitened(matrix).gram
      return AirKernel.all.indices.compactMap { kernel in
        LinearPosterior(
          gram: gram, used: adjusting + [expected.count + kernel], expected: widths,
          logDeterminant: whitening.logDeterminant, readings: places.count
        ).map { Fit(weight: 0, kernel: kernel, noise: noise, posterior: $0) }
      }
    }
    guard let best = fits.map(\.posterior.evidence).max() else { return [] }
    let weighed = fits.map { fit in
      var fit = fit
      fit.weight = (fit.posterior.evidence - best).exponential
      return fit
    }.filter { $0.weight > least }
    let total = weighed.reduce(0) { $0 + $1.weight }
    return weighed.map { fit in
      var fit = fit
      fit.weight /= total
      return fit
    }
  }
}

extension History {
  /// With more places at its end, at which nothing was read and the air stays as in the last week.
  fileprivate func going(on places: Int) -> History {
    var history = self
    history.days += places / Grid.perDay
    let total = history.places
    history.curves = curves.map { $0.going(on: places) }
    history.air = air.map { channel in
      let week = channel.values.suffix(7 * Grid.perDay).compactMap { $0 }
      let more = Array(repeating: Robust.mean(week), count: max(0, total - channel.values.count))
      return AirCurve(channel: channel.channel, unit: channel.unit, values: channel.values + more)
    }
    history.events = events.map { event in
      let more = Array(repeating: 0.0, count: max(0, total - event.doses.count))
      return EventCurve(kind: event.kind, doses: event.doses + more)
    }
    return history
  }
}

extension Curve {
  fileprivate func going(on places: Int) -> Curve {
    var curve = self
    curve.values += Array(repeating: nil, count: places)
    curve.epochs += Array(repeating: epochs.last ?? 1, count: places)
    return curve
  }
}

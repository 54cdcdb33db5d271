package import Readings

/// What a touch comes to, from nothing but what was read, its calibrations and the limits.
///
/// Used at the tap and again by every recomputation, so that both give the same, bit for bit.
package struct TouchDerivation: Sendable {
  package var limits: Limits
  /// The conversion of a measure by the calibration that was in force; nil where there is none.
  package var conversion: @Sendable (Touch.Measure) -> Conversion?

  package init(
    limits: Limits, conversion: @escaping @Sendable (Touch.Measure) -> Conversion?
  ) {
    self.limits = limits
    self.conversion = conversion
  }

  /// Derives raw value, value, spread and refusal of every measure of a touch anew.
  ///
  /// A measure without its scale came as a value, as from elsewhere, and stays as it is.
  package func derive(_ touch: Touch) -> Touch {
    var touch = touch
    touch.measures = Self.together(touch.measures.map { derive($0, contact: touch.contact) })
    return touch
  }

  /// Derives one measure for itself; `contact` is how long the contact was closed, nil where its end
  /// was not seen.
  package func derive(_ measure: Touch.Measure, contact: Duration?) -> Touch.Measure {
    guard let scale = measure.scale else { return measure }
    var measure = measure
    let raws = Self.raws(of: measure, scale)
    measure.raw = RobustStatistics.median(of: raws)
    // Nobody has said what its raw values mean: they are kept, and come to no value.
    let conversion = conversion(measure)
    let values = conversion.map { raws.compactMap($0.value) } ?? []
    let summary = RobustStatistics.centreAndSpread(of: values)
    measure.value = summary?.centre
    measure.spread = raws.count > 1 ? summary?.spread : nil
    if let missing = missing(measure, raws.count, contact: contact) {
      measure.refusal = missing
    } else if let value = measure.value {
      measure.refusal = refusal(of: measure, values, value)
    } else {
      measure.refusal = .absent(conversion == nil ? .notReady : .outOfRange)
    }
    return measure
  }

  /// The raw values that count.
  package static func raws(of measure: Touch.Measure, _ scale: Touch.RawScale) -> [Double] {
    switch measure.channel {
    case .skinSebum: light(measure, scale).map { [$0] } ?? []
    // The thermistor is still warming up while it touches: the last sample is the nearest.
    case .skinTemperature: measure.samples.compactMap(scale.raw).suffix(1)
    default: measure.samples.compactMap(scale.raw)
    }
  }

  /// The light through the strip, lamp on less lamp off; nil where it cannot be told.
  private static func light(_ measure: Touch.Measure, _ scale: Touch.RawScale) -> Double? {
    guard measure.samples.count == 2, measure.fault != .outOfRange,
      let lit = scale.raw(of: measure.samples[0]),
      let dark = scale.raw(of: measure.samples[1]), lit > dark
    else { return nil }
    return lit - dark
  }

  /// Refuses a whole touch where one channel found fault with the touch itself.
  ///
  /// One that was too short, too light, too hard or unsteady counts in no channel. A part that could
  /// not be read takes nothing from the other.
  package static func together(_ measures: [Touch.Measure]) -> [Touch.Measure] {
    let refusal = measures.lazy.compactMap(\.refusal).first { $0.isOfTouch }
    guard let refusal else { return measures }
    return measures.map { measure in
      var measure = measure
      measure.refusal = measure.refusal ?? refusal
      return measure
    }
  }
}

extension TouchDerivation {
  /// Why there is too little to judge; nil where there is enough.
  ///
  /// - Parameters:
  ///   - measure: What was read.
  ///   - count: How many of its samples can be believed.
  ///   - contact: How long the contact was closed; nil where its end was not seen.
  /// - Returns: The reason.
  private func missing(
    _ measure: Touch.Measure, _ count: Int, contact: Duration?
  ) -> TouchRefusal? {
    if let contact, contact < limits.touch.contact { return .tooShort }
    let least = measure.channel == .skinMoisture ? limits.touch.leastShare * expectedSamples : 1
    guard Double(count) < least else { return nil }
    if measure.samples.count > 2 * count { return .absent(.outOfRange) }
    // The contact opened before both integrations of the light were in.
    let isLifted = measure.channel == .skinSebum && measure.fault == nil
    return isLifted ? .tooShort : .absent(measure.fault ?? .notReady)
  }

  /// What is wrong with a value that is there; nil where it counts.
  private func refusal(
    of measure: Touch.Measure, _ values: [Double], _ value: Double
  ) -> TouchRefusal? {
    if let span = limits.skin[measure.channel], !span.contains(value) {
      return .absent(.outOfRange)
    }
    switch measure.channel {
    case .skinMoisture: return unsteadiness(of: values, value, measure.spread ?? 0)
    case .skinForce:
      guard let span = limits.touch.forceNewtons else { return nil }
      return value < span.least ? .tooLight : value > span.greatest ? .tooHard : nil
    default: return nil
    }
  }

  /// Samples expected in a whole window, at 100 a second.
  private var expectedSamples: Double {
    (limits.touch.untilSeconds - limits.touch.fromSeconds) * 100
  }

  private func unsteadiness(
    of values: [Double], _ median: Double, _ spread: Double
  ) -> TouchRefusal? {
    if median < limits.touch.lightIndex { return .tooLight }
    let drift = Self.drift(of: values).magnitude
    let isSteady =
      spread <= limits.touch.spreadShare * median && drift <= limits.touch.driftShare * median
    return isSteady ? nil : .unsteady
  }

  /// The median of the last third less the median of the first.
  package static func drift(of values: [Double]) -> Double {
    let third = values.count / 3
    guard let first = RobustStatistics.median(of: Array(values.prefix(third))),
      let last = RobustStatistics.median(of: Array(values.suffix(third)))
    else { return 0 }
    return last - first
  }
}

import Normalisation
import Quantities
import Readings
import Sensors

/// Turns what was read during a contact into values, and says whether they count.
struct TouchJudge {
  let rules: TapRules

  /// The moisture of one contact.
  ///
  /// - Parameters:
  ///   - run: The samples.
  ///   - probe: Where they are from.
  ///   - contact: How long the contact was closed; nil where it still is.
  /// - Returns: The value, or everything that was read and why it does not count.
  func moisture(
    _ run: MoistureProbe.Run, of probe: MoistureProbe, contact: Duration?
  ) -> Touch.Measure {
    let good = run.samples.filter { !$0.isOverRange }
    let raw = RobustStatistics.median(of: good.map(\.capacitance.picofarads))
    let indices = good.map { probe.calibration.index(of: $0.capacitance) }
    let summary = RobustStatistics.centreAndSpread(of: indices)
    return Touch.Measure(
      channel: .skinMoisture, raw: raw, rawUnit: .picofarads, value: summary?.centre,
      spread: summary?.spread, samples: run.samples.map(\.code),
      refusal: refusal(of: indices, run, contact: contact), part: probe.part)
  }

  private func refusal(
    of indices: [Double], _ run: MoistureProbe.Run, contact: Duration?
  ) -> TouchRefusal? {
    if let contact, contact < rules.minimumContact { return .tooShort }
    if Double(indices.count) < rules.minimumShare * rules.expectedSamples {
      if run.samples.count > 2 * indices.count { return .absent(.outOfRange) }
      return .absent(run.failure?.absence ?? .notReady)
    }
    guard let (median, spread) = RobustStatistics.centreAndSpread(of: indices) else {
      return .absent(.notReady)
    }
    if median < rules.lightThreshold { return .tooLight }
    let drift = abs(drift(of: indices))
    let isSteady = spread <= rules.steadySpread * median && drift <= rules.steadyDrift * median
    return isSteady ? nil : .unsteady
  }

  /// The median of the last third less the median of the first.
  private func drift(of indices: [Double]) -> Double {
    let third = indices.count / 3
    guard let first = RobustStatistics.median(of: Array(indices.prefix(third))),
      let last = RobustStatistics.median(of: Array(indices.suffix(third)))
    else { return 0 }
    return last - first
  }

  /// Judges the touch as a whole.
  ///
  /// One that was too short, too light, too hard or unsteady counts in no channel. A part that could
  /// not be read takes nothing from the other.
  func together(_ measures: [Touch.Measure]) -> [Touch.Measure] {
    let refusal = measures.lazy.compactMap(\.refusal).first { $0.isOfTouch }
    guard let refusal else { return measures }
    return measures.map { measure in
      var measure = measure
      measure.refusal = measure.refusal ?? refusal
      return measure
    }
  }

  /// The sebum of one contact.
  ///
  /// - Parameters:
  ///   - result: The light, or why there is none; nil where the contact opened too soon.
  ///   - probe: Where it is from.
  ///   - contact: How long the contact was closed; nil where it still is.
  /// - Returns: The value, or everything that was read and why it does not count.
  func sebum(
    _ result: Result<SebumProbe.Pair?, SensorError>, of probe: SebumProbe, contact: Duration?
  ) -> Touch.Measure {
    var measure = Touch.Measure(
      channel: .skinSebum, raw: nil, rawUnit: .counts, value: nil, spread: nil, samples: [],
      refusal: nil, part: probe.part)
    switch result {
    case .failure(let error): measure.refusal = .absent(error.absence)
    case .success(nil): measure.refusal = .tooShort
    case .success(.some(let pair)):
      measure.samples = [Int32(pair.lit.channel0), Int32(pair.dark.channel0)]
      measure.raw = pair.light?.counts
      measure.value = pair.light.map { probe.calibration.index(of: $0) }
      if pair.light == nil { measure.refusal = .absent(.outOfRange) }
      if let contact, contact < rules.minimumContact { measure.refusal = .tooShort }
    }
    return measure
  }
}

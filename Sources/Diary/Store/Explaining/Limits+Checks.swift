import Normalisation
import Readings

extension Limits {
  /// Every check of one channel of a touch, in the order they are made.
  ///
  /// - Parameters:
  ///   - measure: With the value that is checked.
  ///   - contact: How long the contact was closed; nil where its end was not seen.
  ///   - conversion: What its codes mean; nil where nobody knows.
  /// - Returns: What was found, and the limits.
  func checks(
    _ measure: Readings.Touch.Measure, contact: Duration?, conversion: Conversion?
  ) -> [Check] {
    let unit = measure.channel.unit
    var checks = [
      Check(
        .contact, found: contact.map { $0 / .seconds(1) }, least: touch.contactSeconds, unit: "s"),
      sampleCheck(measure),
      Check(.range, found: measure.value, in: skin[measure.channel], unit: unit),
    ]
    switch measure.channel {
    case .skinMoisture:
      let values = measure.scale.map { scale in
        measure.samples.compactMap(scale.raw).compactMap { conversion?.value(of: $0) }
      }
      checks += steadiness(measure, values: values ?? [])
    case .skinForce:
      checks.append(Check(.force, found: measure.value, in: touch.forceNewtons, unit: unit))
    default: break
    }
    return checks
  }

  private func sampleCheck(_ measure: Readings.Touch.Measure) -> Check {
    let believed = measure.scale.map { scale in
      measure.samples.count { scale.raw(of: $0) != nil }
    }
    let whole = (touch.untilSeconds - touch.fromSeconds) * 100
    let least: Double =
      switch measure.channel {
      case .skinMoisture: touch.leastShare * whole
      // Once with the lamp on, once with it off.
      case .skinSebum: 2
      default: 1
      }
    return Check(
      .samples, found: Double(believed ?? measure.samples.count), least: least, unit: "samples")
  }

  private func steadiness(_ measure: Readings.Touch.Measure, values: [Double]) -> [Check] {
    let unit = measure.channel.unit
    let value = measure.value ?? 0
    let drift = values.count < 3 ? nil : TouchDerivation.drift(of: values).magnitude
    return [
      Check(.light, found: measure.value, least: touch.lightIndex, unit: unit),
      Check(
        .spread, found: measure.spread, greatest: touch.spreadShare * value.magnitude, unit: unit),
      Check(.drift, found: drift, greatest: touch.driftShare * value.magnitude, unit: unit),
    ]
  }
}

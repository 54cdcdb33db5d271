package import Bus
import Readings
package import Sensors

/// The light through the strip that the skin's oil has touched, in the photometer's counts.
///
/// What a count means is a calibration, and not known here.
package struct SebumProbe: Sendable {
  package let part: String
  let driver: TSL2591
  let lamp: any SignalOutput
  let gain: TSL2591.Gain
  let integration: TSL2591.Integration

  /// Creates the probe.
  ///
  /// - Parameters:
  ///   - part: Name and address: `tsl2591 0x29`.
  ///   - driver: The photometer.
  ///   - lamp: The lamp behind the strip.
  ///   - gain: How much its current is amplified.
  ///   - integration: How long it gathers light.
  package init(
    part: String, driver: TSL2591, lamp: any SignalOutput, gain: TSL2591.Gain,
    integration: TSL2591.Integration
  ) {
    self.part = part
    self.driver = driver
    self.lamp = lamp
    self.gain = gain
    self.integration = integration
  }

  func identify() async throws(SensorError) -> PartIdentity {
    PartIdentity(part, try await driver.identify(), status: nil, [.skinSebum])
  }

  /// One integration with the lamp on and one with it off, while the probe is on the skin.
  ///
  /// The lamp is off afterwards, whatever happens.
  ///
  /// - Parameter contact: The probe's contact; nil for whether it is closed or not.
  /// - Returns: What was read, or nil where the contact opened before both were in.
  /// - Throws: `SensorError`
  func measure(while contact: Contact?) async throws(SensorError) -> Pair? {
    let lit: TSL2591.Light
    do {
      try await switchLamp(on: true)
      lit = try await driver.measure(gain: gain, integration: integration)
    } catch {
      // The first failure is the one to tell of; a lamp that stays on shows itself.
      try? await switchLamp(on: false)
      throw error
    }
    try await switchLamp(on: false)
    guard contact?.isClosed ?? true else { return nil }
    let dark = try await driver.measure(gain: gain, integration: integration)
    try await driver.disable()
    return contact?.isClosed ?? true ? Pair(lit: lit, dark: dark) : nil
  }

  /// Light with the lamp on and off.
  struct Pair: Hashable, Sendable {
    var lit: TSL2591.Light
    var dark: TSL2591.Light

    /// Whether either was full: the counts are then too low.
    var isSaturated: Bool { lit.isSaturated || dark.isSaturated }
  }

  /// A code is a count; the greatest is one below where the converter is full.
  var scale: Touch.RawScale {
    Touch.RawScale(
      unitsPerCode: 1, offset: 0, greatestCode: Int32(integration.fullScale) - 1)
  }

  /// What was read, as a touch keeps it; not judged yet.
  ///
  /// - Parameter result: The light, or why there is none; nil where the contact opened too soon.
  /// - Returns: Lamp on and lamp off as two samples.
  func measure(of result: Result<Pair?, SensorError>) -> Touch.Measure {
    var measure = Touch.Measure(
      channel: .skinSebum, raw: nil, rawUnit: .counts, value: nil, spread: nil, samples: [],
      scale: scale, refusal: nil, part: part)
    switch result {
    case .failure(let error): measure.fault = error.absence
    case .success(let pair):
      measure.samples = pair.map { [Int32($0.lit.channel0), Int32($0.dark.channel0)] } ?? []
      // The infrared channel can be full where the first, which is kept, is not.
      if pair?.isSaturated ?? false { measure.fault = .outOfRange }
    }
    return measure
  }

  private func switchLamp(on: Bool) async throws(SensorError) {
    do {
      try await lamp.set(on)
    } catch {
      throw .bus(error)
    }
  }
}

import Glibc
package import Bus
package import Quantities
import Readings
package import Sensors

/// The light through the strip that the skin's oil has touched, and what it means.
package struct SebumProbe: Sendable {
  /// What light is index 0 and what loss of it is index 100.
  package struct Calibration: Hashable, Sendable {
    /// Light through a fresh strip, dark subtracted, in counts.
    package var freshStrip: LightCounts
    /// The absorbance, log10(I0/I), that is index 100.
    package var fullScale: Double

    package init(freshStrip: LightCounts, fullScale: Double) {
      self.freshStrip = freshStrip
      self.fullScale = fullScale
    }

    /// The index: 100·log10(I0/I)/A_full, with the dark count taken off both.
    package func index(of light: LightCounts) -> Double {
      100 * log10(freshStrip.counts / light.counts) / fullScale
    }
  }

  package let part: String
  let driver: TSL2591
  let lamp: any SignalOutput
  let gain: TSL2591.Gain
  let integration: TSL2591.Integration
  let calibration: Calibration

  /// Creates the probe.
  ///
  /// - Parameters:
  ///   - part: Name and address: `tsl2591 0x29`.
  ///   - driver: The photometer.
  ///   - lamp: The lamp behind the strip.
  ///   - gain: How much its current is amplified.
  ///   - integration: How long it gathers light.
  ///   - calibration: What its values mean.
  package init(
    part: String, driver: TSL2591, lamp: any SignalOutput, gain: TSL2591.Gain,
    integration: TSL2591.Integration, calibration: Calibration
  ) {
    self.part = part
    self.driver = driver
    self.lamp = lamp
    self.gain = gain
    self.integration = integration
    self.calibration = calibration
  }

  func identify() async throws(SensorError) -> PartIdentity {
    PartIdentity(part, try await driver.identify(), status: nil, [.skinSebum])
  }

  /// One integration with the lamp on and one with it off, while the probe is on the skin.
  ///
  /// The lamp is off afterwards, whatever happens.
  ///
  /// - Parameter contact: The probe's contact.
  /// - Returns: What was read, or nil where the contact opened before both were in.
  /// - Throws: `SensorError`
  func measure(while contact: Contact) async throws(SensorError) -> Pair? {
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
    guard contact.isClosed else { return nil }
    let dark = try await driver.measure(gain: gain, integration: integration)
    try await driver.disable()
    return contact.isClosed ? Pair(lit: lit, dark: dark) : nil
  }

  /// Light with the lamp on and off.
  struct Pair: Hashable, Sendable {
    var lit: TSL2591.Light
    var dark: TSL2591.Light

    /// The lamp's own light, in counts; nil where it cannot be told.
    var light: LightCounts? {
      guard !lit.isSaturated, !dark.isSaturated, lit.channel0 > dark.channel0 else { return nil }
      return .counts(Double(lit.channel0 - dark.channel0))
    }
  }

  private func switchLamp(on: Bool) async throws(SensorError) {
    do {
      try await lamp.set(on)
    } catch {
      throw .bus(error)
    }
  }
}

package import Bus

/// TI FDC1004: capacitance of four inputs against ground, ±15 pF around an offset of up to 97 pF.
///
/// Source: FDC1004 datasheet (TI SNOSCY5B), named by register. Tried on: nothing yet but the simulated
/// part.
///
/// The part has four measurements and four inputs, freely wired. Here measurement *n* always belongs
/// to input CIN*n*. There is no checksum on this wire. A reset and a brown-out lose the configuration:
/// the next `readSample` then throws `.neverReady`.
package struct FDC1004: Sendable {
  /// The only address there is ("I2C interface: serial bus address").
  package static let defaultAddress: I2CAddress = 0x50
  /// How long a conversion may take before it is given up.
  ///
  /// The datasheet's conversion takes 10 ms at 100 samples/s; public drivers wait 11 to 15 ms. Parts
  /// that needed more never finished (TI E2E 793359, 1178477).
  package static let longestConversion = Duration.milliseconds(50)

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there; throws `.wrongPart` unless both identification registers are right.
  package func identify() async throws(SensorError) -> PartInfo {
    let maker = try await read(.manufacturer)
    let device = try await read(.device)
    guard maker == 0x5449, device == 0x1004 else {
      throw .wrongPart(
        expected: "FDC1004 (0x5449 0x1004)", found: "\(maker.hex) \(device.hex)")
    }
    return PartInfo(product: "FDC1004")
  }

  /// Restarts the part: measures nothing, every setting back to its default.
  package func reset() async throws(SensorError) {
    try await write(.control, Control.reset)
    try await wait(for: "the reset to end") { $0 & Control.reset == 0 }
  }

  /// Prepares the measurement of one input, 1 to 4, with a CAPDAC code of 0 to 31 or none.
  ///
  /// Use one code for ever: the offset is not accurate between codes, and code 0 is not the same as
  /// none. Give what is returned to `startRepeating`, `readSample` and `measureOnce`.
  @discardableResult
  package func configure(
    input: Int, capdac: Int? = nil
  ) async throws(SensorError) -> Measurement {
    let measurement = Measurement(input: input, capdac: capdac)
    try await write(measurement.configuration, measurement.configurationWord)
    return measurement
  }

  /// Starts measuring the configured inputs in turn, over and over, until `stop`.
  ///
  /// `rate` is shared: with two inputs each gives half as many samples.
  package func startRepeating(
    _ measurements: Measurement..., rate: Rate = .perSecond100
  ) async throws(SensorError) {
    for measurement in measurements { try await discardResult(of: measurement) }
    // All in one write, as "Repeated measurements" demands.
    try await write(
      .control, FDC1004.controlWord(measurements, rate: rate, repeating: true))
  }

  /// The next sample that has not been read; waits for it up to `longestConversion`.
  package func readSample(_ measurement: Measurement) async throws(SensorError) -> Sample {
    try await wait(for: "measurement \(measurement.input) to be done") {
      $0 & measurement.doneBit != 0
    }
    let (high, low) = try await readResult(of: measurement)
    return try Sample(high: high, low: low, capdac: measurement.capdac)
  }

  /// Stops measuring; the configuration stays.
  package func stop() async throws(SensorError) {
    try await write(.control, FDC1004.controlWord([], rate: .perSecond100, repeating: false))
  }

  /// Measures a configured input once, at 100 samples/s.
  package func measureOnce(_ measurement: Measurement) async throws(SensorError) -> Sample {
    try await discardResult(of: measurement)
    try await write(
      .control, FDC1004.controlWord([measurement], rate: .perSecond100, repeating: false))
    return try await readSample(measurement)
  }
}

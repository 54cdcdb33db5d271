package import Bus

/// TI FDC1004: capacitance of four inputs against ground, ±15 pF around an offset of up to 97 pF.
///
/// Source: FDC1004 datasheet (TI SNOSCY5B), named by register. Tried on: nothing yet but the simulated
/// part.
///
/// The part has four measurements and four inputs, freely wired. Here measurement *n* always belongs
/// to input CIN*n*. There is no checksum on this wire: what is set is read back, and what is read must be
/// read twice alike. A reset and a brown-out lose the configuration: the next `readSample` then throws
/// `.forgotten`.
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
    let maker = try await readTwice(.manufacturer)
    let device = try await readTwice(.device)
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
    try await set(measurement.configuration, to: measurement.configurationWord)
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
    try await set(
      .control, to: FDC1004.controlWord(measurements, rate: rate, repeating: true),
      but: Control.doneBits)
    // A dip of the supply between configuration and start would leave the reset's configuration.
    for measurement in measurements {
      guard try await readTwice(measurement.configuration) == measurement.configurationWord else {
        throw .forgotten("the configuration of measurement \(measurement.input) is gone")
      }
    }
  }

  /// The next sample that has not been read; waits for it up to `longestConversion`.
  ///
  /// Throws `.forgotten` where the part measures nothing over and over.
  package func readSample(_ measurement: Measurement) async throws(SensorError) -> Sample {
    let wanted = Control.isRepeated | measurement.measuringBit
    try await wait(for: "measurement \(measurement.input) to be done") {
      (control) throws(SensorError) in
      guard control & (wanted | Control.unusedBits) == wanted else {
        throw .forgotten("its control register holds \(control.hex)")
      }
      return control & measurement.doneBit != 0
    }
    return try await readSampleTwice(measurement)
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
    try await wait(for: "measurement \(measurement.input) to be done") {
      $0 & measurement.doneBit != 0
    }
    return try await readSampleTwice(measurement)
  }
}

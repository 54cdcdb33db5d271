import Bus
package import Quantities
import Readings
package import Sensors

/// The capacitance of the skin under the probe, and what it means.
package struct MoistureProbe: Sendable {
  /// What capacitance is index 0 and what is index 100.
  package struct Calibration: Hashable, Sendable {
    /// The probe in air.
    package var air: Capacitance
    /// The probe on the wet reference.
    package var reference: Capacitance

    package init(air: Capacitance, reference: Capacitance) {
      self.air = air
      self.reference = reference
    }

    /// The index: 100·(C−C_air)/(C_ref−C_air), both taken with the same offset.
    package func index(of capacitance: Capacitance) -> Double {
      100 * (capacitance.picofarads - air.picofarads)
        / (reference.picofarads - air.picofarads)
    }
  }

  package let part: String
  let driver: FDC1004
  let input: Int
  let offsetCode: Int?
  let calibration: Calibration

  /// Creates the probe.
  ///
  /// - Parameters:
  ///   - part: Name and address: `fdc1004 0x50`.
  ///   - driver: The converter.
  ///   - input: Its input with the skin's electrode, 1 to 4.
  ///   - offsetCode: The code of its offset, or nil for none.
  ///   - calibration: What its values mean.
  package init(
    part: String, driver: FDC1004, input: Int, offsetCode: Int?, calibration: Calibration
  ) {
    self.part = part
    self.driver = driver
    self.input = input
    self.offsetCode = offsetCode
    self.calibration = calibration
  }

  func identify() async throws(SensorError) -> PartIdentity {
    PartIdentity(part, try await driver.identify(), status: nil, [.skinMoisture])
  }

  /// What one contact gave.
  struct Run {
    var samples: [FDC1004.Sample] = []
    /// The last failure, where there was one.
    var failure: SensorError?
  }

  /// Samples at 100 a second from one moment to another, or until the contact opens.
  ///
  /// The part is configured anew before each start: after a dip of its supply it has forgotten which
  /// electrode is meant, and nothing is to be lost but samples.
  func sample(
    from start: BootInstant, to end: BootInstant, while contact: Contact, on clock: any StationClock
  ) async -> Run {
    var run = Run()
    guard await clock.wait(until: start) else { return run }
    var measurement: FDC1004.Measurement?
    while clock.now < end, contact.isClosed {
      do {
        let current = if let measurement { measurement } else { try await begin() }
        measurement = current
        let sample = try await driver.readSample(current)
        if clock.now <= end { run.samples.append(sample) }
      } catch {
        run.failure = error
        if case .neverReady = error { measurement = nil }
        guard await clock.wait(for: .milliseconds(5)) else { break }
      }
    }
    do {
      try await driver.stop()
    } catch {
      run.failure = error
    }
    return run
  }

  private func begin() async throws(SensorError) -> FDC1004.Measurement {
    let measurement = try await driver.configure(input: input, capdac: offsetCode)
    try await driver.startRepeating(measurement)
    return measurement
  }
}

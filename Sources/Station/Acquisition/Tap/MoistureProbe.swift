import Bus
import Readings
package import Sensors

/// The capacitance of the skin under the probe, in the converter's codes.
///
/// What a capacitance means is a calibration, and not known here.
package struct MoistureProbe: Sendable {
  package let part: String
  let driver: FDC1004
  let input: Int
  let offsetCode: Int?

  /// Creates the probe.
  ///
  /// - Parameters:
  ///   - part: Name and address: `fdc1004 0x50`.
  ///   - driver: The converter.
  ///   - input: Its input with the skin's electrode, 1 to 4.
  ///   - offsetCode: The code of its offset, or nil for none.
  package init(part: String, driver: FDC1004, input: Int, offsetCode: Int?) {
    self.part = part
    self.driver = driver
    self.input = input
    self.offsetCode = offsetCode
  }

  func identify() async throws(SensorError) -> PartIdentity {
    PartIdentity(part, try await driver.identify(), status: nil, [.skinMoisture])
  }

  /// What one contact gave.
  struct Run {
    var samples: [FDC1004.Sample] = []
    /// How often the part said the code before once more.
    var repeats = 0
    /// The last failure, where there was one.
    var failure: SensorError?

    /// Why something is missing, where it is.
    var fault: Absence? { repeats > samples.count ? .stale : failure?.absence }
  }

  /// What a code is in picofarads: FDC1004, `capacitance(code:capdac:)` and `isOverRange`.
  var scale: Touch.RawScale {
    Touch.RawScale(
      unitsPerCode: 1 / 524_288, offset: Double(offsetCode ?? 0) * 3.125, greatestCode: 15 << 19)
  }

  /// What was read, as a touch keeps it; not judged yet.
  func measure(of run: Run) -> Touch.Measure {
    Touch.Measure(
      channel: .skinMoisture, raw: nil, rawUnit: .picofarads, value: nil, spread: nil,
      samples: run.samples.map(\.code), scale: scale, fault: run.fault, refusal: nil,
      part: part)
  }

  /// Samples at 100 a second from one moment to another, or until the contact opens; nil for
  /// whether it is closed or not.
  ///
  /// The part is looked at, reset and configured anew before each start: after a dip of its supply it has
  /// forgotten which electrode is meant, and nothing is to be lost but samples. On the skin its noise
  /// moves the last of 24 bits with each conversion: a code that was there before is no new one.
  func sample(
    from start: BootInstant, to end: BootInstant, while contact: Contact?,
    on clock: any StationClock
  ) async -> Run {
    var run = Run()
    guard await clock.wait(until: start) else { return run }
    var measurement: FDC1004.Measurement?
    var last: FDC1004.Sample?
    while clock.now < end, contact?.isClosed ?? true {
      do {
        let current = if let measurement { measurement } else { try await begin() }
        measurement = current
        let sample = try await driver.readSample(current)
        let isRepeat = contact != nil && sample == last && !sample.isOverRange
        last = sample
        if isRepeat {
          run.repeats += 1
        } else if clock.now <= end {
          run.samples.append(sample)
        }
        // Half a conversion: the next one is not done before.
        guard await clock.wait(for: .milliseconds(5)) else { break }
      } catch {
        run.failure = error
        switch error {
        case .neverReady, .forgotten: measurement = nil
        case .bus, .corrupted, .wrongPart, .cancelled: break
        }
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
    _ = try await driver.identify()
    try await driver.reset()
    let measurement = try await driver.configure(input: input, capdac: offsetCode)
    try await driver.startRepeating(measurement)
    return measurement
  }
}

import Bus
import Readings
package import Sensors

/// How hard the probe presses and how warm the skin is, in the converter's counts.
///
/// What the counts mean is a calibration, and not known here. Both sensors stand between the station's
/// supply and ground, so their counts move with the supply.
package struct ForceProbe: Sendable {
  package let part: String
  let driver: ADS1115
  let force: ADS1115.Input?
  let temperature: ADS1115.Input?
  let gain: ADS1115.Gain
  let rate: ADS1115.Rate

  /// Creates the probe.
  ///
  /// - Parameters:
  ///   - part: Name and address: `ads1115 0x48`.
  ///   - driver: The converter.
  ///   - force: Its input with the force sensor, or nil for none.
  ///   - temperature: Its input with the thermistor, or nil for none.
  ///   - gain: What is amplified to its whole scale.
  ///   - rate: How fast it converts.
  package init(
    part: String, driver: ADS1115, force: ADS1115.Input?, temperature: ADS1115.Input?,
    gain: ADS1115.Gain, rate: ADS1115.Rate
  ) {
    self.part = part
    self.driver = driver
    self.force = force
    self.temperature = temperature
    self.gain = gain
    self.rate = rate
  }

  /// What it measures.
  var channels: [Channel] {
    (force == nil ? [] : [.skinForce]) + (temperature == nil ? [] : [.skinTemperature])
  }

  func identify() async throws(SensorError) -> PartIdentity {
    PartIdentity(part, try await driver.identify(), status: nil, channels)
  }

  /// What one contact gave; clipped samples included.
  struct Run {
    /// As many as the part could convert.
    var force: [ADS1115.Sample] = []
    /// One or two, from the end of the contact, when the thermistor is as warm as it gets.
    var temperature: [ADS1115.Sample] = []
    /// How often the part said the code before once more.
    var repeats = 0
    /// The last failure, where there was one.
    var failure: SensorError?

    /// Why something is missing, where it is.
    var fault: Absence? { repeats > force.count ? .stale : failure?.absence }

    var isEmpty: Bool { force.isEmpty && temperature.isEmpty }

    /// Drops what a part said that went on saying the same: its result is of an earlier moment.
    mutating func dropFrozen() {
      if force.count < 3, repeats > 3 * force.count { force = [] }
    }
  }

  /// A code is a count; both ends of the scale are where the part clips.
  var scale: Touch.RawScale {
    Touch.RawScale(unitsPerCode: 1, offset: 0, greatestCode: Int32(Int16.max) - 1)
  }

  /// What was read, as a touch keeps it, a measure for each channel; not judged yet.
  func measures(of run: Run) -> [Touch.Measure] {
    channels.map { channel in
      Touch.Measure(
        channel: channel, raw: nil, rawUnit: .counts, value: nil, spread: nil,
        samples: (channel == .skinForce ? run.force : run.temperature).map { Int32($0.code) },
        scale: scale, fault: run.fault, refusal: nil, part: part)
    }
  }

  /// Samples from one moment to another, or until the contact opens; nil for whether it is closed or
  /// not.
  ///
  /// The force is converted over and over. The temperature is converted twice: three quarters of the
  /// way, for a contact that opens early, and at the end. No hand keeps a force to the last bit: on the
  /// skin a code that the conversion before had is no new one.
  func sample(
    from start: BootInstant, to end: BootInstant, while contact: Contact?,
    on clock: any StationClock
  ) async -> Run {
    var run = Run()
    var isKnown = false
    do { isKnown = try await isThere() } catch { run.failure = error }
    guard await clock.wait(until: start) else { return run }
    var moments = temperatureMoments(from: start, to: end)
    var last: Int16?
    while clock.now < end, contact?.isClosed ?? true {
      do {
        if !isKnown { isKnown = try await isThere() }
        let isWarm = moments.first.map { clock.now >= $0 } ?? false
        guard let input = isWarm ? temperature : force else {
          guard await clock.wait(until: moments.first ?? end) else { break }
          continue
        }
        let sample = try await driver.measure(input, gain: gain, rate: rate)
        if isWarm { moments.removeFirst() }
        if contact != nil, sample.code == last, !sample.isOverRange {
          run.repeats += 1
        } else if contact?.isClosed ?? true {
          if isWarm { run.temperature.append(sample) }
          if !isWarm, clock.now <= end { run.force.append(sample) }
        }
        last = sample.code
      } catch {
        run.failure = error
        guard await clock.wait(for: .milliseconds(5)) else { break }
      }
    }
    run.dropFrozen()
    return run
  }

  /// Makes sure who answers: a part that was plugged in since the last touch may be another.
  private func isThere() async throws(SensorError) -> Bool {
    _ = try await driver.identify()
    return true
  }

  /// When the temperature is due: the last time with room for two conversions before the end.
  private func temperatureMoments(
    from start: BootInstant, to end: BootInstant
  ) -> [BootInstant] {
    guard temperature != nil else { return [] }
    let window = start.duration(to: end)
    let last = max(window - rate.longestConversion * 2, window / 2)
    return [start.advanced(by: min(window * 3 / 4, last)), start.advanced(by: last)]
  }
}

package import Bus
import Normalisation
package import Readings
import Sensors

/// Why the probe cannot be measured at the moment.
package struct MeasuringError: Error, Hashable, Sendable, CustomStringConvertible {
  package var problem: String
  /// What to do about it.
  package var hint: String

  package init(_ problem: String, hint: String) {
    self.problem = problem
    self.hint = hint
  }

  package var description: String { problem }
}

extension TapConductor {
  /// How long after a measurement contacts are no taps: time to go from air to the wet pad.
  static let calibratingTime = Duration.seconds(300)
  /// The same once the calibration is made: time to lift the probe.
  static let afterCalibrating = Duration.seconds(10)

  /// Whether contacts belong to somebody who calibrates.
  var isCalibrating: Bool { calibratingUntil.map { clock.now < $0 } ?? false }

  /// Reads a channel of the probe for a second, whatever it is held to; nobody taps meanwhile.
  ///
  /// - Parameter channel: One of the skin.
  /// - Returns: What the part said.
  /// - Throws: `MeasuringError`
  package func measure(_ channel: Channel) async throws -> ProbeMeasurement {
    guard !isTapping else {
      throw MeasuringError("somebody is tapping", hint: "wait until the tap is saved")
    }
    calibratingUntil = clock.now.advanced(by: Self.calibratingTime)
    defer { calibratingUntil = clock.now.advanced(by: Self.calibratingTime) }
    return try await probe.measure(channel, on: clock)
  }

  /// The calibration is made, or given up: contacts are taps again, once the probe is lifted.
  package func endCalibrating() {
    guard isCalibrating else { return }
    calibratingUntil = clock.now.advanced(by: Self.afterCalibrating)
  }
}

extension TapConductor.Probe {
  /// Reads a channel for a second, whether the contact is closed or not.
  ///
  /// - Parameters:
  ///   - channel: One of the skin.
  ///   - clock: What it waits by.
  /// - Returns: What the part said.
  /// - Throws: `MeasuringError`
  package func measure(
    _ channel: Channel, on clock: any StationClock
  ) async throws -> ProbeMeasurement {
    let measures = try await read(channel, on: clock)
    let raws = measures.flatMap { measure in
      measure.scale.map { TouchDerivation.raws(of: measure, $0) } ?? []
    }
    guard let first = measures.first,
      let (median, spread) = RobustStatistics.centreAndSpread(of: raws)
    else {
      let fault = measures.contains { !$0.samples.isEmpty } ? .outOfRange : measures.first?.fault
      throw MeasuringError(
        "the probe could not be read (\((fault ?? .notReady).rawValue))",
        hint: "'skin2vec status' shows its parts")
    }
    return ProbeMeasurement(
      channel: channel, part: first.part, rawUnit: first.rawUnit, median: median, spread: spread,
      drift: TouchDerivation.drift(of: raws), count: raws.count)
  }

  private func read(
    _ channel: Channel, on clock: any StationClock
  ) async throws -> [Touch.Measure] {
    let (from, until) = (clock.now, clock.now.advanced(by: .seconds(1)))
    switch channel {
    case .skinMoisture:
      guard let moisture else { break }
      let run = await moisture.sample(from: from, to: until, while: nil, on: clock)
      return [moisture.measure(of: run)]
    case .skinForce, .skinTemperature:
      guard let force, force.channels.contains(channel) else { break }
      let run = await force.sample(from: from, to: until, while: nil, on: clock)
      return force.measures(of: run).filter { $0.channel == channel }
    default:
      guard let sebum, channel == .skinSebum else { break }
      var measures: [Touch.Measure] = []
      while measures.count < Self.lightPairs {
        do {
          let pair = try await sebum.measure(while: nil)
          measures.append(sebum.measure(of: .success(pair)))
        } catch {
          return [sebum.measure(of: .failure(error))]
        }
      }
      return measures
    }
    throw MeasuringError(
      "the station has no part that measures \(channel.rawValue)",
      hint: "add it to `parts` in the configuration")
  }

  /// Integrations with the lamp on, and as many with it off, for one measurement.
  private static let lightPairs = 5
}

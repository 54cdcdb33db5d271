import Bus
package import Readings
import Synchronization

/// Why the probe cannot be measured at the moment.
package struct MeasuringError: Error, Hashable, Sendable {
  package var problem: String
  /// What to do about it.
  package var hint: String

  package init(_ problem: String, hint: String) {
    self.problem = problem
    self.hint = hint
  }
}

/// Where somebody who calibrates finds the probe while the station runs.
package final class ProbeAccess: Sendable {
  private let conductor = Mutex<TapConductor?>(nil)

  package init() {}

  /// Names who has the probe.
  package func open(_ conductor: TapConductor) { self.conductor.withLock { $0 = conductor } }

  /// Reads a channel of the probe for a second; contacts are no taps meanwhile.
  package func measure(_ channel: Channel) async throws(MeasuringError) -> ProbeMeasurement {
    guard let conductor = conductor.withLock(\.self) else {
      throw MeasuringError(
        "the station has no probe", hint: "give `lines.contact` in the configuration")
    }
    return try await conductor.measure(channel)
  }

  /// Nothing more is measured: contacts are taps again, once the probe is lifted.
  package func endMeasuring() async { await conductor.withLock(\.self)?.endCalibrating() }
}

extension TapConductor {
  /// How long after a measurement contacts are no taps: time to go from the air to the wet pad.
  static let calibratingTime = Duration.seconds(300)
  /// The same once the calibration is made: time to lift the probe.
  static let afterCalibrating = Duration.seconds(10)

  /// Whether contacts belong to somebody who calibrates.
  var isCalibrating: Bool { calibratingUntil.map { clock.now < $0 } ?? false }

  func measure(_ channel: Channel) async throws(MeasuringError) -> ProbeMeasurement {
    guard !isTapping else {
      throw MeasuringError("somebody is tapping", hint: "wait until the tap is saved")
    }
    calibratingUntil = clock.now.advanced(by: Self.calibratingTime)
    let measurement = try await probe.parts.measure(channel, on: clock)
    calibratingUntil = clock.now.advanced(by: Self.calibratingTime)
    return measurement
  }

  func endCalibrating() {
    guard isCalibrating else { return }
    calibratingUntil = clock.now.advanced(by: Self.afterCalibrating)
  }
}

import Acquisition
import Control
import Normalisation
import Readings

extension ControlDesk {
  /// Puts a calibration in force from this moment on, for taps and for the diary.
  func calibrate(_ calibration: Calibration, at stamp: Stamp) async throws -> ControlResponse {
    var calibration = calibration
    calibration.validFrom = stamp.utc
    do {
      _ = try Conversion(calibration.channel, calibration.parameters)
    } catch {
      return .refused(problem: "\(error)", hint: "nothing was changed: measure again")
    }
    calibration.id = try await assembly.sink.record(calibration, at: stamp)
    try assembly.book.note(calibration)
    await assembly.probe.endMeasuring()
    let notice = Notice.calibrated(calibration)
    await assembly.herald.announce(notice)
    return .done(notice.text)
  }

  /// Begins new epochs on a person's word.
  func begin(_ order: EpochOrder, at stamp: Stamp) async throws -> Notice {
    let begun = try await assembly.sink.beginEpochs(
      of: order.channels, person: order.person, site: order.site, cause: order.why, at: stamp)
    let notice = order.notice(begun: begun)
    if begun > 0 { await assembly.herald.announce(notice) }
    return notice
  }
}

extension ProbeAccess {
  /// What the probe says, or why it does not.
  func measured(_ channel: Channel) async -> ControlResponse {
    do throws(MeasuringError) {
      return .measured(try await measure(channel))
    } catch {
      return .refused(problem: error.problem, hint: error.hint)
    }
  }
}

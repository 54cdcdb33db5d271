import Acquisition
import FoundationEssentials
import Normalisation
import Readings
import Settings
import Store
import Tape

extension Daemon {
  /// Puts the calibrations of a tape in force, where they are others than the settings'.
  private func adopt(_ text: String) async throws {
    guard !text.isEmpty else { return }
    let present = try await store.calibrationsInForce()
    for calibration in try JSONDecoder().decode([Calibration].self, from: Data(text.utf8)) {
      let isThere = present.contains {
        $0.part == calibration.part && $0.channel == calibration.channel
          && $0.parameters == calibration.parameters
      }
      if !isThere { _ = try await store.record(calibration, at: keeper.stamp()) }
    }
  }

  /// Notes what the settings say of limits and calibrations, and opens the book of those in force.
  ///
  /// The later word counts: what somebody calibrated stays until the settings' numbers change.
  ///
  /// - Parameters:
  ///   - settings: What is to be in force.
  ///   - herald: Tells of numbers that changed.
  /// - Returns: The book.
  /// - Throws: What the diary throws.
  func openBook(for settings: Settings, herald: Herald) async throws -> CalibrationBook {
    let limits = Limits(settings)
    _ = try await store.adopt(limits, from: keeper.stamp())
    let kept = try await Archive(path: order.diary).calibrations()
    for calibration in settings.calibrations(from: keeper.stamp().utc) {
      let own = kept.filter {
        $0.part == calibration.part && $0.channel == calibration.channel
      }
      let last = own.last { $0.who == Calibration.bySettings }
      guard last?.parameters != calibration.parameters else { continue }
      _ = try await store.record(calibration, at: keeper.stamp())
      // The first is how the part begins, and no news.
      guard !own.isEmpty else { continue }
      await herald.announce(.calibrated(calibration))
    }
    if case .playing(let player) = taping { try await adopt(player.header.calibrations) }
    return CalibrationBook(limits: limits, calibrations: try await store.calibrationsInForce())
  }
}

import Control
import Readings
import Settings
import Store
import Wording

/// The configuration, and what follows from it for every command.
struct Setup: Sendable {
  var settings: Settings
  /// Whether the diary is not the one of the configuration, of which the daemon knows nothing.
  var isOtherDiary: Bool
  var local: LocalClock
  var desk: Desk

  init(_ settings: Settings, isOtherDiary: Bool, at desk: Desk) async throws {
    self.settings = settings
    self.isOtherDiary = isOtherDiary
    self.desk = desk
    let isNamed = settings.time.zone != nil && !isOtherDiary
    let adopted = isNamed ? nil : await Self.zone(of: settings.diary)
    let name = adopted ?? settings.time.zone ?? desk.systemZone
    let plan = DayPlan(
      zone: try name.map { name throws(ZoneError) in try ZoneRules(named: name) } ?? .utc,
      morningStart: settings.time.morning.minutes, eveningStart: settings.time.evening.minutes)
    local = LocalClock(plan: plan, now: desk.now)
  }

  /// The zone that was last in force in a diary: another one's, or whatever the daemon took the
  /// board's to be.
  private static func zone(of diary: String) async -> String? {
    let sql = "SELECT zone FROM day_plan ORDER BY day_plan DESC LIMIT 1"
    // A diary that cannot be read says so once it is opened for what was asked.
    guard let table = try? await Archive(path: diary).query(sql),
      case .text(let zone) = table.rows.first?.first
    else { return nil }
    return zone
  }

  /// The diary's path.
  var diary: String { settings.diary }

  /// Opens the diary for reading.
  func archive() throws(StoreError) -> any ReadingArchive { try Archive(path: diary) }

  /// Who asks the running station.
  var client: ControlClient { ControlClient(path: settings.control, patience: desk.patience) }

  /// How the station is, or nil where no daemon runs.
  func station() throws(ControlError) -> StationStatus? {
    do throws(ControlError) {
      let answer = try client.send(.status)
      guard case .status(let status) = answer else {
        throw ControlError.malformed("another answer than asked for")
      }
      return status
    } catch .notRunning {
      return nil
    }
  }

  /// Whether a daemon runs; one that does not answer as it should does run.
  var isStationRunning: Bool {
    do { return try station() != nil } catch { return true }
  }
}

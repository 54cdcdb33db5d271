import Readings
import Settings
import Synchronization

/// Where the person's days begin: by the settings' zone, or else by the diary's.
final class Days: Sendable {
  private let time: Settings.Time
  private let current: Mutex<DayPlan>

  /// - Throws: `ZoneError` where the settings' zone is none.
  init(_ time: Settings.Time) throws {
    self.time = time
    current = Mutex(try Self.plan(time, zone: time.zone ?? ZoneRules.systemName()))
  }

  var plan: DayPlan { current.withLock(\.self) }

  /// Takes the diary's zone, where the settings name none.
  func follow(_ shelf: DiaryShelf) async {
    guard time.zone == nil, let zone = await shelf.zone(), zone != plan.zone.name else { return }
    // A zone that this board does not know was never the diary's on it.
    guard let plan = try? Self.plan(time, zone: zone) else { return }
    current.withLock { $0 = plan }
  }

  private static func plan(_ time: Settings.Time, zone: String?) throws -> DayPlan {
    DayPlan(
      zone: try zone.map { name throws(ZoneError) in try ZoneRules(named: name) } ?? .utc,
      morningStart: time.morning.minutes, eveningStart: time.evening.minutes)
  }
}

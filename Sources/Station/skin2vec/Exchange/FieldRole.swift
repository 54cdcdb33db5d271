import Readings
import Store

/// What a column is, for the kinds of imports it can be in.
enum FieldRole: String, Hashable, CaseIterable {
  case time, date, timeOfDay = "time_of_day", year, month, day, hour, minute, second
  case part, clock, channel, value, unit, quality, reason, raw
  case person, site, slot, localDate = "local_date", kind, weight, note, dimension
  case eventID = "event_id", sessionID = "session_id", touchID = "touch_id"
  case sessionStarted = "session_started", sessionEnded = "session_ended", verdict
  case contact = "contact_us", rawUnit = "raw_unit", spread, samples, fault

  private static let times: Set<FieldRole> = [
    .time, .date, .timeOfDay, .year, .month, .day, .hour, .minute, .second,
  ]

  /// The roles a kind knows.
  static func roles(of kind: ImportKind) -> Set<FieldRole> {
    switch kind {
    case .air: times.union([.part, .clock, .channel, .value, .unit, .quality, .reason, .raw])
    case .events: times.union([.eventID, .person, .kind, .weight, .note])
    case .scores: [.person, .localDate, .dimension, .value]
    case .slots: [.person, .localDate, .slot, .channel, .unit, .site, .value, .spread]
    case .touches:
      times.union([
        .touchID, .sessionID, .person, .site, .channel, .unit, .raw, .rawUnit, .value, .spread,
        .samples, .fault, .reason, .part, .contact, .clock,
        .sessionStarted, .sessionEnded, .verdict,
      ])
    }
  }

  /// The role, and the way its times are written, of a column by its own name, as exports have it.
  static func named(_ name: String, of kind: ImportKind) -> (role: FieldRole, format: TimeFormat?)?
  {
    let endings: [(String, TimeFormat)] = [
      ("_utc_us", .since1970(microseconds: 1)), ("_utc", .iso), ("_local", .iso),
    ]
    for (ending, format) in endings where name.hasSuffix(ending) {
      let stem = name.dropLast(ending.count)
      let role: FieldRole? =
        switch stem {
        case "time", "started": .time
        case "session_started": .sessionStarted
        case "session_ended": .sessionEnded
        default: nil
        }
      guard let role, roles(of: kind).contains(role) else { return nil }
      return (role, format)
    }
    guard let role = FieldRole(rawValue: name), roles(of: kind).contains(role) else { return nil }
    return (role, nil)
  }
}

/// What a column is taken for.
enum FieldTarget: Hashable {
  case role(FieldRole)
  /// A channel of the air in the wide form, where a line is a sample.
  case channel(Channel, UnitConversion)
}

import GRDB
import Readings

/// What a slot comes to before its air is added up.
struct SlotTaps {
  /// The values of the skin.
  var values: [DerivedValue]
  /// The session whose start ends the window of the slot's air.
  var best: Int64?
  /// Before which moment the slot's air is taken; nil for a slot without air.
  var reference: Timestamp?

  /// When the window of the slot's air begins, in microseconds.
  var start: Int64? { reference.map { ($0 - DiaryWriter.airWindow).microseconds } }

  /// The mean of each channel of the air over the window.
  ///
  /// - Parameters:
  ///   - tally: The samples of the window.
  ///   - begins: By channel from when on its samples are there.
  /// - Returns: The values of those channels that have all their samples.
  func airValues(of tally: AirTally, begins: [Int64]) -> [DerivedValue] {
    guard let reference, let start else { return [] }
    return AirColumn.all.compactMap { column in
      let entry = tally.entries[column.bit]
      guard entry.count > 0, start >= begins[column.bit] else { return nil }
      return DerivedValue(
        channel: column.channel, site: nil, value: entry.mean, spread: nil, count: entry.count,
        quality: .ok, reason: nil, sessionID: best, time: reference)
    }
  }

  /// The channels whose samples were removed: their values cannot be worked out again, only kept.
  func lostAir(begins: [Int64]) -> Set<Channel> {
    guard let start else { return [] }
    return Set(AirColumn.all.filter { start < begins[$0.bit] }.map(\.channel))
  }
}

/// What was around the taps of a slot, looked up once.
final class Surroundings {
  private let person: Person
  let date: LocalDate
  private var air: [Int64: [Channel: Double]] = [:]

  init(person: Person, date: LocalDate) {
    self.person = person
    self.date = date
  }

  /// The air at a tap, as far as it can be used.
  func air(at session: Int64, _ writer: DiaryWriter) throws -> [Channel: Double] {
    if let known = air[session] { return known }
    let rows = try writer.rows(
      "SELECT channel, value FROM session_air WHERE session_id = ? AND quality = 'ok'", [session])
    var found: [Channel: Double] = [:]
    for row in rows {
      if let channel = Channel(rawValue: row[0]) { found[channel] = row[1] }
    }
    air[session] = found
    return found
  }

  /// How long before a tap the person last cleansed the skin; nil where nobody said so, or where it
  /// was too long before to bear on any channel.
  func sinceCleansing(_ tap: Timestamp, _ writer: DiaryWriter) throws -> Duration? {
    let earliest = tap - writer.books.limits.longestSinceCleansing
    let row = try writer.row(
      """
      SELECT max(time_utc_us) FROM v1_event WHERE person = ? AND kind = 'cleansed'
        AND time_utc_us BETWEEN ? AND ?
      """, [person.rawValue, earliest.microseconds, tap.microseconds])
    return (row?[0] as Int64?).map { tap - Timestamp(microseconds: $0) }
  }
}

extension DiaryWriter {
  /// Derives anew the slots on which an event bears, after it came, moved, went or was withdrawn.
  ///
  /// - Parameters:
  ///   - kind: The event's.
  ///   - person: Whose.
  ///   - time: When it was, or was thought to be.
  /// - Throws: GRDB's errors.
  func deriveSlots(after kind: String, of person: Person, at time: Timestamp) throws {
    guard kind == "cleansed" else { return }
    let end = time + books.limits.longestSinceCleansing
    let slots = try rows(
      """
      SELECT DISTINCT person, local_date, slot FROM session
      WHERE person = ? AND started_utc_us BETWEEN ? AND ?
      """, [person.rawValue, time.microseconds, end.microseconds])
    try deriveSlots(slots.compactMap { PersonSlot($0) })
  }
}

import Acquisition
import Readings
import Store

/// What a life of the station must know of those before it, as the diary has it.
struct Memory {
  /// The last taps, of a month at most.
  var taps: [TapTimes.Tap] = []
  /// The slots of the last two days of which somebody was told that there is no tap.
  var reminded: [(Person, SlotKey)] = []
  /// When each part's fan was last cleaned.
  var lastCleanings: [String: Timestamp] = [:]
  /// Bytes written to the disk, by date, of the last eight.
  var days: [LocalDate: Int64] = [:]

  init() {}

  /// When people tapped, and what they were told.
  var tapTimes: TapTimes { TapTimes(taps, reminded: reminded) }

  /// Reads a diary.
  ///
  /// - Parameters:
  ///   - archive: The diary, or what it answered when it was taped.
  ///   - now: The present, as far as it is known.
  /// - Throws: `StoreError`
  init(_ archive: any Recalling, now: Timestamp) async throws {
    taps = try await archive.query(
      """
      SELECT s.person, s.started_utc_us, b.boot_id, s.started_boot_us, s.clock, v.accepted
      FROM session AS s JOIN boot AS b USING (boot) JOIN v1_session AS v USING (session_id)
      WHERE s.started_utc_us > \((now - .seconds(31 * 86_400)).microseconds)
      ORDER BY s.started_utc_us DESC LIMIT 200
      """
    ).rows.compactMap { TapTimes.Tap($0) }
    reminded = try await archive.query(
      """
      SELECT fields ->> '$.PERSON', fields ->> '$.LOCAL_DATE', fields ->> '$.SLOT' FROM notice
      WHERE kind = 'slotMissed' AND time_utc_us > \((now - .seconds(2 * 86_400)).microseconds)
      """
    ).rows.compactMap { row in
      guard case .text(let person) = row[0], case .text(let day) = row[1],
        case .text(let name) = row[2], let date = LocalDate(day), let slot = Slot(rawValue: name)
      else { return nil }
      return (Person(person), SlotKey(date: date, slot: slot))
    }
    let cleanings = try await archive.query(
      """
      SELECT fields ->> '$.PART', max(time_utc_us) FROM notice WHERE kind = 'fanCleaned' GROUP BY 1
      """
    ).rows
    for case (.text(let part), .integer(let time)) in cleanings.map({ ($0[0], $0[1]) }) {
      lastCleanings[part] = Timestamp(microseconds: time)
    }
    let days = try await archive.query(
      "SELECT local_date, bytes_written FROM disk_day ORDER BY local_date DESC LIMIT 8"
    ).rows
    for case (.text(let day), .integer(let bytes)) in days.map({ ($0[0], $0[1]) }) {
      if let date = LocalDate(day) { self.days[date] = bytes }
    }
  }
}

extension TapTimes.Tap {
  /// A row of person, stamp and accepted touches.
  fileprivate init?(_ row: [Archive.Cell]) {
    guard case .text(let person) = row[0], case .integer(let utc) = row[1],
      case .text(let bootID) = row[2], case .integer(let boot) = row[3],
      case .text(let clock) = row[4], let trust = ClockTrust(rawValue: clock),
      case .integer(let accepted) = row[5]
    else { return nil }
    self.init(
      person: Person(person),
      start: Stamp(
        utc: Timestamp(microseconds: utc), bootID: bootID, bootMicroseconds: boot, trust: trust),
      counts: accepted > 0)
  }
}

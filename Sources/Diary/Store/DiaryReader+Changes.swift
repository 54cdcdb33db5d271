import GRDB
package import Readings

/// What a diary holds last of everything that is only ever added; what is beyond it is new.
package struct DiaryHead: Hashable, Sendable {
  /// Changes whenever anything is committed, by whatever process.
  var version: Int64
  /// The greatest number of each list, in the order of `DiaryChange.lists`.
  var numbers: [Int64]
}

/// What was committed to a diary since a moment.
package struct DiaryChange: Hashable, Sendable {
  package var sessions: [Session] = []
  /// How many lines of the log.
  package var notices = 0
  package var events = 0
  package var scores = 0
  /// How many events and scores were withdrawn.
  package var withdrawals = 0
  /// The time of the latest sample of the air, where there are new ones.
  package var airUntil: Timestamp?
  /// Whether more may have changed than was added: times were moved, or something was worked out
  /// anew, calibrated, imported, withdrawn or erased.
  package var isRederived = false

  package init() {}

  /// A session that was saved.
  package struct Session: Hashable, Sendable {
    package var id: Int64
    package var person: Person
    package var key: SlotKey

    package init(id: Int64, person: Person, key: SlotKey) {
      self.id = id
      self.person = person
      self.key = key
    }
  }

  /// Where the numbers of a head come from.
  static let lists = [
    "session_id) FROM session", "notice) FROM notice", "event_id) FROM event", "score) FROM score",
    "time_utc_us) FROM air", "restamp) FROM restamp", "recomputation) FROM recomputation",
    "calibration_id) FROM calibration", "epoch) FROM epoch", "limits) FROM limits",
    "import) FROM import", "erasure) FROM erasure", "withdrawal) FROM withdrawal",
  ]

  /// The first of them whose growth says that what was there before may have changed.
  static let firstRederiving = 5
}

extension DiaryReader {
  /// Where the diary's lists end now.
  func head() throws -> DiaryHead {
    let columns = DiaryChange.lists.map { "(SELECT max(\($0))" }.joined(separator: ", ")
    let row = try Row.fetchOne(db, sql: "SELECT \(columns)")
    return DiaryHead(
      version: try version(),
      numbers: DiaryChange.lists.indices.map { row?[$0] as Int64? ?? 0 })
  }

  /// Changes whenever another connection has committed something (sqlite.org/pragma.html).
  func version() throws -> Int64 { try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }

  /// What came after a head, and the head now.
  func changes(since old: DiaryHead) throws -> (change: DiaryChange, head: DiaryHead) {
    let head = try head()
    let isLonger = zip(old.numbers, head.numbers).map { $0 < $1 }
    var change = DiaryChange()
    if isLonger[0] { change.sessions = try sessions(after: old.numbers[0]) }
    if isLonger[1] { change.notices = try count("notice", "notice", after: old.numbers[1]) }
    if isLonger[2] { change.events = try count("event", "event_id", after: old.numbers[2]) }
    if isLonger[3] { change.scores = try count("score", "score", after: old.numbers[3]) }
    if isLonger[4] { change.airUntil = Timestamp(microseconds: head.numbers[4]) }
    if isLonger[12] {
      change.withdrawals = try count("withdrawal", "withdrawal", after: old.numbers[12])
    }
    // A list that is shorter was erased from.
    let isShorter = zip(old.numbers, head.numbers).contains { $0 > $1 }
    change.isRederived = isLonger[DiaryChange.firstRederiving...].contains(true) || isShorter
    return (change, head)
  }

  private func sessions(after last: Int64) throws -> [DiaryChange.Session] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT session_id, person, local_date, slot FROM session WHERE session_id > ?
        ORDER BY session_id
        """, arguments: [last]
    ).compactMap { row in
      guard let date = LocalDate(try row.decode(String.self, atIndex: 2)),
        let slot = Slot(rawValue: try row.decode(atIndex: 3))
      else {
        return nil
      }
      return DiaryChange.Session(
        id: try row.decode(atIndex: 0), person: Person(try row.decode(atIndex: 1)),
        key: SlotKey(date: date, slot: slot))
    }
  }

  private func count(_ table: String, _ key: String, after last: Int64) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM \(table) WHERE \(key) > ?", arguments: [last]) ?? 0
  }
}

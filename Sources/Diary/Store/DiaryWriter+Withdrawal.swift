import GRDB
import Readings

extension DiaryWriter {
  /// Withdraws an entry that stands, and derives anew what it bore on.
  ///
  /// - Parameters:
  ///   - withdrawal: What is taken back.
  ///   - stamp: When.
  /// - Returns: What was withdrawn; or why nothing was, and then nothing is written.
  /// - Throws: GRDB's errors.
  func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) throws -> WithdrawalAnswer {
    let (answer, number) = try DiaryReader(db: db).finding(of: withdrawal)
    guard case .withdrawn(let entry) = answer else { return answer }
    let table =
      switch withdrawal {
      case .event: "event"
      case .score: "score"
      }
    try run(
      "INSERT INTO withdrawal (\(table), time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?)",
      [number] + columns(of: stamp))
    if case .event(let saved) = entry {
      try deriveSlots(after: saved.event.kind, of: saved.event.person, at: saved.event.time)
    }
    return answer
  }
}

extension DiaryReader {
  /// What a withdrawal finds, and the number of the row that it is about; nil where it finds none.
  func finding(of withdrawal: Withdrawal) throws -> (answer: WithdrawalAnswer, number: Int64?) {
    switch withdrawal {
    case .event(let number): (try findingOfEvent(number), number)
    case .score(let person, let date, let dimension): try findingOfScore(person, date, dimension)
    }
  }

  private func findingOfEvent(_ number: Int64) throws -> WithdrawalAnswer {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT person, event_utc_us, kind, weight, note, event_id, local_date,
          EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.event = event_id)
        FROM event WHERE event_id = ?
        """, arguments: [number])
    guard let row, let saved = try SavedEvent(row) else { return .refused(.neverThere) }
    let isWithdrawn: Bool = try row.decode(atIndex: 7)
    return isWithdrawn ? .refused(.withdrawnBefore) : .withdrawn(.event(saved))
  }

  private func findingOfScore(
    _ person: Person, _ date: LocalDate, _ dimension: Score.Dimension
  ) throws -> (answer: WithdrawalAnswer, number: Int64?) {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT score, value, EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.score = s.score)
        FROM score AS s WHERE person = ? AND local_date = ? AND dimension = ?
        ORDER BY score DESC
        """, arguments: [person.rawValue, date.description, dimension.rawValue])
    let standing = try rows.filter { try !$0.decode(Bool.self, atIndex: 2) }
    guard let last = standing.first else {
      return (.refused(rows.isEmpty ? .neverThere : .withdrawnBefore), nil)
    }
    let score = Score(
      person: person, date: date, dimension: dimension, value: try last.decode(atIndex: 1))
    let before = try standing.dropFirst().first?.decode(Double.self, atIndex: 1)
    return (
      .withdrawn(.score(score, standing: before)), try last.decode(atIndex: 0)
    )
  }
}

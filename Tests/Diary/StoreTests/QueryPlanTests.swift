import GRDB
import Readings
import Synchronization
import Testing
import TestSupport

@testable import Store

/// What SQLite does for a question, whatever the size of the diary: no question with bounds reads a
/// table that grows from its beginning to its end.
@Suite("query plans", .takingTurns)
struct QueryPlanTests {
  /// Tables that grow for ever, and the names statements give them.
  private static let growing: Set<Substring> = [
    "air", "a", "air_hour", "air_day", "air_slot", "event", "h", "m", "measure", "n", "notice",
    "part_health", "s", "score", "session", "session_air", "slot_value", "t", "touch", "v",
  ]

  /// A question and how it is asked.
  struct Question: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var ask: @Sendable (DiaryReader) throws -> Void

    init(_ name: String, _ ask: @escaping @Sendable (DiaryReader) throws -> Void) {
      testDescription = name
      self.ask = ask
    }
  }

  private static let from = Bench.time(day: 0, hour: 0)
  private static let to = Bench.time(day: 2, hour: 0)
  private static let day = LocalDate(daysSince1970: 20_514)

  static let questions = [
    Question("sessions") { _ = try $0.sessions(from: from, to: to, limit: 10) },
    Question("a session") { _ = try $0.session(id: 1) },
    Question("slot values") { _ = try $0.slotValues(from: day, to: day) },
    Question("tapped slots") { _ = try $0.tappedSlots(from: day, to: day) },
    Question("notices") { _ = try $0.notices(from: from, to: to, limit: 10) },
    Question("new notices") { _ = try $0.notices(after: 1, wanted: NoticeFilter()) },
    Question("events") { _ = try $0.events(from: from, to: to) },
    Question("scores") { _ = try $0.scores(from: day, to: day) },
    Question("the latest air") { _ = try $0.latestAir() },
    Question("parts") { _ = try $0.parts() },
    Question("whose turn it is") { _ = try $0.chosenPerson() },
    Question("what is new") { reader in
      var head = try reader.head()
      head.numbers = head.numbers.map { $0 - 1 }
      _ = try reader.changes(since: head)
    },
    Question("explain a session") { _ = try $0.explainSession(1) },
    Question("explain a touch") { _ = try $0.explainTouch(1) },
    Question("explain a sample") { _ = try $0.explainAir(.airTemperature, at: from) },
    Question("explain a value") { reader in
      for (channel, site) in [(Channel.skinMoisture, Site("cheek")), (.airTemperature, nil)] {
        let key = SlotKey(date: day, slot: .morning)
        _ = try reader.valueNames(of: nil, key)
        _ = try reader.explain(.init(person: "me", key: key, channel: channel, site: site))
      }
    },
  ]

  @Test("wish 5: a question with bounds reads no growing table whole", arguments: questions)
  func plans(question: Question) async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40, 41]))
      try await store.append([Bench.air(Bench.time(day: 0, hour: 0), 20)])
      try await store.closeSlots(before: Self.to)
      let plans = try Self.plans(of: question, in: bench)
      #expect(!plans.isEmpty)
      for plan in plans {
        let words = plan.step.split(separator: " ")
        let isWhole = words.first == "SCAN" && words.count > 1 && Self.growing.contains(words[1])
        #expect(!isWhole, "\(plan.step) in: \(plan.statement)")
        // A series is years long: its slot and its dates must be bounds of the search.
        let isSlotValue = words.count > 1 && words[0] == "SEARCH" && words[1] == "v"
        #expect(!isSlotValue || plan.step.contains("slot=?"), "\(plan.step) in: \(plan.statement)")
      }
      try await store.close()
    }
  }

  @Test("a question without bounds is seen to read the whole table")
  func control() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let plans = try Self.plans(
        of: Question("all") { reader in
          _ = try Row.fetchAll(reader.db, sql: "SELECT * FROM session AS s ORDER BY person")
        }, in: bench)
      #expect(plans.map(\.step).contains { $0.hasPrefix("SCAN s") })
      try await store.close()
    }
  }

  /// Asks, listens to the statements, and has each of them explained.
  private static func plans(
    of question: Question, in bench: Bench
  ) throws -> [(statement: String, step: String)] {
    let queue = try DiaryFile.openForReading(path: bench.path)
    let heard = Mutex<[String]>([])
    let statements = try queue.read { db in
      db.trace { event in
        if case .statement(let statement) = event {
          heard.withLock { $0.append(statement.expandedSQL) }
        }
      }
      try question.ask(DiaryReader(db: db))
      db.trace(options: [])
      return heard.withLock { Set($0) }
    }
    return try queue.read { db in
      try statements.filter { $0.contains("SELECT") }.sorted().flatMap { statement in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(statement)").map { row in
          (statement, row["detail"])
        }
      }
    }
  }
}

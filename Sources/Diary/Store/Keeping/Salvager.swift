import GRDB
import Readings

/// Brings what can still be read of a damaged diary into another, never a row twice.
final class Salvager {
  let old: Database
  let writer: DiaryWriter
  var report = Salvage()
  /// By table, the number that a row of the damaged diary has in the other.
  var numbers: [String: [Int64: Int64]] = [:]
  /// The earliest time of what was added: everything derived since is worked out anew.
  var earliest: Int64?
  /// Hours of the air that were added to.
  var hours: Set<Int64> = []
  /// Tables of the damaged diary: one of the first version has fewer.
  private let tables: Set<String>
  private var columns: [String: Set<String>] = [:]

  /// A salvage.
  ///
  /// - Parameters:
  ///   - old: The damaged diary, read only.
  ///   - writer: Of the other.
  /// - Throws: GRDB's errors, where not even the names of the tables can be read.
  init(_ old: Database, into writer: DiaryWriter) throws {
    self.old = old
    self.writer = writer
    tables = Set(
      try String.fetchAll(old, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"))
  }

  /// Brings over everything, table by table, each in a transaction of its own.
  ///
  /// - Parameters:
  ///   - isAgain: Whether it was begun before and cut off: what was added then is worked out too.
  ///   - transact: Runs a body in a transaction of the other diary.
  /// - Throws: GRDB's errors of the other diary.
  func run(isAgain: Bool, transact: (() throws -> Void) throws -> Void) throws {
    try transact { try self.addPeople() }
    for table in SalvagedTable.all where tables.contains(table.name) {
      try transact { try self.add(table) }
    }
    try transact { try self.addTaps() }
    try addAir(transact: transact)
    try transact {
      try self.writer.recall()
      if isAgain { try self.workEverythingOut() }
      try self.writer.rollUp(self.hours)
      guard let earliest = self.earliest else { return }
      try self.writer.deriveAgain(from: Timestamp(microseconds: earliest))
      try self.writer.settleFirstEpoch()
    }
    report.missing.sort {
      ($0.table, $0.from?.microseconds ?? 0) < ($1.table, $1.from?.microseconds ?? 0)
    }
  }

  /// Nobody knows any more what was added before the salvage was cut off.
  private func workEverythingOut() throws {
    hours.formUnion(try writer.hoursWithSamples(from: .min, to: .max))
    for time in ["min(started_utc_us) FROM session", "min(time_utc_us) FROM air"] {
      guard let first = try writer.row("SELECT \(time)")?[0] as Int64? else { continue }
      earliest = min(earliest ?? first, first)
    }
  }

  /// The names of the house; a person whose row is lost is met again at the first tap.
  private func addPeople() throws {
    guard let cursor = try? Row.fetchCursor(old, sql: "SELECT * FROM person") else { return }
    // What cannot be read ends the list: those that follow are met at their taps.
    while let row = try? cursor.next() { try meet(row) }
  }

  /// Makes sure that the person of a row is known.
  func meet(_ row: Row) throws {
    guard let person = row["person"] as String?, let boot = row["boot"] as Int64? else { return }
    let (time, began): (Int64?, Int64?) = (row["time_utc_us"], row["started_utc_us"])
    let (sinceBoot, beganSinceBoot): (Int64?, Int64?) = (row["boot_us"], row["started_boot_us"])
    let clock: String? = row["clock"]
    let moment: Int64 = time ?? began ?? 0
    let bootMoment: Int64 = sinceBoot ?? beganSinceBoot ?? 0
    try writer.run(
      """
      INSERT INTO person (person, time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """,
      [
        person, moment, try number(boot, in: "boot"), bootMoment, clock,
      ])
  }

  /// Walks a table and adds its rows.
  private func add(_ table: SalvagedTable) throws {
    var known = try identities(of: table)
    var walk = try walk(table)
    try walk.run(from: 0) { row in
      if let exception = table.exception, row[exception] == nil { return }
      try self.add(row, to: table, &known)
    }
  }

  /// A walk over a table whose numbers count up.
  func walk(_ table: SalvagedTable) throws -> RowWalk {
    let pages = try Int64.fetchOne(old, sql: "PRAGMA page_count") ?? 0
    let readable = try? Int64.fetchOne(old, sql: "SELECT max(\(table.key)) FROM \(table.name)")
    // A page of 4096 bytes holds no more than so many rows.
    let end = max(readable ?? 0, pages * 200) + 1
    return RowWalk(old, table: table.name, key: table.key, end: end)
  }

  /// What the other diary holds of a table, by what makes its rows the same.
  func identities(of table: SalvagedTable) throws -> [[DatabaseValue]: Int64] {
    var known: [[DatabaseValue]: Int64] = [:]
    let list = ([table.key] + table.identity).joined(separator: ", ")
    let cursor = try Row.fetchCursor(writer.db, sql: "SELECT \(list) FROM \(table.name)")
    while let row = try cursor.next() {
      known[[DatabaseValue](row.databaseValues.dropFirst())] = row[0]
    }
    return known
  }

  /// Adds a row unless it is there; remembers its number either way.
  ///
  /// - Parameters:
  ///   - row: Of the damaged diary.
  ///   - table: Which table's.
  ///   - known: What is there already.
  /// - Returns: Its number, where it was added.
  /// - Throws: GRDB's errors other than of a row that breaks a rule.
  @discardableResult
  func add(
    _ row: Row, to table: SalvagedTable, _ known: inout [[DatabaseValue]: Int64]
  ) throws -> Int64? {
    guard let old = row[table.key] as Int64? else { return nil }
    guard isOfKnownEntry(row, table) else {
      report.refused += 1
      return nil
    }
    var values = try translated(row, table)
    let identity = table.identity.map { values[$0] ?? .null }
    if let there = known[identity] {
      numbers[table.name, default: [:]][old] = there
      return nil
    }
    if try isTaken(old, in: table) { values[table.key] = nil }
    guard try insert(values, into: table.name) else { return nil }
    let number = writer.db.lastInsertedRowID
    numbers[table.name, default: [:]][old] = number
    known[identity] = number
    if let time = try time(of: row, values, table) { earliest = min(earliest ?? time, time) }
    return number
  }

  /// The columns that both diaries have, with the other's numbers.
  private func translated(_ row: Row, _ table: SalvagedTable) throws -> [String: DatabaseValue] {
    var values: [String: DatabaseValue] = [:]
    let names = try names(of: table.name)
    for (column, value) in row where names.contains(column) { values[column] = value }
    for (column, target) in table.references {
      guard let old = values[column].flatMap({ Int64.fromDatabaseValue($0) }) else { continue }
      values[column] = try number(old, in: target).databaseValue
    }
    return values
  }

  private func names(of table: String) throws -> Set<String> {
    if let known = columns[table] { return known }
    let names = try String.fetchSet(
      writer.db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
    columns[table] = names
    return names
  }

  private func isTaken(_ number: Int64, in table: SalvagedTable) throws -> Bool {
    try writer.row("SELECT 1 FROM \(table.name) WHERE \(table.key) = ?", [number]) != nil
  }

  /// Inserts a row; one that breaks a rule of the schema made no sense, and is counted.
  func insert(_ values: [String: DatabaseValue], into table: String) throws -> Bool {
    let columns = values.keys.sorted()
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    do {
      try writer.run(
        "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
        StatementArguments(columns.map { values[$0] ?? .null }))
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      report.refused += 1
      return false
    }
    report.added[table, default: 0] += 1
    return true
  }

  /// The number a boot or a part has in the other diary.
  ///
  /// One whose name is lost keeps its number where the other diary has it, and is else called by it.
  func number(_ old: Int64, in table: String) throws -> Int64 {
    if let known = numbers[table]?[old] { return known }
    if try writer.row("SELECT 1 FROM \(table) WHERE rowid = ?", [old]) == nil {
      switch table {
      case "boot":
        try writer.run("INSERT INTO boot (boot, boot_id) VALUES (?, ?)", [old, "lost-\(old)"])
      case "part":
        try writer.run("INSERT INTO part (part, name) VALUES (?, ?)", [old, "lost part \(old)"])
      default: break
      }
    }
    numbers[table, default: [:]][old] = old
    return old
  }
}

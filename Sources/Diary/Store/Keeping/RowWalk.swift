import GRDB
import GRDBSQLite

/// Reads a damaged table in the order of its key, and steps over what cannot be read.
///
/// A page that cannot be read takes the rows on it, and no others: where reading stops, the keys
/// behind are searched by halves for the next that can be found.
struct RowWalk {
  var db: Database
  var table: String
  /// The column that is the rowid.
  var key: String
  /// Keys closer than this are not searched between.
  var grain: Int64
  /// A key that no row has, nor any row behind it.
  var end: Int64
  /// Where keys lay that could not be read: after the first, before the second.
  private(set) var gaps: [(after: Int64, before: Int64)] = []

  init(_ db: Database, table: String, key: String, grain: Int64 = 1, end: Int64) {
    self.db = db
    self.table = table
    self.key = key
    self.grain = grain
    self.end = end
  }

  /// Hands over every row that can be read.
  ///
  /// - Parameters:
  ///   - first: The least key that matters.
  ///   - body: Takes a row; what it throws ends the walk.
  /// - Throws: What `body` throws.
  mutating func run(from first: Int64, _ body: (Row) throws -> Void) throws {
    try run(from: first, to: end, body)
  }

  private enum Found: Equatable {
    case row(Int64), nothing, damage
  }

  /// Walks the keys from one on, up to before another.
  ///
  /// A loop, not a recursion: a thousand damaged pages are no reason to run out of stack.
  private mutating func run(
    from first: Int64, to end: Int64, _ body: (Row) throws -> Void
  ) throws {
    var next = first
    while next < end {
      let (last, isWhole) = try stream(from: next, to: end, body)
      guard !isWhole else { return }
      let start = last.map { $0 + 1 } ?? next
      guard start < end else { return }
      next = try search(from: start, to: end, body)
    }
  }

  /// Reads on until the end, or until something cannot be read.
  private func stream(
    from first: Int64, to end: Int64, _ body: (Row) throws -> Void
  ) throws -> (last: Int64?, isWhole: Bool) {
    var last: Int64?
    let sql = "SELECT * FROM \(table) WHERE \(key) >= ? AND \(key) < ? ORDER BY \(key)"
    // A statement that cannot even begin has read nothing.
    guard let cursor = try? Row.fetchCursor(db, sql: sql, arguments: [first, end]) else {
      return (nil, false)
    }
    while true {
      let row: Row?
      do { row = try cursor.next() } catch { return (last, false) }
      guard let row else { return (last, true) }
      // On a damaged page keys may stand in no order: none of it is believed.
      guard let at = row[key] as Int64?, at >= last.map({ $0 + 1 }) ?? first, at < end else {
        return (last, false)
      }
      try body(row)
      last = at
    }
  }

  /// Searches between keys of which the first cannot be read.
  ///
  /// - Returns: The key from which to read on.
  private mutating func search(
    from start: Int64, to end: Int64, _ body: (Row) throws -> Void
  ) throws -> Int64 {
    // Most damage is of a page or two: what is behind it is near.
    var step = grain
    while end - start > step {
      let high = start + step
      switch probe(from: high, to: end) {
      case .row(let key):
        try halve(from: start, to: key, by: grain, isUnreadable: true, body)
        return key
      case .nothing:
        try halve(from: start, to: high, by: grain, isUnreadable: true, body)
        return end
      case .damage: step = step > (end - start) / 2 ? end - start : step * 2
      }
    }
    // Nothing was met on the way to the end: so wide a stretch is looked through in large steps.
    try halve(
      from: start, to: end, by: max(grain, (end - start) / 8192), isUnreadable: true, body)
    return end
  }

  /// Looks for rows between two keys, of which nothing can be read from the first on.
  ///
  /// A key may be found whose row cannot be read, where the row goes on on another page.
  private mutating func halve(
    from low: Int64, to high: Int64, by grain: Int64, isUnreadable: Bool,
    _ body: (Row) throws -> Void
  ) throws {
    guard high > low else { return }
    switch probe(from: low, to: high) {
    case .row(let key):
      if isUnreadable { note(low - 1, key + 1) }
      return try run(from: isUnreadable ? key + 1 : key, to: high, body)
    case .nothing: return
    case .damage: break
    }
    guard high - low > grain else { return note(low - 1, high) }
    let middle = low + (high - low) / 2
    try halve(from: low, to: middle, by: grain, isUnreadable: isUnreadable, body)
    try halve(from: middle, to: high, by: grain, isUnreadable: false, body)
  }

  /// The first key that can be reached from one on.
  private func probe(from low: Int64, to high: Int64) -> Found {
    let sql = "SELECT \(key) FROM \(table) WHERE \(key) >= ? AND \(key) < ? ORDER BY \(key) LIMIT 1"
    // Stepped by hand: thousands of them may fail, and none of their words is wanted.
    guard let statement = try? db.cachedStatement(sql: sql).sqliteStatement else { return .damage }
    defer { sqlite3_reset(statement) }
    sqlite3_bind_int64(statement, 1, low)
    sqlite3_bind_int64(statement, 2, high)
    switch sqlite3_step(statement) {
    case SQLITE_DONE: return .nothing
    case SQLITE_ROW:
      let found = sqlite3_column_int64(statement, 0)
      return found >= low && found < high ? .row(found) : .damage
    default: return .damage
    }
  }

  private mutating func note(_ after: Int64, _ before: Int64) {
    if let last = gaps.last, last.before >= after {
      gaps[gaps.count - 1].before = max(last.before, before)
    } else {
      gaps.append((after, before))
    }
  }
}

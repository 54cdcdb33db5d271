import GRDB
package import Readings

/// Which lines of the log are wanted.
package struct NoticeFilter: Sendable {
  /// Only these; all of them where it is empty.
  package var kinds: Set<Notice.Kind> = []
  /// The least important that is wanted.
  package var priority = Notice.Priority.debug
  /// Makes what says whether a line's text is wanted, once a reading.
  package var text: (@Sendable () -> (String) -> Bool)?

  package init() {}

  fileprivate func wants(_ kind: Notice.Kind, _ priority: Notice.Priority) -> Bool {
    priority.rawValue <= self.priority.rawValue && (kinds.isEmpty || kinds.contains(kind))
  }
}

extension DiaryReader {
  private static let noticeColumns = """
    SELECT n.kind, n.priority, n.text, n.fields, n.notice, n.time_utc_us, b.boot_id, n.boot_us,
      n.clock FROM notice AS n JOIN boot AS b USING (boot)
    """

  /// Notices of the interval, oldest first; the last `limit` of those that are wanted.
  ///
  /// Read from the end and no further than needed: the log is for ever.
  func notices(
    from: Timestamp, to: Timestamp, limit: Int, wanted filter: NoticeFilter = NoticeFilter()
  ) throws -> [Notice] {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        \(Self.noticeColumns) WHERE n.time_utc_us >= ? AND n.time_utc_us < ?
        ORDER BY n.time_utc_us DESC, n.notice DESC
        """, arguments: [from.microseconds, to.microseconds])
    let isWanted = filter.text?()
    var notices: [Notice] = []
    while notices.count < limit, let row = try cursor.next() {
      if let notice = try notice(row, filter, isWanted) { notices.append(notice) }
    }
    return notices.reversed()
  }

  /// The wanted notices that were kept after one, in the order they were kept in.
  func notices(after last: Int64, wanted filter: NoticeFilter) throws -> [Notice] {
    let isWanted = filter.text?()
    return try Row.fetchAll(
      db, sql: "\(Self.noticeColumns) WHERE n.notice > ? ORDER BY n.notice", arguments: [last]
    ).compactMap { try notice($0, filter, isWanted) }
  }

  private func notice(
    _ row: Row, _ filter: NoticeFilter, _ isWanted: ((String) -> Bool)?
  ) throws -> Notice? {
    guard let kind = Notice.Kind(rawValue: try row.decode(atIndex: 0)),
      let priority = Notice.Priority(rawValue: try row.decode(atIndex: 1)),
      filter.wants(kind, priority),
      isWanted?(try row.decode(atIndex: 2)) ?? true
    else { return nil }
    let fields = try Row.fetchAll(
      db, sql: "SELECT key, value FROM json_each(?)",
      arguments: [try row.decode(String?.self, atIndex: 3)])
    return Notice(
      kind, try row.decode(atIndex: 2), priority: priority,
      fields: try fields.map { Notice.Field(try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) },
      stamp: try Stamp(row, at: 5))
  }
}

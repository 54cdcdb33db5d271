package import Readings

extension Archive {
  /// Where the diary's lists end now.
  package func head() async throws -> DiaryHead {
    try await read(isByFirst: true) { try $0.head() }
  }

  /// What was committed since a head; nil where nothing was, which costs no more than a look at a
  /// number in memory.
  package func changes(
    since head: DiaryHead
  ) async throws -> (change: DiaryChange, head: DiaryHead)? {
    try await read(isByFirst: true) { reader in
      try reader.version() == head.version ? nil : try reader.changes(since: head)
    }
  }

  /// Notices of the interval, oldest first; the last `limit` of those that are wanted.
  package func notices(
    from: Timestamp, to: Timestamp, limit: Int, wanted: NoticeFilter
  ) async throws -> [Notice] {
    try await read { try $0.notices(from: from, to: to, limit: limit, wanted: wanted) }
  }

  /// The wanted notices after those of a head, in the order they were kept in.
  package func notices(after head: DiaryHead, wanted: NoticeFilter) async throws -> [Notice] {
    try await read { try $0.notices(after: head.lastNotice, wanted: wanted) }
  }
}

extension DiaryHead {
  /// The number of the last notice.
  var lastNotice: Int64 { numbers[1] }
}

import GRDB
package import Readings

/// The diary, read only: beside a running writer, or without one.
package struct Archive: ReadingArchive {
  package let path: String
  private let connections: ReadConnections

  /// Opens a diary for reading.
  ///
  /// - Parameters:
  ///   - path: Where the diary is.
  ///   - connections: How many questions can be answered at the same time.
  /// - Throws: `StoreError`; its kind is `missing` where there is no diary yet.
  package init(path: String, connections: Int = 1) throws(StoreError) {
    self.path = path
    self.connections = try ReadConnections(path: path, count: connections)
  }

  package func sessions(
    from: Timestamp, to: Timestamp, limit: Int
  ) async throws -> [SavedSession] {
    try await read { try $0.sessions(from: from, to: to, limit: limit) }
  }

  package func slotValues(from: LocalDate, to: LocalDate) async throws -> [SlotValue] {
    try await read { try $0.slotValues(from: from, to: to) }
  }

  package func notices(from: Timestamp, to: Timestamp, limit: Int) async throws -> [Notice] {
    try await read { try $0.notices(from: from, to: to, limit: limit) }
  }

  package func latestAir() async throws -> [AirSample] {
    try await read { try $0.latestAir() }
  }

  package func events(from: Timestamp, to: Timestamp) async throws -> [SkinEvent] {
    try await numberedEvents(from: from, to: to).map(\.event)
  }

  package func numberedEvents(from: Timestamp, to: Timestamp) async throws -> [SavedEvent] {
    try await read { try $0.events(from: from, to: to) }
  }

  package func rehearse(_ withdrawal: Withdrawal) async throws -> WithdrawalAnswer {
    try await read { try $0.finding(of: withdrawal).answer }
  }

  package func scores(from: LocalDate, to: LocalDate) async throws -> [Score] {
    try await read { try $0.scores(from: from, to: to) }
  }

  package func chosenPerson() async throws -> Person? {
    try await read { try $0.chosenPerson() }
  }

  package func parts() async throws -> [PartIdentity] {
    try await read { try $0.parts() }
  }

  /// The slots of some dates in which somebody tapped, and it was not refused.
  package func tappedSlots(
    from: LocalDate, to: LocalDate
  ) async throws -> [(person: Person, key: SlotKey)] {
    try await read { try $0.tappedSlots(from: from, to: to).map { ($0.person, $0.key) } }
  }

  /// Every calibration, by part, channel and time.
  package func calibrations() async throws -> [Calibration] {
    try await read { try $0.calibrations() }
  }

  package func summary() async throws -> ArchiveSummary {
    try await read { try $0.summary() }
  }

  /// Reads one consistent state of the diary, off the shared pool's threads.
  ///
  /// - Parameters:
  ///   - isByFirst: Whether by one and the same connection as what it is compared with.
  ///   - body: Reads.
  /// - Returns: What the body returns.
  /// - Throws: `StoreError`
  func read<T: Sendable>(
    isByFirst: Bool = false, _ body: @escaping @Sendable (DiaryReader) throws -> T
  ) async throws -> T {
    do {
      return try await connections.read(isByFirst: isByFirst) { try body(DiaryReader(db: $0)) }
    } catch {
      throw StoreError(error, path: path, operation: "read the diary")
    }
  }
}

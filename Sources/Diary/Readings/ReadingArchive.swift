/// What the diary can be asked.
///
/// Reading never blocks the writer.
package protocol ReadingArchive: Sendable {
  /// Sessions that began in the interval, latest first, with their touches.
  func sessions(from: Timestamp, to: Timestamp, limit: Int) async throws -> [SavedSession]

  /// Slot values of the local dates, by date, slot, person, channel and site.
  func slotValues(from: LocalDate, to: LocalDate) async throws -> [SlotValue]

  /// Notices in the interval, oldest first; the last `limit` of them.
  func notices(from: Timestamp, to: Timestamp, limit: Int) async throws -> [Notice]

  /// The latest sample of each air part.
  func latestAir() async throws -> [AirSample]

  /// Events of the interval that were not withdrawn, oldest first.
  func events(from: Timestamp, to: Timestamp) async throws -> [SkinEvent]

  /// The same events with their numbers, by which they can be withdrawn.
  func numberedEvents(from: Timestamp, to: Timestamp) async throws -> [SavedEvent]

  /// What a withdrawal would find now; nothing is withdrawn.
  func rehearse(_ withdrawal: Withdrawal) async throws -> WithdrawalAnswer

  /// Scores of the local dates: the last of each day and dimension that was not withdrawn.
  func scores(from: LocalDate, to: LocalDate) async throws -> [Score]

  /// Whose the next session is, where somebody was chosen.
  func chosenPerson() async throws -> Person?

  /// The parts as they last said who they are.
  func parts() async throws -> [PartIdentity]

  /// How many sessions, samples and days the diary holds.
  func summary() async throws -> ArchiveSummary
}

/// The size of a diary.
package struct ArchiveSummary: Hashable, Sendable, Codable {
  package var sessions: Int
  package var airSamples: Int
  package var firstDate: LocalDate?
  package var lastDate: LocalDate?
  package var bytes: Int64

  package init(
    sessions: Int, airSamples: Int, firstDate: LocalDate?, lastDate: LocalDate?, bytes: Int64
  ) {
    self.sessions = sessions
    self.airSamples = airSamples
    self.firstDate = firstDate
    self.lastDate = lastDate
    self.bytes = bytes
  }
}

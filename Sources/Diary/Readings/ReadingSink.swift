/// Where readings go.
///
/// Only one process at a time has one.
package protocol ReadingSink: Sendable {
  /// Saves a session, derives its slot and every slot that depends on it, and keeps the notice,
  /// in one transaction that is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - session: What was tapped.
  ///   - announce: Words the notice from what the diary made of the session.
  /// - Returns: What was saved, and the notice as kept.
  /// - Throws: Whatever the store throws; then nothing was saved.
  func save(
    _ session: TapSession, announcing announce: @Sendable (SavedSession) -> Notice
  ) async throws -> (SavedSession, Notice)

  /// Saves samples of the air in one transaction, and derives the hours they complete.
  func append(_ samples: [AirSample]) async throws

  /// Keeps a line for `skin2vec log`.
  func append(_ notice: Notice) async throws

  /// Notes who a part is; begins new epochs for its channels where it is another than before.
  ///
  /// - Returns: Whether it is another than before.
  func record(_ identity: PartIdentity, at stamp: Stamp) async throws -> Bool

  /// Keeps a calibration, ends the one before it, and begins new epochs for its channel.
  ///
  /// - Parameters:
  ///   - calibration: What its raw readings mean, and from when on.
  ///   - stamp: When it was made.
  /// - Returns: Its number.
  /// - Throws: Whatever the store throws; then nothing was kept.
  func record(_ calibration: Calibration, at stamp: Stamp) async throws -> Int64

  /// The calibrations in force now, one a part and channel.
  func calibrationsInForce() async throws -> [Calibration]

  /// Notes the limits in force from a moment on; does nothing where they are the same as before.
  ///
  /// - Returns: Whether they changed.
  func adopt(_ limits: Limits, from stamp: Stamp) async throws -> Bool

  /// Begins new epochs in every series of some channels, so that their baselines do not go on.
  ///
  /// - Parameters:
  ///   - channels: Which channels' baselines end.
  ///   - person: Whose; nil for everybody's.
  ///   - site: At which site; nil for all of them, and for the air.
  ///   - cause: Why, in words.
  ///   - stamp: From when on.
  /// - Returns: How many series began anew.
  /// - Throws: Whatever the store throws; then none did.
  func beginEpochs(
    of channels: [Channel], person: Person?, site: Site?, cause: String, at stamp: Stamp
  ) async throws -> Int

  /// Adds what was counted of a part in an hour to the row of that hour.
  func append(_ health: [PartHealth]) async throws

  /// Notes how much was written to disk on a local date, over all.
  func noteBytesWritten(_ bytes: Int64, on date: LocalDate) async throws

  /// Saves an event and returns its number.
  func save(_ event: SkinEvent, at stamp: Stamp) async throws -> Int64

  /// Saves a score; a later score for the same day and dimension stands in its place.
  func save(_ score: Score, at stamp: Stamp) async throws

  /// Takes back what a person entered, and derives anew the slots that depended on it, in one
  /// transaction that is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - withdrawal: What is taken back; its row stays, and what stood before it stands again.
  ///   - stamp: When.
  /// - Returns: What was withdrawn, or why nothing was.
  /// - Throws: Whatever the store throws; then nothing was withdrawn.
  func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) async throws -> WithdrawalAnswer

  /// Sets whose the next sessions are.
  func choose(_ person: Person, at stamp: Stamp) async throws

  /// Notes the day plan in force from a moment on; does nothing where it is the same as before.
  ///
  /// - Returns: Whether it changed.
  func adopt(_ plan: DayPlan, from stamp: Stamp) async throws -> Bool

  /// Re-stamps everything a boot recorded before its clock could be trusted, and derives anew.
  ///
  /// - Parameters:
  ///   - bootID: The boot whose unsynced rows are meant.
  ///   - bootTimeZero: The moment, in UTC, at which that boot's clock stood at zero.
  ///   - stamp: When the clock was found to be set.
  /// - Returns: How many readings moved.
  /// - Throws: Whatever the store throws; then nothing moved.
  func restamp(
    bootID: String, bootTimeZero: Timestamp, at stamp: Stamp
  ) async throws -> RestampReport

  /// Gives the air its values for every slot that has ended by now without them.
  func closeSlots(before now: Timestamp) async throws
}

/// What a re-stamping changed.
package struct RestampReport: Hashable, Sendable {
  package var sessions: Int
  package var airSamples: Int
  package var others: Int
  /// From when to when; nil where nothing moved, or nobody noted it.
  package var move: Move?

  package init(sessions: Int, airSamples: Int, others: Int, move: Move? = nil) {
    self.sessions = sessions
    self.airSamples = airSamples
    self.others = others
    self.move = move
  }

  /// The times that were found wrong, and how far the first of them was.
  package struct Move: Hashable, Sendable {
    /// The earliest and the latest time as they had been written.
    package var earliest: Timestamp
    package var latest: Timestamp
    /// By how much the earliest moved; the others by the same, but for steps in between.
    package var by: Duration

    package init(earliest: Timestamp, latest: Timestamp, by: Duration) {
      self.earliest = earliest
      self.latest = latest
      self.by = by
    }
  }
}

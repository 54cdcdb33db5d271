import GRDB
package import Readings

/// What a person asks for now and then, beyond `ReadingSink`.
extension Store {
  /// Works out everything derived anew from what was read; identical, if all is well.
  ///
  /// One transaction: whoever interrupts it finds the diary as it was.
  ///
  /// - Parameters:
  ///   - since: The first local date to which the last limits are applied, also in future; nil
  ///     leaves every date the limits of its time.
  ///   - isRehearsal: Whether nothing is to stay of it.
  ///   - stamp: When it is asked for; nil for now.
  ///   - progress: Hears how far it is, from 0 to 1.
  /// - Returns: What changed.
  /// - Throws: `StoreError`
  @discardableResult
  package func recompute(
    since: LocalDate? = nil, isRehearsal: Bool = false, at stamp: Stamp? = nil,
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> Recomputation {
    try transact(durably: true, "work the diary out anew") { writer in
      let stamp = stamp ?? options.now()
      guard isRehearsal else {
        let recomputation = try writer.recompute(since: since, at: stamp, progress: progress)
        try writer.record(recomputation, at: stamp)
        return recomputation
      }
      return try writer.rehearse { try $0.recompute(since: since, at: stamp, progress: progress) }
    }
  }

  /// Keeps a calibration, ends the one before it, and begins new epochs for its channel.
  ///
  /// - Parameters:
  ///   - calibration: What its raw readings mean, and from when on.
  ///   - stamp: When it was made: the beginning of the epochs.
  /// - Returns: Its number.
  /// - Throws: `StoreError`
  package func record(_ calibration: Calibration, at stamp: Stamp) throws -> Int64 {
    try transact(durably: true, "keep a calibration") { try $0.record(calibration, at: stamp) }
  }

  /// Begins new baselines, because the person accepts a change.
  ///
  /// - Parameters:
  ///   - channels: Which channels' baselines end.
  ///   - person: Whose; nil for everybody's.
  ///   - site: At which site; nil for all of them, and for the air.
  ///   - cause: Why, in the person's words.
  ///   - stamp: From when on.
  /// - Returns: How many series began anew.
  /// - Throws: `StoreError`
  package func beginEpochs(
    of channels: [Channel], person: Person?, site: Site?, cause: String, at stamp: Stamp
  ) throws -> Int {
    try transact(durably: true, "begin a new baseline") { writer in
      try writer.beginEpochs(
        of: channels, person: person, site: site, cause: cause, at: stamp)
    }
  }

  /// Removes raw samples of the air before a moment; hours and slot values stay.
  ///
  /// - Parameter time: Rounded down to a whole hour.
  /// - Returns: How many samples were removed.
  /// - Throws: `StoreError`
  package func removeAir(before time: Timestamp) throws -> Int {
    try transact(durably: false, "remove old samples") { try $0.removeAir(before: time) }
  }

  /// Removes everything about a person, and overwrites it in the file.
  ///
  /// Notices go by their field `PERSON`. Backups are somebody else's business.
  ///
  /// - Parameter person: Who.
  /// - Returns: How many sessions were removed.
  /// - Throws: `StoreError`
  package func erase(_ person: Person) throws -> Int {
    try withoutTransaction("erase a person") { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    let sessions = try transact(durably: true, "erase a person") { try $0.erase(person) }
    try withoutTransaction("erase a person") { db in
      try db.execute(sql: "PRAGMA secure_delete = OFF")
      // The log still holds the old pages until it is folded in and cut.
      _ = try db.checkpoint(.truncate)
    }
    try keepLogCut()
    return sessions
  }
  /// Waits until the disk knows that the log is empty: SQLite does not, and without power the old
  /// pages would be back.
  func keepLogCut() throws {
    guard FileCalls.exists(path + "-wal") else { return }
    try FileCalls.sync(path + "-wal")
  }
}

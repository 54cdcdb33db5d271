import GRDB
import Readings

/// How far a recomputation is, from 0 to 1.
typealias Progress = (Double) -> Void

extension DiaryWriter {
  /// Works out everything derived anew: the same rows as before, if all is well.
  ///
  /// Only what is other than before is written. What was derived from samples that were removed
  /// since stays as it is.
  ///
  /// - Parameters:
  ///   - since: The first local date that the last limits rule over; nil leaves every date the
  ///     limits of its time.
  ///   - stamp: When this is asked for.
  ///   - progress: Hears how far it is.
  /// - Returns: What changed.
  /// - Throws: GRDB's errors.
  func recompute(since: LocalDate?, at stamp: Stamp, progress: Progress) throws -> Recomputation {
    let before = try DiaryDigest.ofDerived(in: db)
    let written = db.totalChangesCount
    progress(0.2)
    if let since { try applyLastLimits(since: since, at: stamp) }
    try recallBooks()
    let ledger = ChangeLedger(plans: plans)
    try deriveTouches(since: since, ledger)
    progress(0.3)
    let from = since.flatMap { plans.spans(of: $0).first?.lowerBound }
    var slots = try slotsToRecompute(since: since)
    var pass = AirPass(from: from, windows: slots.map(\.taps), in: self, ledger)
    try pass.run { progress(0.3 + 0.4 * $0) }
    for (index, tally) in pass.tallies.enumerated() { slots[index].tally = tally }
    for slot in slots { try replaceValues(of: slot, ledger) }
    try normaliseEverything(ledger)
    try settleFirstEpoch()
    progress(0.8)
    // Where no row was written, each is as it was.
    let after = written == db.totalChangesCount ? before : try DiaryDigest.ofDerived(in: db)
    progress(1)
    return Recomputation(
      since: since, changes: ledger.changes, examples: ledger.examples, before: before,
      after: after)
  }

  /// Lets the limits noted last rule over everything from a local date on.
  private func applyLastLimits(since: LocalDate, at stamp: Stamp) throws {
    guard let last = books.limits.last, let from = plans.spans(of: since).first?.lowerBound,
      !books.limits.isRuledOnly(by: last, from: Timestamp(microseconds: from))
    else { return }
    try run(
      """
      INSERT INTO limits (valid_from_utc_us, since_date, rules, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, [from, since.description, try last.json()] + columns(of: stamp))
  }

  private func deriveTouches(since: LocalDate?, _ ledger: ChangeLedger) throws {
    _ = try deriveTouches(
      where: "?1 IS NULL OR local_date >= ?1", [since?.description]
    ) { ledger.note($0) }
  }

  /// Every slot, and what its taps come to; since a date those that its samples can bear on.
  private func slotsToRecompute(since: LocalDate?) throws -> [RecomputedSlot] {
    let slots = try rows(
      """
      SELECT person, local_date, slot FROM session
      UNION SELECT person, local_date, slot FROM air_slot
      UNION SELECT e.person, v.local_date, v.slot FROM slot_value AS v JOIN epoch AS e USING (epoch)
      """
    ).compactMap { PersonSlot($0) }
    return try slots.filter { slot in since.map { slot.key.date >= $0 - 1 } ?? true }.sorted()
      .map { slot in
        RecomputedSlot(slot: slot, taps: try taps(of: slot.person, slot.key), tally: AirTally())
      }
  }

  private func replaceValues(of slot: RecomputedSlot, _ ledger: ChangeLedger) throws {
    let values = slot.taps.values + slot.taps.airValues(of: slot.tally, begins: airBegins)
    try replaceValues(
      of: slot.slot.person, slot.slot.key, with: values,
      keeping: slot.taps.lostAir(begins: airBegins)
    ) { ledger.note($0) }
  }
}

/// A slot on its way through a recomputation.
private struct RecomputedSlot {
  var slot: PersonSlot
  var taps: SlotTaps
  var tally: AirTally
}

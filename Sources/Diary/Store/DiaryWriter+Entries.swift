import GRDB
import Readings

extension DiaryWriter {
  func append(_ notice: Notice) throws {
    let fields = notice.fields.map { (name: $0.name, value: $0.value) }
    try run(
      """
      INSERT INTO notice (kind, priority, text, fields, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        notice.kind.rawValue, notice.priority.rawValue, notice.text,
        fields.isEmpty ? nil : JSONText.object(fields),
      ] + columns(of: notice.stamp ?? options.now()))
  }

  func save(_ event: SkinEvent, at stamp: Stamp) throws -> Int64 {
    try meet(event.person, stamp)
    try run(
      """
      INSERT INTO event (person, local_date, event_utc_us, kind, weight, note,
        time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        event.person.rawValue, plans.key(at: event.time).date.description,
        event.time.microseconds, event.kind, event.weight, event.note,
      ] + columns(of: stamp))
    let id = db.lastInsertedRowID
    try deriveSlots(after: event.kind, of: event.person, at: event.time)
    return id
  }

  func save(_ score: Score, at stamp: Stamp) throws {
    try meet(score.person, stamp)
    try run(
      """
      INSERT INTO score (person, local_date, dimension, value, time_utc_us, boot, boot_us, clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        score.person.rawValue, score.date.description, score.dimension.rawValue, score.value,
      ] + columns(of: stamp))
  }

  func choose(_ person: Person, at stamp: Stamp) throws {
    try meet(person, stamp)
    try run(
      "INSERT INTO choice (person, time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?)",
      [person.rawValue] + columns(of: stamp))
  }

  /// Notes a plan where it differs from the last one.
  func adopt(_ plan: DayPlan, from stamp: Stamp) throws -> Bool {
    let last = try row(
      """
      SELECT zone, morning_start_minute, evening_start_minute FROM day_plan
      ORDER BY day_plan DESC LIMIT 1
      """)
    if let last, last[0] == plan.zone.name, last[1] == plan.morningStart,
      last[2] == plan.eveningStart
    {
      return false
    }
    try note(plan, from: stamp)
    return true
  }

  func note(_ plan: DayPlan, from stamp: Stamp) throws {
    try run(
      """
      INSERT INTO day_plan (zone, morning_start_minute, evening_start_minute,
        time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?, ?, ?)
      """, [plan.zone.name, plan.morningStart, plan.eveningStart] + columns(of: stamp))
    let old = plans
    plans = try PlanBook(db)
    try deriveAgain(planFrom: stamp.utc, before: old)
  }

  /// Notes who a part is; begins new epochs where its channels are now another part's.
  func record(_ identity: PartIdentity, at stamp: Stamp) throws -> Bool {
    let part = try number(ofPart: identity.part)
    let last = try row(
      """
      SELECT product, serial, firmware, status, channels FROM part_identity
      WHERE part = ? ORDER BY identity DESC LIMIT 1
      """, [part])
    let channels = JSONText.array(identity.channels.map(\.rawValue))
    let isSame = last.map { $0[0] == identity.product && $0[1] == identity.serial } ?? false
    let isAllSame = last.map { row in
      isSame && row[2] == identity.firmware && row[3] == identity.status && row[4] == channels
    }
    if isAllSame == true { return false }
    try run(
      """
      INSERT INTO part_identity (part, product, serial, firmware, status, channels,
        time_utc_us, boot, boot_us, clock) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [part, identity.product, identity.serial, identity.firmware, identity.status, channels]
        + columns(of: stamp))
    if isSame { return false }
    let old = last.map { Self.words(product: $0[0], serial: $0[1]) }
    let new = Self.words(product: identity.product, serial: identity.serial)
    let cause = "\(identity.part): \(old.map { "\($0) replaced by \(new)" } ?? "\(new) added")"
    let begun = try beginEpochs(of: identity.channels, cause: cause, at: stamp)
    return begun > 0 || last != nil
  }

  private static func words(product: String, serial: String?) -> String {
    serial.map { "\(product) \($0)" } ?? product
  }
}

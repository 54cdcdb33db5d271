import GRDB
import Readings

extension DiaryWriter {
  /// The epoch of a series in force at a moment; the first one reaches back without end.
  ///
  /// - Parameters:
  ///   - person: Whose series.
  ///   - channel: What is measured.
  ///   - site: Where; nil for the air.
  ///   - time: When.
  ///   - cause: Why an epoch begins where the series has none.
  /// - Returns: The epoch's number.
  /// - Throws: GRDB's errors.
  func epoch(
    _ person: Person, _ channel: Channel, _ site: Site?, at time: Timestamp, opening cause: String
  ) throws -> Int64 {
    let series: StatementArguments = [
      person.rawValue, channel.rawValue, site?.rawValue ?? "",
    ]
    let inForce = try row(
      """
      SELECT epoch FROM epoch WHERE person = ? AND channel = ? AND site = ?
      ORDER BY time_utc_us <= ? DESC, CASE WHEN time_utc_us <= ? THEN -time_utc_us
        ELSE time_utc_us END, epoch DESC LIMIT 1
      """, series + [time.microseconds, time.microseconds])
    if let inForce { return inForce[0] }
    // Without a boot: it begins with its first value, whatever that value's time becomes.
    try run(
      """
      INSERT INTO epoch (person, channel, site, cause, time_utc_us, clock)
      VALUES (?, ?, ?, ?, ?, 'synced')
      """, series + [cause, time.microseconds])
    return db.lastInsertedRowID
  }

  /// Begins a new epoch in every series of some channels, and moves the values taken since.
  ///
  /// - Parameters:
  ///   - channels: The channels whose baselines must not go on.
  ///   - person: Whose series; nil for everybody's.
  ///   - site: Which site's series; nil for every site's.
  ///   - cause: Why, in words.
  ///   - stamp: From when on.
  /// - Returns: How many epochs began.
  /// - Throws: GRDB's errors.
  @discardableResult
  func beginEpochs(
    of channels: [Channel], person: Person? = nil, site: Site? = nil, cause: String,
    at stamp: Stamp
  ) throws -> Int {
    var begun = 0
    for channel in channels {
      let series = try rows(
        """
        SELECT DISTINCT person, site FROM epoch
        WHERE channel = ? AND (?2 IS NULL OR person = ?2) AND (?3 IS NULL OR site = ?3)
        ORDER BY person, site
        """, [channel.rawValue, person?.rawValue, site?.rawValue])
      for row in series {
        try run(
          """
          INSERT INTO epoch (person, channel, site, cause, time_utc_us, boot, boot_us, clock)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """, [row[0] as String, channel.rawValue, row[1] as String, cause] + columns(of: stamp))
        begun += 1
      }
    }
    if begun > 0 { try deriveSlots(try slots(since: stamp.utc)) }
    return begun
  }

  /// Lets a first epoch, or every one, begin with its first value, whose time may have moved.
  func settleFirstEpoch(_ epoch: Int64? = nil) throws {
    let first = """
      SELECT min(coalesce(s.started_utc_us, a.reference_utc_us)) FROM slot_value AS v
        LEFT JOIN session AS s USING (session_id)
        LEFT JOIN air_slot AS a ON a.person = epoch.person AND a.local_date = v.local_date
          AND a.slot = v.slot
      WHERE v.epoch = epoch.epoch
      """
    try run(
      """
      UPDATE epoch SET time_utc_us = f.first
      FROM (SELECT epoch, (\(first)) AS first FROM epoch
        WHERE boot IS NULL AND (?1 IS NULL OR epoch = ?1)) AS f
      WHERE epoch.epoch = f.epoch AND epoch.time_utc_us <> f.first
      """, [epoch])
  }

  /// Settles an epoch where no value of it is older than a date.
  func settle(_ epoch: Int64, ifBeginningBy date: LocalDate) throws {
    let older = try row(
      """
      SELECT 1 FROM slot_value
      WHERE epoch = ? AND slot IN ('morning', 'evening') AND local_date < ? LIMIT 1
      """, [epoch, date.description])
    if older == nil { try settleFirstEpoch(epoch) }
  }

  /// Derives slots in their order.
  func deriveSlots(_ slots: some Collection<PersonSlot>) throws {
    for slot in slots.sorted() { try deriveSlot(of: slot.person, slot.key) }
  }

  /// The slots that hold something taken at a moment or later.
  func slots(since time: Timestamp) throws -> Set<PersonSlot> {
    let rows = try rows(
      """
      SELECT person, local_date, slot FROM session WHERE started_utc_us >= ?1
      UNION SELECT person, local_date, slot FROM air_slot WHERE reference_utc_us >= ?1
      """, [time.microseconds])
    return Set(rows.compactMap { PersonSlot($0) })
  }
}

extension PersonSlot {
  /// The slot of a row that begins with a person, a date and a slot.
  init?(_ row: Row) {
    guard let date = (row[1] as String?).flatMap({ LocalDate($0) }),
      let slot = (row[2] as String?).flatMap({ Slot(rawValue: $0) })
    else {
      return nil
    }
    self.init(person: Person(row[0]), key: SlotKey(date: date, slot: slot))
  }
}

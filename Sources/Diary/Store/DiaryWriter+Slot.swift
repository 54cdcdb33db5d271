import GRDB
import Normalisation
import Readings

extension DiaryWriter {
  /// How far before a slot's session, or its end, its air reaches.
  static let airWindow = Duration.seconds(12 * 3600)

  /// Works out every value of a slot from what was read, and whatever depends on it.
  ///
  /// - Parameters:
  ///   - person: Whose slot.
  ///   - key: Which slot.
  /// - Returns: The values the slot has now.
  /// - Throws: GRDB's errors.
  @discardableResult
  func deriveSlot(of person: Person, _ key: SlotKey) throws -> [SlotValue] {
    let taps = try taps(of: person, key)
    var values = taps.values
    if let reference = taps.reference {
      let start = reference - Self.airWindow
      let tally = try tally(from: start.microseconds, to: reference.microseconds)
      values += taps.airValues(of: tally, begins: airBegins)
    }
    let current = try replaceValues(
      of: person, key, with: values, keeping: taps.lostAir(begins: airBegins))
    return try current.map { try slotValue($1, epoch: $0, of: person, key) }
  }

  /// What a slot's sessions come to, and before which moment its air is taken.
  func taps(of person: Person, _ key: SlotKey) throws -> SlotTaps {
    let surroundings = Surroundings(person: person, date: key.date)
    let values = try sessionValues(of: person, key).compactMap {
      try derivedValue($0, in: surroundings)
    }
    let best = try bestSession(of: person, key)
    try noteAirReference(best?.started, of: person, key)
    return SlotTaps(
      values: values, best: best?.id, reference: try airReference(of: person, key))
  }

  /// The best session of a slot for each channel and site, in their order.
  private func sessionValues(of person: Person, _ key: SlotKey) throws -> [SessionValue] {
    var best: [SessionValue] = []
    var current: SessionValue?
    func finish() {
      guard let value = current else { return }
      if let last = best.last, last.channel == value.channel, last.site == value.site {
        if value.isBetter(than: last) { best[best.count - 1] = value }
      } else {
        best.append(value)
      }
    }
    let rows = try rows(
      """
      SELECT s.session_id, s.started_utc_us, m.channel, t.site, m.value, m.spread
      FROM session AS s JOIN touch AS t USING (session_id) JOIN measure AS m USING (touch_id)
      WHERE s.person = ? AND s.local_date = ? AND s.slot = ?
        AND m.reason IS NULL AND m.value IS NOT NULL
      ORDER BY m.channel, t.site, s.session_id, t.number
      """, arguments(person, key))
    for row in rows {
      guard let channel = Channel(rawValue: row[2]) else { continue }
      let (id, site) = (row[0] as Int64, Site(row[3]))
      if current?.sessionID != id || current?.channel != channel || current?.site != site {
        finish()
        current = SessionValue(
          sessionID: id, started: Timestamp(microseconds: row[1]), channel: channel, site: site)
      }
      current?.touches.append((row[4], row[5]))
    }
    finish()
    return best
  }

  private func derivedValue(
    _ session: SessionValue, in surroundings: Surroundings
  ) throws -> DerivedValue? {
    guard let (value, spread) = session.centreAndSpread else { return nil }
    let limits = books.limits.limits(at: session.started, on: surroundings.date)
    let (quality, reason) = SessionChecks(limits: limits.session).check(
      session.channel, value: value, spread: spread, floor: floor(of: session.channel),
      air: try surroundings.air(at: session.sessionID, self),
      sinceCleansing: try surroundings.sinceCleansing(session.started, self))
    return DerivedValue(
      channel: session.channel, site: session.site, value: value, spread: spread,
      count: session.touches.count, quality: quality, reason: reason,
      sessionID: session.sessionID, time: session.started)
  }

  /// The session whose start ends the window of the slot's air: most accepted touches, the latest.
  private func bestSession(
    of person: Person, _ key: SlotKey
  ) throws -> (id: Int64, started: Timestamp)? {
    try row(
      """
      SELECT session_id, started_utc_us FROM v1_session
      WHERE person = ? AND local_date = ? AND slot = ? AND accepted > 0
      ORDER BY accepted DESC, started_utc_us DESC, session_id DESC LIMIT 1
      """, arguments(person, key)
    ).map { ($0[0], Timestamp(microseconds: $0[1])) }
  }

  /// Binds a person and a slot.
  func arguments(_ person: Person, _ key: SlotKey) -> StatementArguments {
    [person.rawValue, key.date.description, key.slot.rawValue]
  }
}

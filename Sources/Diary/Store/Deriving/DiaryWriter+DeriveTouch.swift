import FoundationEssentials
import GRDB
import Normalisation
import Readings

extension DiaryWriter {
  /// What a touch comes to by the calibrations and limits in force when it was made.
  ///
  /// - Parameters:
  ///   - touch: What was read.
  ///   - date: The local date of its slot.
  /// - Returns: The touch, worked out from nothing but its samples.
  func derived(_ touch: Touch, on date: LocalDate) -> Touch { books.derived(touch, on: date) }

  /// The same for a whole session.
  func derived(_ session: TapSession, on date: LocalDate) -> TapSession {
    var session = session
    session.touches = session.touches.map { derived($0, on: date) }
    return session
  }

  /// Works out anew what the touches of some sessions come to.
  ///
  /// - Parameters:
  ///   - condition: Which sessions, in SQL.
  ///   - arguments: The condition's.
  ///   - changed: Hears of each measure that comes to something else than before.
  /// - Returns: The slots of the sessions that have one.
  /// - Throws: GRDB's errors.
  func deriveTouches(
    where condition: String, _ arguments: StatementArguments = [],
    changed: (ChangedMeasure) -> Void = { _ in }
  ) throws -> Set<PersonSlot> {
    let sessions = try rows(
      """
      SELECT person, local_date, slot, session_id FROM session WHERE \(condition)
      ORDER BY session_id
      """, arguments)
    var slots: Set<PersonSlot> = []
    for row in sessions {
      guard let slot = PersonSlot(row) else { continue }
      for (id, touch) in try touches(of: row[3]) {
        let derived = derived(touch, on: slot.key.date)
        for (old, new) in zip(touch.measures, derived.measures) {
          let calibration = books.conversions.id(of: new.part, new.channel, at: touch.started.utc)
          guard try write(new, calibration: calibration, touch: id) || old != new else { continue }
          if old != new { slots.insert(slot) }
          changed(ChangedMeasure(slot: slot, touch: touch, old: old, new: new))
        }
      }
    }
    return slots
  }

  /// A session's touches by their numbers in the diary.
  private func touches(of session: Int64) throws -> [(id: Int64, touch: Touch)] {
    var touches: [(id: Int64, touch: Touch)] = []
    let rows = try rows(
      """
      SELECT t.touch_id, t.number, t.site, t.contact_us, t.time_utc_us, b.boot_id, t.boot_us,
        t.clock, m.channel, m.raw, m.raw_unit, m.value, m.spread, m.samples, m.units_per_code,
        m.offset, m.greatest_code, m.fault, m.reason, p.name
      FROM touch AS t JOIN boot AS b USING (boot) JOIN measure AS m USING (touch_id)
        JOIN part AS p USING (part) WHERE t.session_id = ? ORDER BY t.number, m.channel
      """, [session])
    for row in rows {
      let id = try row.decode(Int64.self, atIndex: 0)
      if touches.last?.id != id { touches.append((id, try Touch(row))) }
      guard let measure = try Touch.Measure(row, at: 8) else { continue }
      touches[touches.count - 1].touch.measures.append(measure)
    }
    return touches
  }

  /// Writes what a measure comes to, where that is other than before.
  private func write(
    _ measure: Touch.Measure, calibration: Int64?, touch: Int64
  ) throws -> Bool {
    try run(
      """
      UPDATE measure SET raw = ?3, value = ?4, spread = ?5, reason = ?6, calibration_id = ?7
      WHERE touch_id = ?1 AND channel = ?2
        AND (raw, value, spread, reason, calibration_id) IS NOT (?3, ?4, ?5, ?6, ?7)
      """,
      [
        touch, measure.channel.rawValue, measure.raw, measure.value, measure.spread,
        measure.refusal?.rawValue, calibration,
      ])
    return db.changesCount > 0
  }
}

extension PartChecker.Books {
  /// What a touch comes to by the calibrations and limits in force when it was made.
  func derived(_ touch: Touch, on date: LocalDate) -> Touch {
    // From elsewhere, or from a station that kept no scales: it came as it is.
    guard touch.measures.contains(where: { $0.scale != nil }) else { return touch }
    let (time, conversions) = (touch.started.utc, conversions)
    let derivation = TouchDerivation(limits: limits.limits(at: time, on: date)) { measure in
      conversions.conversion(of: measure.part, measure.channel, at: time)
    }
    var derived = derivation.derive(touch)
    // That it was interrupted is a fact that no sample shows.
    for index in touch.measures.indices where touch.measures[index].refusal == .interrupted {
      derived.measures[index].refusal = .interrupted
    }
    return derived
  }
}

/// A measure that comes to something else than before.
struct ChangedMeasure {
  var slot: PersonSlot
  var touch: Touch
  var old: Touch.Measure
  var new: Touch.Measure
}

extension Touch {
  /// A touch of a row of `DiaryWriter.touches`, without its measures.
  fileprivate init(_ row: Row) throws {
    self.init(
      number: try row.decode(atIndex: 1), site: Site(try row.decode(atIndex: 2)),
      started: try Stamp(row, at: 4),
      contact: (try row.decode(Int64?.self, atIndex: 3)).map { .microseconds($0) }, measures: [])
  }
}

extension Touch.Measure {
  /// Reads a measure from the columns that `DiaryWriter.touches` names, in its order.
  fileprivate init?(_ row: Row, at index: Int) throws {
    // A channel or a unit of a later version: it is left as that version left it.
    guard let channel = Channel(rawValue: try row.decode(atIndex: index)),
      let unit = Touch.RawUnit(rawValue: try row.decode(atIndex: index + 2))
    else { return nil }
    self.init(
      channel: channel, raw: try row.decode(atIndex: index + 1), rawUnit: unit,
      value: try row.decode(atIndex: index + 3),
      spread: try row.decode(atIndex: index + 4),
      samples: SampleBlob.decode(try row.decode(Data.self, atIndex: index + 5)),
      scale: try Touch.RawScale(row, at: index + 6),
      fault: (try row.decode(String?.self, atIndex: index + 9)).map {
        Absence(rawValue: $0) ?? .notReady
      },
      refusal: (try row.decode(String?.self, atIndex: index + 10)).map {
        TouchRefusal(rawValue: $0) ?? .interrupted
      },
      part: try row.decode(atIndex: index + 11))
  }
}

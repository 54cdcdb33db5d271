import GRDB
import Normalisation
import Readings

extension DiaryReader {
  /// A touch by its number.
  func explainTouch(_ id: Int64) throws -> TouchExplanation? {
    let session = try Int64.fetchOne(
      db, sql: "SELECT session_id FROM touch WHERE touch_id = ?", arguments: [id])
    guard let session, let saved = try self.session(id: session) else { return nil }
    return try explainTouches(of: saved).first { $0.id == id }
  }

  /// A session by its number.
  func explainSession(_ id: Int64) throws -> SessionExplanation? {
    guard let saved = try session(id: id) else { return nil }
    let others = try Int64.fetchAll(
      db,
      sql: """
        SELECT session_id FROM session WHERE person = ? AND local_date = ? AND slot = ?
        ORDER BY started_utc_us, session_id
        """, arguments: arguments(saved.session.person, saved.key))
    return SessionExplanation(
      saved: saved, touches: try explainTouches(of: saved), slotSessions: others,
      restamps: try restamps(ofBoot: saved.session.started.bootID))
  }

  /// Every touch of a session, worked out anew from its codes.
  func explainTouches(of saved: SavedSession) throws -> [TouchExplanation] {
    let ids = try Int64.fetchAll(
      db, sql: "SELECT touch_id FROM touch WHERE session_id = ? ORDER BY number",
      arguments: [saved.id])
    let restamps = try restamps(ofBoot: saved.session.started.bootID)
    let book = try CalibrationBook(db)
    return try zip(ids, saved.session.touches).map { id, touch in
      let limits = try limits(at: touch.started.utc, on: saved.key.date, in: book.limits)
      return TouchExplanation(
        id: id, sessionID: saved.id, person: saved.session.person, key: saved.key, touch: touch,
        measures: try explain(touch, on: saved.key.date, limits.limits, book), limits: limits,
        restamps: restamps)
    }
  }

  private func explain(
    _ touch: Touch, on date: LocalDate, _ limits: Limits, _ book: CalibrationBook
  ) throws -> [MeasureExplanation] {
    let time = touch.started.utc
    let derived = book.derived(touch, on: date)
    return try zip(touch.measures, derived.measures).map { stored, derived in
      let conversion = book.conversion(of: stored.part, stored.channel, at: time)
      let isCoded = stored.scale != nil
      let current = isCoded ? derived : stored
      return MeasureExplanation(
        stored: stored, derived: isCoded ? derived : nil,
        overRange: stored.scale.map { scale in
          stored.samples.count { scale.raw(of: $0) == nil }
        },
        part: try part(stored.part, at: time),
        calibration: book.calibration(of: stored.part, stored.channel, at: time),
        converted: current.raw.flatMap { conversion?.value(of: $0) },
        checks: limits.checks(current, contact: touch.contact, conversion: conversion))
    }
  }

  /// Binds a person and a slot.
  func arguments(_ person: Person, _ key: SlotKey) -> StatementArguments {
    [person.rawValue, key.date.description, key.slot.rawValue]
  }
}

/// Calibrations and limits, to be asked which were in force when, and what comes of them.
struct CalibrationBook {
  private let books: PartChecker.Books
  private let all: [Int64: Calibration]

  init(_ db: Database) throws {
    books = PartChecker.Books(limits: try LimitsBook(db), conversions: try ConversionBook(db))
    let calibrations = try DiaryReader(db: db).calibrations()
    all = Dictionary(
      calibrations.map { ($0.id ?? 0, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func calibration(of part: String, _ channel: Channel, at time: Timestamp) -> Calibration? {
    books.conversions.id(of: part, channel, at: time).flatMap { all[$0] }
  }

  /// What raw values meant then; nil where nobody had said, or the numbers are none.
  func conversion(of part: String, _ channel: Channel, at time: Timestamp) -> Conversion? {
    books.conversions.conversion(of: part, channel, at: time)
  }

  /// Every set of limits.
  var limits: LimitsBook { books.limits }

  /// What a touch comes to, as the diary's writer works it out.
  func derived(_ touch: Touch, on date: LocalDate) -> Touch { books.derived(touch, on: date) }
}

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
    let limits = try limits(at: saved.session.started.utc)
    let restamps = try restamps(ofBoot: saved.session.started.bootID)
    let book = try CalibrationBook(calibrations())
    return try zip(ids, saved.session.touches).map { id, touch in
      TouchExplanation(
        id: id, sessionID: saved.id, person: saved.session.person, key: saved.key, touch: touch,
        measures: try explain(touch, limits.limits, book), limits: limits, restamps: restamps)
    }
  }

  private func explain(
    _ touch: Touch, _ limits: Limits, _ book: CalibrationBook
  ) throws -> [MeasureExplanation] {
    let time = touch.started.utc
    let derivation = TouchDerivation(limits: limits) { measure in
      book.conversion(of: measure.part, measure.channel, at: time)
    }
    let derived = derivation.derive(touch)
    return try zip(touch.measures, derived.measures).map { stored, derived in
      let calibration = book.calibration(of: stored.part, stored.channel, at: time)
      let conversion = derivation.conversion(stored)
      let isCoded = stored.scale != nil
      return MeasureExplanation(
        stored: stored, derived: isCoded ? derived : nil,
        overRange: stored.scale.map { scale in
          stored.samples.count { scale.raw(of: $0) == nil }
        },
        part: try part(stored.part, at: time), calibration: calibration,
        converted: (isCoded ? derived : stored).raw.flatMap { conversion?.value(of: $0) },
        checks: limits.checks(
          isCoded ? derived : stored, contact: touch.contact, conversion: conversion))
    }
  }

  /// Binds a person and a slot.
  func arguments(_ person: Person, _ key: SlotKey) -> StatementArguments {
    [person.rawValue, key.date.description, key.slot.rawValue]
  }
}

/// Calibrations, to be asked which was in force when.
struct CalibrationBook: Sendable {
  private let all: [Calibration]

  init(_ all: [Calibration]) { self.all = all }

  func calibration(of part: String, _ channel: Channel, at time: Timestamp) -> Calibration? {
    all.last { calibration in
      calibration.part == part && calibration.channel == channel
        && calibration.validFrom <= time && (calibration.validTo.map { time < $0 } ?? true)
    }
  }

  /// What raw values meant then; nil where nobody knows, or the numbers are none.
  func conversion(of part: String, _ channel: Channel, at time: Timestamp) -> Conversion? {
    // A calibration that cannot be one is shown as it is, and nothing is worked out with it.
    calibration(of: part, channel, at: time).flatMap { try? Conversion(channel, $0.parameters) }
  }
}

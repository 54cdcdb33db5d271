import GRDB
import Normalisation
import Readings

/// A row of the table `air` of one part, as an explanation needs it.
private struct Said {
  var time: Timestamp
  var raw: Double
}

extension DiaryReader {
  /// A channel's sample at a moment, or the last one of the day before it.
  func explainAir(_ channel: Channel, at time: Timestamp) throws -> AirExplanation? {
    guard let column = AirColumn(channel) else { return nil }
    let row = try Row.fetchOne(
      db,
      sql: """
        \(Self.sampleColumns), a.time_utc_us, a.nudged_us, p.name, a.raw
        FROM air AS a JOIN boot AS b USING (boot) JOIN part AS p USING (part)
        WHERE a.time_utc_us <= ? AND a.time_utc_us > ? AND a.offered & ?
        ORDER BY a.time_utc_us DESC LIMIT 1
        """,
      arguments: [
        time.microseconds, (time - .seconds(86_400)).microseconds, column.mask,
      ])
    guard let row else { return nil }
    let tail = 6 + AirColumn.count
    let sample = try sample(row, part: try row.decode(atIndex: tail + 2))
    guard let reading = sample.readings.first(where: { $0.channel == channel }) else { return nil }
    return try explain(
      reading, of: sample, filedAt: Timestamp(microseconds: try row.decode(atIndex: tail)),
      nudge: .microseconds(try row.decode(Int64.self, atIndex: tail + 1)))
  }

  private func explain(
    _ reading: AirReading, of sample: AirSample, filedAt: Timestamp, nudge: Duration
  ) throws -> AirExplanation {
    let limits = try limits(at: filedAt)
    let book = try CalibrationBook(db)
    let correction = book.calibration(of: sample.part, reading.channel, at: sample.stamp.utc)
    var explanation = AirExplanation(
      channel: reading.channel, sample: sample, nudge: nudge, reading: reading,
      part: try part(sample.part, at: filedAt), correction: correction, checks: [], limits: limits,
      restamps: try restamps(ofBoot: sample.stamp.bootID),
      hour: try hour(of: reading.channel, at: filedAt), slots: try slots(withAirAt: filedAt))
    let memory = AirChecker.memory(of: limits.limits)
    // What was said before the samples that are kept cannot be held against this one.
    guard let raw = reading.asSaid, reading.isDerived,
      filedAt - memory >= (try airBegins(reading.channel))
    else { return explanation }
    explanation.check(
      raw, by: book.conversion(of: sample.part, reading.channel, at: sample.stamp.utc),
      after: try said(reading.channel, by: sample.part, from: filedAt - memory, until: filedAt))
    return explanation
  }

  /// What a part said of a channel over some time, in its order; not what stands as a fact, as that
  /// it was warming up.
  private func said(
    _ channel: Channel, by part: String, from: Timestamp, until: Timestamp
  ) throws -> [Said] {
    guard let column = AirColumn(channel) else { return [] }
    let key = "'$.\"\(channel.rawValue)\"'"
    return try Row.fetchAll(
      db,
      sql: """
        SELECT time_utc_us - nudged_us, coalesce(raw ->> \(key), \(column.name)) FROM air
        WHERE time_utc_us >= ? AND time_utc_us < ? AND offered & ?
          AND part = (SELECT part FROM part WHERE name = ?)
          AND (\(column.name) IS NOT NULL OR flags ->> \(key) = 'outOfRange')
        ORDER BY time_utc_us
        """, arguments: [from.microseconds, until.microseconds, column.mask, part]
    ).compactMap { row in
      try row.decode(Double?.self, atIndex: 1).map {
        Said(time: Timestamp(microseconds: try row.decode(atIndex: 0)), raw: $0)
      }
    }
  }

  private func hour(of channel: Channel, at time: Timestamp) throws -> AirHour? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT hour_utc_us, mean, min, max, n, expected FROM air_hour
        WHERE hour_utc_us = ? AND channel = ?
        """, arguments: [DiaryWriter.hour(of: time), channel.rawValue]
    ).map { row in
      AirHour(
        start: Timestamp(microseconds: try row.decode(atIndex: 0)),
        mean: try row.decode(atIndex: 1), least: try row.decode(atIndex: 2),
        greatest: try row.decode(atIndex: 3),
        count: try row.decode(atIndex: 4), expected: try row.decode(atIndex: 5))
    }
  }

  /// The slots whose 12 h of air hold a moment.
  private func slots(withAirAt time: Timestamp) throws -> [SlotKey] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT local_date, slot FROM air_slot
        WHERE reference_utc_us > ? AND reference_utc_us <= ? ORDER BY reference_utc_us
        """, arguments: [time.microseconds, (time + DiaryWriter.airWindow).microseconds]
    ).compactMap { row in
      guard let date = LocalDate(try row.decode(String.self, atIndex: 0)),
        let slot = Slot(rawValue: try row.decode(atIndex: 1))
      else {
        return nil
      }
      return SlotKey(date: date, slot: slot)
    }
  }
}

extension AirReading {
  /// Whether it is worked out from what the part said, rather than a fact.
  fileprivate var isDerived: Bool {
    switch state {
    case .value, .absent(.outOfRange): true
    case .absent: false
    }
  }
}

extension AirExplanation {
  /// Corrects and checks a raw value anew, after what the part had said before it.
  fileprivate mutating func check(
    _ raw: Double, by conversion: Conversion?, after before: [Said]
  ) {
    guard let position = AirChecker.position(of: channel) else { return }
    let time = sample.stamp.utc
    var checker = AirChecker(
      limits: limits.limits, conversions: conversion.map { [channel: $0] } ?? [:])
    for said in before { checker.remember(said.raw, at: position, time: said.time) }
    let (value, quality, reason) = checker.check(raw, at: position, time: time)
    let state: AirReading.State =
      value.map { .value($0, quality, reason: reason) } ?? .absent(.outOfRange)
    derived = AirReading(channel, state, raw: conversion == nil ? nil : raw)
    checks =
      limits.limits.air[channel].map { limit in
        let step = limit.step.map { step in
          Check(
            .step, found: Self.step(of: raw, at: time, after: before), greatest: step,
            unit: channel.unit)
        }
        let flat = limit.flatSeconds.map { seconds in
          let found = Self.flat(raw, at: time, after: before)
          var check = Check(.flat, found: found / 3600, greatest: seconds / 3600, unit: "h")
          check.passed = found < seconds
          return check
        }
        return [Check(.range, found: value, in: limit.range, unit: channel.unit), step, flat]
          .compactMap(\.self)
      } ?? []
  }

  /// How far a raw value is from the median of the five before it; nil below three.
  private static func step(of raw: Double, at time: Timestamp, after before: [Said]) -> Double? {
    let recent = before.suffix(5).filter { $0.time >= time - AirChecker.reach }
    guard recent.count >= 3 else { return nil }
    return RobustStatistics.median(of: recent.map(\.raw)).map { (raw - $0).magnitude }
  }

  /// For how many seconds the part has said exactly this.
  private static func flat(_ raw: Double, at time: Timestamp, after before: [Said]) -> Double {
    var since = time
    for said in before.reversed() {
      guard said.raw == raw, since - said.time <= AirChecker.reach else { break }
      since = said.time
    }
    return (time - since) / .seconds(1)
  }
}

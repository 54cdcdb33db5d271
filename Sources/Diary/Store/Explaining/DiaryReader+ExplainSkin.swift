import GRDB
import Normalisation
import Readings

/// A session of a slot, and what it came to.
private struct Competitor {
  var saved: SavedSession
  var touches: [TouchExplanation]
  var value: SessionValue

  var candidate: ValueExplanation.Candidate {
    ValueExplanation.Candidate(
      sessionID: saved.id, started: saved.session.started, verdict: saved.session.verdict,
      accepted: value.touches.count, touches: touches.count, value: value.centreAndSpread?.centre,
      spread: value.centreAndSpread?.spread)
  }
}

extension DiaryReader {
  /// What a value of the skin comes from: the slot's sessions, and the best one's touches.
  func skinOrigin(_ name: ValueName) throws -> ValueOrigin {
    let competitors = try competitors(name)
    guard let best = competitors.first else { return ValueOrigin() }
    var origin = ValueOrigin(
      sessions: competitors.map(\.candidate), touches: best.touches,
      time: best.saved.session.started.utc, bootID: best.saved.session.started.bootID)
    guard let (value, spread) = best.value.centreAndSpread else { return origin }
    let floor = try floor(of: name.channel)
    let limits = try limits(at: best.saved.session.started.utc, on: name.key.date).limits.session
    let cleansed = try sinceCleansing(name.person, at: best.saved.session.started.utc)
    let air = best.saved.session.air.compactMapValues(\.usable)
    let (quality, reason) = SessionChecks(limits: limits).check(
      name.channel, value: value, spread: spread, floor: floor, air: air, sinceCleansing: cleansed)
    origin.checks = limits.checks(
      name.channel, value: value, spread: spread, floor: floor, air: air, sinceCleansing: cleansed)
    origin.derived = DerivedSlotValue(
      value: value, spread: spread, count: best.value.touches.count, quality: quality,
      reason: reason, normalised: .none)
    return origin
  }

  /// The slot's sessions with a touch at the site in the channel, the best first.
  private func competitors(_ name: ValueName) throws -> [Competitor] {
    let ids = try Int64.fetchAll(
      db, sql: "SELECT session_id FROM session WHERE person = ? AND local_date = ? AND slot = ?",
      arguments: arguments(name.person, name.key))
    return try ids.compactMap { try competitor(name, session: $0) }
      .sorted { $0.value.isBetter(than: $1.value) }
  }

  private func competitor(_ name: ValueName, session: Int64) throws -> Competitor? {
    guard let saved = try self.session(id: session) else { return nil }
    let touches = try explainTouches(of: saved).compactMap { touch -> TouchExplanation? in
      guard touch.touch.site == name.site else { return nil }
      var touch = touch
      touch.measures = touch.measures.filter { $0.stored.channel == name.channel }
      return touch.measures.isEmpty ? nil : touch
    }
    guard let site = name.site, !touches.isEmpty else { return nil }
    let accepted = touches.flatMap(\.measures).map(\.current).filter(\.isAccepted)
    let value = SessionValue(
      sessionID: saved.id, started: saved.session.started.utc, channel: name.channel, site: site,
      touches: accepted.compactMap { measure in measure.value.map { ($0, measure.spread) } })
    return Competitor(saved: saved, touches: touches, value: value)
  }

  /// How long before a moment the skin was last cleansed; nil where nobody said so in the day
  /// before, or as long as it can bear on a tap.
  func sinceCleansing(_ person: Person, at time: Timestamp) throws -> Duration? {
    let reach = max(.seconds(86_400), try LimitsBook(db).longestSinceCleansing)
    let cleansed = try Int64.fetchOne(
      db,
      sql: """
        SELECT time_utc_us FROM v1_event WHERE time_utc_us BETWEEN ? AND ? AND kind = 'cleansed'
          AND person = ? ORDER BY time_utc_us DESC LIMIT 1
        """, arguments: [(time - reach).microseconds, time.microseconds, person.rawValue])
    return cleansed.map { time - Timestamp(microseconds: $0) }
  }
}

extension Limits.Session {
  /// What was around a slot's value, each against its limit.
  func checks(
    _ channel: Channel, value: Double, spread: Double?, floor: Double, air: [Channel: Double],
    sinceCleansing: Duration?
  ) -> [Check] {
    let spreads = Check(
      .spread, found: spread, greatest: max(floor, spreadShare * value.magnitude),
      unit: channel.unit)
    let climates = [(Check.Rule.climate, climate), (.idealClimate, idealClimate)].flatMap {
      rule, windows in
      windows.sorted { $0.key.rawValue < $1.key.rawValue }.map { channel, span in
        Check(rule, channel, found: air[channel], in: span, unit: channel.unit)
      }
    }
    let cleansing = minutesSinceCleansing[channel].map { minutes in
      Check(
        .cleansing, found: sinceCleansing.map { $0 / .seconds(60) }, least: minutes, unit: "min")
    }
    return [spreads] + climates + (cleansing.map { [$0] } ?? [])
  }
}

extension NormalisedValue {
  /// Before it was compared with anything.
  static let none = NormalisedValue(
    mean7: nil, z7: nil, n7: 0, z30: nil, n30: 0, baseline: .forming)
}

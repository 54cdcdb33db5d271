import GRDB
import Normalisation
import Readings

/// One series, and the date in it that is asked for.
struct ComparedSeries {
  var name: DiaryReader.ValueName
  var epoch: EpochThen?
  var floor: Double
}

/// A point of a series, with the reason for its quality.
private struct Point {
  var point: SeriesPoint
  var reason: String?
}

extension DiaryReader {
  /// Compares a value with its series anew.
  ///
  /// The first thirty ok values and the days before are all that the comparison looks at.
  func normalised(
    _ value: DerivedSlotValue, in series: ComparedSeries
  ) throws -> DerivedSlotValue {
    let date = series.name.key.date
    let (before, _) = try beginning(of: series)
    let last = before.last { $0.quality == .ok }?.date
    let near = try points(of: series, from: date - Normaliser.windowDays, to: date - 1)
      .map(\.point).filter { point in last.map { $0 < point.date } ?? true }
    let own = SeriesPoint(date: date, value: value.value, quality: value.quality)
    let all = before + near + [own]
    var value = value
    value.normalised = Normaliser(floor: series.floor).normalise(date, in: all) ?? .none
    return value
  }

  /// The seven days before, and why some are not among them.
  func week(of value: Double?, in series: ComparedSeries) throws -> Comparison {
    let date = series.name.key.date
    let from = date - Normaliser.windowDays
    let points = try points(of: series, from: from, to: date - 1)
    let others = try otherEpochs(of: series, from: from, to: date - 1)
    let verdicts = try verdicts(series.name, from: from, to: date - 1)
    let leftOut = (1...Normaliser.windowDays).reversed().compactMap { days in
      let day = date - days
      if let point = points.first(where: { $0.point.date == day }) {
        return point.leftOut
      }
      return Comparison.LeftOut(
        date: day, why: others[day].map { .epoch($0) } ?? .missing(verdicts[day]))
    }
    return Comparison(
      of: value, with: points.map(\.point), leftOut: leftOut, floor: series.floor,
      needed: Normaliser.leastInWindow)
  }

  /// The series' first thirty values, and those between them that are not ok.
  func baseline(of value: Double?, in series: ComparedSeries) throws -> Comparison {
    let (points, leftOut) = try beginning(of: series)
    return Comparison(
      of: value, with: points, leftOut: leftOut, floor: series.floor,
      needed: Normaliser.leastInBaseline)
  }

  /// The first ok values before the date, at most thirty, and what is not ok until the last of them.
  private func beginning(
    of series: ComparedSeries
  ) throws -> (points: [SeriesPoint], leftOut: [Comparison.LeftOut]) {
    let date = series.name.key.date
    let ok = try points(
      of: series, "quality = 'ok' AND local_date < ?", [date.description],
      limit: Normaliser.baselineSize)
    let isFull = ok.count == Normaliser.baselineSize
    let until = isFull ? ok.last?.point.date ?? date : date - 1
    let others = try points(
      of: series, "quality <> 'ok' AND local_date <= ?", [until.description], limit: 100)
    return (ok.map(\.point), others.compactMap(\.leftOut))
  }

  private func points(of series: ComparedSeries, from: LocalDate, to: LocalDate) throws -> [Point] {
    try points(
      of: series, "local_date BETWEEN ? AND ?", [from.description, to.description], limit: -1)
  }

  private func points(
    of series: ComparedSeries, _ condition: String, _ arguments: StatementArguments, limit: Int
  ) throws -> [Point] {
    guard let epoch = series.epoch else { return [] }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT local_date, value, quality, reason FROM slot_value
        WHERE epoch = ? AND slot = ? AND \(condition) ORDER BY local_date LIMIT ?
        """, arguments: [epoch.number, series.name.key.slot.rawValue] + arguments + [limit]
    ).compactMap { row in
      guard let date = LocalDate(try row.decode(String.self, atIndex: 0)) else { return nil }
      return Point(
        point: SeriesPoint(
          date: date, value: try row.decode(atIndex: 1),
          quality: Quality(rawValue: try row.decode(atIndex: 2)) ?? .bad),
        reason: try row.decode(atIndex: 3))
    }
  }

  /// The days whose value belongs to another epoch of the same series.
  private func otherEpochs(
    of series: ComparedSeries, from: LocalDate, to: LocalDate
  ) throws -> [LocalDate: Int64] {
    let name = series.name
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT v.local_date, v.epoch FROM epoch AS e JOIN slot_value AS v USING (epoch)
        WHERE e.person = ? AND e.channel = ? AND e.site = ? AND e.epoch <> ? AND v.slot = ?
          AND v.local_date BETWEEN ? AND ?
        """,
      arguments: [
        name.person.rawValue, name.channel.rawValue, name.site?.rawValue ?? "",
        series.epoch?.number ?? 0, name.key.slot.rawValue, from.description, to.description,
      ])
    return try rows.reduce(into: [:]) { days, row in
      if let date = LocalDate(try row.decode(String.self, atIndex: 0)) {
        days[date] = try row.decode(atIndex: 1)
      }
    }
  }

  /// How the sessions of days ended: what a day without a value may have had.
  private func verdicts(
    _ name: ValueName, from: LocalDate, to: LocalDate
  ) throws -> [LocalDate: TapSession.Verdict] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT local_date, verdict FROM session
        WHERE person = ? AND local_date BETWEEN ? AND ? AND slot = ?
        """,
      arguments: [
        name.person.rawValue, from.description, to.description, name.key.slot.rawValue,
      ])
    return try rows.reduce(into: [:]) { days, row in
      if let date = LocalDate(try row.decode(String.self, atIndex: 0)) {
        days[date] = TapSession.Verdict(rawValue: try row.decode(atIndex: 1))
      }
    }
  }
}

extension Point {
  fileprivate var leftOut: Comparison.LeftOut? {
    guard point.quality != .ok else { return nil }
    return Comparison.LeftOut(date: point.date, why: .quality(point.quality, reason: reason))
  }
}

extension Comparison {
  /// Compares a value with the ok ones among some points.
  fileprivate init(
    of value: Double?, with points: [SeriesPoint], leftOut: [LeftOut], floor: Double, needed: Int
  ) {
    let ok = points.filter { $0.quality == .ok }
    let summary = RobustStatistics.centreAndSpread(of: ok.map(\.value))
    let scale = summary.map { max($0.spread, floor) }
    self.init(
      values: ok.map { DatedValue(date: $0.date, value: $0.value) }, leftOut: leftOut,
      needed: needed, median: summary?.centre,
      deviation: summary.map { $0.spread / RobustStatistics.normalConsistency }, scale: scale,
      z: ok.count < needed
        ? nil
        : value.flatMap { value in
          summary.flatMap { summary in scale.map { (value - summary.centre) / $0 } }
        })
  }
}

package import Readings

/// Compares a value with its own series: section 5 of the design, as pure functions.
///
/// A series is always given in ascending order of its dates, with one point a date.
package struct Normaliser: Hashable, Sendable {
  /// The days before a date that make its window.
  package static let windowDays = 7
  /// Values a window needs before it is compared with.
  package static let leastInWindow = 4
  /// Values at which a baseline is frozen.
  package static let baselineSize = 30
  /// Values a baseline needs before it is compared with.
  package static let leastInBaseline = 10

  /// The least scale a deviation is measured against, in the channel's unit.
  package var floor: Double

  package init(floor: Double) { self.floor = floor }

  /// What the value of a date is, against the values before it; nil where the date has none.
  package func normalise(_ date: LocalDate, in series: [SeriesPoint]) -> NormalisedValue? {
    let index = Self.index(of: date, in: series)
    guard index < series.count, series[index].date == date else { return nil }
    let value = series[index].value
    let window = Self.window(before: index, in: series)
    let baseline = Self.baseline(before: index, in: series)
    return NormalisedValue(
      mean7: Self.mean7(at: index, in: series),
      z7: window.count < Self.leastInWindow ? nil : deviation(of: value, from: window),
      n7: window.count,
      z30: baseline.count < Self.leastInBaseline ? nil : deviation(of: value, from: baseline),
      n30: baseline.count,
      baseline: baseline.count == Self.baselineSize ? .frozen : .forming)
  }

  /// Which dates of the new series must be normalised anew after one date's point was added,
  /// changed or removed; ascending.
  ///
  /// - Parameters:
  ///   - date: The date whose point differs.
  ///   - before: The series as it was.
  ///   - after: The series as it is; it differs from `before` at `date` only.
  /// - Returns: The dates of `after` whose normalised value may differ.
  package static func affectedDates(
    by date: LocalDate, before: [SeriesPoint], after: [SeriesPoint]
  ) -> [LocalDate] {
    let old = point(at: date, in: before)
    let new = point(at: date, in: after)
    guard old != new else { return [] }
    let own = new.map { [$0.date] } ?? []
    // A value of lesser quality is in nobody's window: only its own comparison changes.
    let oldValue = old?.quality == .ok ? old?.value : nil
    let newValue = new?.quality == .ok ? new?.value : nil
    guard oldValue != newValue else { return own }
    let earlier = after.prefix(index(of: date, in: after)).count { $0.quality == .ok }
    let last = earlier < baselineSize ? after.last?.date ?? date : date + windowDays
    return own + after.lazy.map(\.date).filter { date < $0 && $0 <= last }
  }
}

extension Normaliser {
  /// The robust deviation of a value from others, in units of their spread or of the floor.
  private func deviation(of value: Double, from others: [Double]) -> Double? {
    RobustStatistics.centreAndSpread(of: others).map { (value - $0.centre) / max($0.spread, floor) }
  }

  /// The ok values of the seven days before a point.
  private static func window(before index: Int, in series: [SeriesPoint]) -> [Double] {
    let first = series[index].date - windowDays
    let points = series[..<index].reversed().prefix { $0.date >= first }
    return points.reversed().filter { $0.quality == .ok }.map(\.value)
  }

  /// The mean of the ok values of a point's day and the six before it.
  private static func mean7(at index: Int, in series: [SeriesPoint]) -> Double? {
    let first = series[index].date - (windowDays - 1)
    let points = series[...index].reversed().prefix { $0.date >= first }
    let values = points.reversed().filter { $0.quality == .ok }.map(\.value)
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The first ok values of a series, at most thirty, strictly before a point.
  private static func baseline(before index: Int, in series: [SeriesPoint]) -> [Double] {
    var values: [Double] = []
    for point in series[..<index] where point.quality == .ok {
      values.append(point.value)
      if values.count == baselineSize { break }
    }
    return values
  }

  /// Where a date is in a series, or would be.
  private static func index(of date: LocalDate, in series: [SeriesPoint]) -> Int {
    var low = 0
    var high = series.count
    while low < high {
      let middle = (low + high) / 2
      if series[middle].date < date { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func point(at date: LocalDate, in series: [SeriesPoint]) -> SeriesPoint? {
    let index = index(of: date, in: series)
    return index < series.count && series[index].date == date ? series[index] : nil
  }
}

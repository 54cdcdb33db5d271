import Normalisation
import Readings
import Testing
import TestSupport

/// Random edits of a series, each followed by nothing but what `affectedDates` asks for.
@Suite("what depends on a value")
struct DependenceTests {
  private static let first = LocalDate(daysSince1970: 20_000)

  @Test("deriving the affected dates alone equals deriving everything", arguments: 1...12)
  func incremental(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let normaliser = Normaliser(floor: 0.5)
    var series: [SeriesPoint] = []
    var derived: [LocalDate: NormalisedValue] = [:]
    for _ in 0..<120 {
      let (date, after) = Self.edit(series, &random)
      if !after.contains(where: { $0.date == date }) { derived[date] = nil }
      for affected in Normaliser.affectedDates(by: date, before: series, after: after) {
        derived[affected] = normaliser.normalise(affected, in: after)
      }
      series = after
      let full = Dictionary(
        uniqueKeysWithValues: series.map { ($0.date, normaliser.normalise($0.date, in: series)) })
      #expect(derived == full.compactMapValues { $0 })
    }
  }

  @Test("a late value after the baseline touches a week and no more")
  func exactlyAWeek() {
    let dates = (0..<60).map { Self.first + $0 }
    var before = dates.map { SeriesPoint(date: $0, value: 1, quality: .ok) }
    let after = before
    before.remove(at: 40)
    let affected = Normaliser.affectedDates(by: dates[40], before: before, after: after)
    #expect(affected == [LocalDate](dates[40...47]))
  }

  @Test("a late value within the baseline touches everything after it")
  func everythingAfter() {
    let dates = (0..<60).map { Self.first + $0 }
    var before = dates.map { SeriesPoint(date: $0, value: 1, quality: .ok) }
    let after = before
    before.remove(at: 29)
    let affected = Normaliser.affectedDates(by: dates[29], before: before, after: after)
    #expect(affected == [LocalDate](dates[29...]))
  }

  @Test("a doubtful value touches itself alone")
  func doubtful() {
    let dates = (0..<20).map { Self.first + $0 }
    let before = dates.map { date in
      SeriesPoint(date: date, value: 1, quality: date == dates[5] ? .suspect : .ok)
    }
    var after = before
    after[5].value = 9
    #expect(
      Normaliser.affectedDates(by: dates[5], before: before, after: after) == [dates[5]])
    #expect(Normaliser.affectedDates(by: dates[5], before: after, after: after).isEmpty)
  }

  /// Adds, changes or removes the point of one date.
  private static func edit(
    _ series: [SeriesPoint], _ random: inout SeededNumbers
  ) -> (date: LocalDate, after: [SeriesPoint]) {
    let date = first + Int.random(in: 0..<90, using: &random)
    var after = series.filter { $0.date != date }
    if Int.random(in: 0..<4, using: &random) > 0 {
      let quality: Quality = Int.random(in: 0..<5, using: &random) == 0 ? .suspect : .ok
      let value = Double(Int.random(in: 0..<50, using: &random))
      let place = after.firstIndex { date < $0.date } ?? after.endIndex
      after.insert(SeriesPoint(date: date, value: value, quality: quality), at: place)
    }
    return (date, after)
  }
}

package import Readings

extension Ticks {
  /// A date on an axis.
  package struct Day: Hashable, Sendable {
    package var date: LocalDate
    package var label: String
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Days up to three weeks, Mondays up to four months, firsts of months up to five years, and years.
  package static func days(from first: LocalDate, to last: LocalDate) -> [Day] {
    let span = last.daysSince1970 - first.daysSince1970
    guard span >= 0 else { return [] }
    switch span {
    case ...21: return every(max(1, span / 7), first, last) { _ in true }
    case ...120:
      return every(7, first, last) { $0.daysSince1970 % 7 == 4 }.enumerated()
        .filter { span <= 56 || $0.offset.isMultiple(of: 2) }.map(\.element)
    default:
      let step = [1, 2, 3, 6, 12].first { span / 31 / $0 <= 9 } ?? 24
      return firsts(first, last, months: step)
    }
  }

  /// From the first day that fits, in steps.
  private static func every(
    _ step: Int, _ first: LocalDate, _ last: LocalDate, where fits: (LocalDate) -> Bool
  ) -> [Day] {
    var date = first
    while date <= last, !fits(date) { date = date + 1 }
    var ticks: [Day] = []
    while date <= last {
      let civil = date.civil
      ticks.append(Day(date: date, label: "\(civil.day) \(months[civil.month - 1])"))
      date = date + step
    }
    return ticks
  }

  /// The firsts of every so many months from January on; a January bears its year.
  private static func firsts(_ first: LocalDate, _ last: LocalDate, months step: Int) -> [Day] {
    var ticks: [Day] = []
    var month = first.civil.year * 12 + first.civil.month - 1
    while let date = LocalDate(year: month / 12, month: month % 12 + 1, day: 1), date <= last {
      if date >= first, step > 12 ? (month % 12 == 0 && (month / 12) % 2 == 0) : month % step == 0 {
        let year = String(date.civil.year)
        ticks.append(Day(date: date, label: month % 12 == 0 ? year : months[month % 12]))
      }
      month += 1
    }
    return ticks
  }
}

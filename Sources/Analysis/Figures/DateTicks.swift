internal import Curves
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

  /// A day, or a month whose first it is; a January bears its year.
  private static func label(of date: LocalDate, isMonth: Bool, _ language: Language) -> String {
    let (year, month, day) = date.civil
    let name = Saying(months[month - 1], "\(month)月").text(in: language)
    guard isMonth else { return Saying("\(day) \(name)", "\(name)\(day)日").text(in: language) }
    return month == 1 ? Saying("\(year)", "\(year)年").text(in: language) : name
  }

  /// Days up to three weeks, Mondays up to four months, firsts of months up to five years, and years.
  package static func days(
    from first: LocalDate, to last: LocalDate, in language: Language = .english
  ) -> [Day] {
    let span = last.daysSince1970 - first.daysSince1970
    guard span >= 0 else { return [] }
    let dates =
      switch span {
      case ...21: every(max(1, span / 7), first, last) { _ in true }
      case ...120:
        every(7, first, last) { $0.daysSince1970 % 7 == 4 }.enumerated()
          .filter { span <= 56 || $0.offset.isMultiple(of: 2) }.map(\.element)
      default:
        firsts(first, last, months: [1, 2, 3, 6, 12].first { span / 31 / $0 <= 9 } ?? 24)
      }
    return dates.map { Day(date: $0, label: label(of: $0, isMonth: span > 120, language)) }
  }

  /// From the first day that fits, in steps.
  private static func every(
    _ step: Int, _ first: LocalDate, _ last: LocalDate, where fits: (LocalDate) -> Bool
  ) -> [LocalDate] {
    var date = first
    while date <= last, !fits(date) { date = date + 1 }
    var dates: [LocalDate] = []
    while date <= last {
      dates.append(date)
      date = date + step
    }
    return dates
  }

  /// The firsts of every so many months from January on.
  private static func firsts(
    _ first: LocalDate, _ last: LocalDate, months step: Int
  ) -> [LocalDate] {
    var dates: [LocalDate] = []
    var month = first.civil.year * 12 + first.civil.month - 1
    while let date = LocalDate(year: month / 12, month: month % 12 + 1, day: 1), date <= last {
      if date >= first, step > 12 ? (month % 12 == 0 && (month / 12) % 2 == 0) : month % step == 0 {
        dates.append(date)
      }
      month += 1
    }
    return dates
  }
}

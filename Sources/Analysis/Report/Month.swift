package import Curves
package import Readings

/// A calendar month: `2026-10`.
package struct Month: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let year: Int
  /// 1 to 12.
  package let number: Int
  package let first: LocalDate
  package let last: LocalDate

  /// Text that names no month, with a hint.
  package struct Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
    package var text: String

    package init(text: String) { self.text = text }

    package var description: String {
      "'\(text)' is no month; write a year and a month, as 2026-10"
    }
  }

  /// The month in which a date lies.
  package init(of date: LocalDate) {
    let civil = date.civil
    (year, number) = (civil.year, civil.month)
    first = date - (civil.day - 1)
    // The 32nd day lies in the next month, whichever it is.
    let next = first + 31
    last = next - next.civil.day
  }

  /// Reads `2026-10`.
  ///
  /// - Throws: ``Unreadable`` for anything else.
  package init(_ text: String) throws(Unreadable) {
    guard let date = LocalDate(text + "-01") else { throw Unreadable(text: text) }
    self.init(of: date)
  }

  package var previous: Month { Month(of: first - 1) }
  package var days: Int { last.civil.day }

  private static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// `October 2026`.
  package var name: String { "\(Self.names[number - 1]) \(year)" }

  package var description: String { "\(year.padded(to: 4))-\(number.padded(to: 2))" }

  package static func < (a: Month, b: Month) -> Bool { a.first < b.first }
}

extension LocalDate {
  /// `7 October 2026`.
  var inWords: String { "\(civil.day) \(Month(of: self).name)" }
}

extension History {
  /// The diary as it stood at the end of a date; of no days where the date is before its first.
  package func upTo(_ date: LocalDate) -> History {
    prefix(days: max(0, date.daysSince1970 - firstDate.daysSince1970 + 1))
  }

  /// The first and the last place of a stretch of dates, whether or not the grid reaches there.
  func places(from first: LocalDate, to last: LocalDate) -> Range<Int> {
    let from = (first.daysSince1970 - firstDate.daysSince1970) * Grid.perDay
    let to = (last.daysSince1970 - firstDate.daysSince1970 + 1) * Grid.perDay
    return from..<max(from, to)
  }
}

import Curves
import Readings
import Report
import Testing

@Suite("months") struct MonthTests {
  @Test(arguments: [
    ("2026-10", "2026-10-01", "2026-10-31", "2026-09", "October 2026"),
    ("2026-01", "2026-01-01", "2026-01-31", "2025-12", "January 2026"),
    ("2025-12", "2025-12-01", "2025-12-31", "2025-11", "December 2025"),
    ("2028-02", "2028-02-01", "2028-02-29", "2028-01", "February 2028"),
    ("2026-02", "2026-02-01", "2026-02-28", "2026-01", "February 2026"),
    ("2026-04", "2026-04-01", "2026-04-30", "2026-03", "April 2026"),
  ])
  func `a month has its ends, its neighbour and its name`(
    text: String, first: String, last: String, previous: String, name: String
  ) throws {
    let month = try Month(text)
    #expect("\(month.first)" == first && "\(month.last)" == last)
    #expect("\(month.previous)" == previous)
    #expect(month.name == name && "\(month)" == text)
    #expect(month.previous < month)
  }

  @Test(arguments: ["", "2026", "2026-13", "2026-00", "2026-1", "26-10", "2026-10-05", "October"])
  func `what is no month is refused with a hint`(text: String) {
    #expect(throws: Month.Unreadable(text: text)) { try Month(text) }
    #expect(
      "\(Month.Unreadable(text: text))"
        == "'\(text)' is no month; write a year and a month, as 2026-10")
  }

  @Test func `a history is cut after a date, before its first day to nothing`() throws {
    let first = try #require(LocalDate("2026-10-30"))
    let history = History(
      person: "me", firstDate: first, days: 4,
      curves: [Curve(channel: "skin.moisture", values: [1, 2, 3, 4, 5, 6, 7, 8])])
    #expect(history.upTo(try Month("2026-10").last).curves[0].values == [1, 2, 3, 4])
    #expect(history.upTo(try Month("2026-09").last).days == 0)
    #expect(history.upTo(try Month("2026-11").last).days == 4)
  }
}

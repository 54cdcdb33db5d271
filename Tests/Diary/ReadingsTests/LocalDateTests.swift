import FoundationEssentials
import Readings
import Testing

@Suite("local dates")
struct LocalDateTests {
  @Test(
    "count days from 1970",
    arguments: [
      // Python: (date(y, m, d) - date(1970, 1, 1)).days
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-21", 20_778),
      ("2100-03-01", 47_541), ("1900-03-01", -25_508), ("0001-01-01", -719_162),
      ("9999-12-31", 2_932_896),
    ])
  func days(text: String, days: Int) throws {
    #expect(try #require(LocalDate(text)).daysSince1970 == days)
    #expect(LocalDate(daysSince1970: days).description == text)
  }

  @Test("every day from 1969 to 2101 is the day after the one before")
  func everyDay() throws {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var expected = try #require(LocalDate("1969-01-01")).daysSince1970
    for year in 1969...2101 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month in 1...12 {
        let length = lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)
        for day in 1...length {
          let date = try #require(LocalDate(year: year, month: month, day: day))
          #expect(date.daysSince1970 == expected)
          #expect(date.civil == (year, month, day))
          expected += 1
        }
        #expect(LocalDate(year: year, month: month, day: length + 1) == nil)
      }
    }
  }

  @Test(
    "anything but YYYY-MM-DD of a day there is gives nothing",
    arguments: [
      "", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "2026-01-32",
      "2026-01-00", "2026/01/01", " 2026-01-01", "2026-01-01 ", "+026-01-01", "-026-01-01",
      "2026-01-01-01", "２０２６-01-01",
    ])
  func refused(text: String) {
    #expect(LocalDate(text) == nil)
  }

  @Test("travel through JSON as text")
  func json() throws {
    let date = try #require(LocalDate("2026-11-21"))
    let data = try JSONEncoder().encode([date])
    #expect(String(decoding: data, as: UTF8.self) == #"["2026-11-21"]"#)
    #expect(try JSONDecoder().decode([LocalDate].self, from: data) == [date])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([LocalDate].self, from: Data(#"["2026-02-30"]"#.utf8))
    }
  }
}

@Suite("moments")
struct TimestampTests {
  @Test("seconds are rounded down, before 1970 too")
  func seconds() {
    #expect(Timestamp(microseconds: 1_999_999).seconds == 1)
    #expect(Timestamp(microseconds: -1).seconds == -1)
    #expect(Timestamp(microseconds: -1_000_000).seconds == -1)
  }

  @Test("keep microseconds through sums and differences")
  func arithmetic() {
    let time = Timestamp(microseconds: 1_772_409_600_000_001)
    #expect((time + .microseconds(-2)).microseconds == 1_772_409_599_999_999)
    #expect((time - .seconds(1)).microseconds == 1_772_409_599_000_001)
    #expect(time - Timestamp(microseconds: 1_772_409_600_000_000) == .microseconds(1))
  }
}

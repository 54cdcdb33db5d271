import GRDB
import Readings

extension DiaryWriter {
  /// Reads limits and calibrations anew; the checkers begin again from the diary's own samples.
  func recallBooks() throws {
    books.limits = try LimitsBook(db)
    books.conversions = try ConversionBook(db)
    checkers = [:]
  }

  /// Reads from when on the values of each channel are there.
  func recallAirBegins() throws {
    let all = Int64(try meta("air_begins_utc_us") ?? "") ?? 0
    for column in AirColumn.all {
      let own = Int64(try meta("air_begins_utc_us:" + column.channel.rawValue) ?? "") ?? 0
      airBegins[column.bit] = max(all, own)
    }
  }

  /// The moment since which samples are whole: before it some lack a channel, or are gone.
  var samplesBegin: Int64 { airBegins.max() ?? 0 }

  /// By channel: from when on a check has all the past it needs; what is said before stays.
  var checksBegin: [Int64] {
    guard samplesBegin > 0 else { return airBegins.map { _ in .min } }
    let memory = books.limits.memory
    return airBegins.map { $0 > 0 ? $0 + memory : .min }
  }
}

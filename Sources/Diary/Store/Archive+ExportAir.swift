import GRDBSQLite
import Readings

/// A sample of the air on its way out: a row for each channel, or one for all.
struct ExportedSample {
  let columns: [AirColumn]
  /// The columns of `sql` before those of the channels, and how many each channel has.
  private static let first: CInt = 4
  private static let width: CInt = 3

  static let longColumns =
    [ExportColumn("time", isMoment: true)]
    + ["part", "channel", "value", "unit", "quality", "reason", "clock", "raw"]
    .map { ExportColumn($0) }

  init(_ columns: [AirColumn]) { self.columns = columns }

  var wideColumns: [ExportColumn] {
    [ExportColumn("time", isMoment: true), ExportColumn("part"), ExportColumn("clock")]
      + columns.map { ExportColumn($0.name) }
  }

  var sql: String {
    let channels = columns.map { column in
      let path = "'$.\"\(column.channel.rawValue)\"'"
      return "\(column.name), flags ->> \(path), coalesce(raw ->> \(path), \(column.name))"
    }
    return """
      SELECT time_utc_us, p.name, CASE clock WHEN 0 THEN 'synced' WHEN 1 THEN 'unsynced'
        ELSE 'restamped' END, offered\(channels.map { ", " + $0 }.joined())
      FROM air JOIN part AS p USING (part)
      WHERE time_utc_us >= coalesce(?1, time_utc_us) AND time_utc_us < coalesce(?2, 1 << 62)
      ORDER BY time_utc_us
      """
  }

  /// One row, in which an empty cell was not offered and NA had no value; nil where none of the
  /// channels was offered.
  func wideCells(_ statement: OpaquePointer) -> [Archive.Cell]? {
    let offered = sqlite3_column_int64(statement, 3)
    guard columns.contains(where: { offered & $0.mask != 0 }) else { return nil }
    var cells = (0..<3).map { Archive.Cell(statement, CInt($0)) }
    for (index, column) in columns.enumerated() {
      let value = Archive.Cell(statement, Self.first + Self.width * CInt(index))
      cells.append(offered & column.mask == 0 ? .null : value == .null ? .text("NA") : value)
    }
    return cells
  }

  func longRows(_ statement: OpaquePointer, _ row: ([Archive.Cell]) throws -> Void) throws {
    let offered = sqlite3_column_int64(statement, 3)
    let (time, part) = (Archive.Cell(statement, 0), Archive.Cell(statement, 1))
    let clock = Archive.Cell(statement, 2)
    for (index, column) in columns.enumerated() where offered & column.mask != 0 {
      let place = Self.first + Self.width * CInt(index)
      let value = Archive.Cell(statement, place)
      var (quality, reason) = ("ok", Archive.Cell.null)
      if case .text(let word) = Archive.Cell(statement, place + 1) {
        let parts = word.split(separator: ":", maxSplits: 1).map { String($0) }
        quality = parts.first ?? word
        reason = parts.count > 1 ? .text(parts[1]) : .null
        if value == .null { (quality, reason) = ("absent", .text(word)) }
      } else if value == .null {
        quality = "absent"
      }
      try row([
        time, part, .text(column.channel.rawValue), value, .text(column.channel.unit),
        .text(quality), reason, clock, Archive.Cell(statement, place + 2),
      ])
    }
  }
}

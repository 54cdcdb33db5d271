/// Why a record of the air could not be read.
package struct AirPlaybackError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Counted from 1, the heading being 1.
  package var line: Int
  package var reason: String

  package var description: String { "line \(line): \(reason)" }
}

extension AirPlayback {
  /// The heading of a record, word for word.
  package static let heading = "time,temperature_celsius,relative_humidity_percent,pm2_5_ug_m3"

  /// Reads a record: the heading, then a line an hour.
  ///
  /// Times are ISO 8601 with an offset (`2026-03-01T14:00:00+01:00`, or `Z`); an empty field is a gap.
  ///
  /// - Parameter csv: The whole text.
  /// - Throws: `AirPlaybackError` with the line.
  package init(csv: String) throws(AirPlaybackError) {
    let lines = csv.split(omittingEmptySubsequences: false) { $0.isNewline }
    guard lines.first.map(String.init) == Self.heading else {
      throw AirPlaybackError(line: 1, reason: "the heading must be '\(Self.heading)'")
    }
    var rows: [Row] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let row = try Self.row(line, number: index + 1)
      if let last = rows.last, row.utcMicroseconds <= last.utcMicroseconds {
        throw AirPlaybackError(line: index + 1, reason: "the time is not after the line before")
      }
      rows.append(row)
    }
    self.init(rows: rows)
  }

  private static func row(_ line: Substring, number: Int) throws(AirPlaybackError) -> Row {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.count == 4 else {
      throw AirPlaybackError(line: number, reason: "\(fields.count) fields, and there must be 4")
    }
    guard let time = ISO8601Time.microseconds(fields[0]) else {
      throw AirPlaybackError(
        line: number, reason: "'\(fields[0])' is not a time like 2026-03-01T14:00:00+01:00")
    }
    return Row(
      utcMicroseconds: time, celsius: try value(fields[1], -90...60, "temperature", number),
      percent: try value(fields[2], 0...100, "humidity", number),
      pm2_5: try value(fields[3], 0...6000, "PM2.5", number))
  }

  private static func value(
    _ field: Substring, _ range: ClosedRange<Double>, _ name: String, _ number: Int
  ) throws(AirPlaybackError) -> Double? {
    if field.isEmpty { return nil }
    guard let value = Double(field), range.contains(value) else {
      throw AirPlaybackError(
        line: number,
        reason: "\(name) '\(field)' is not a number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return value
  }
}

/// Times as ISO 8601 writes them, with a date, a time and an offset.
enum ISO8601Time {
  /// Microseconds since 1970, or nil where it is not such a time.
  static func microseconds(_ text: Substring) -> Int64? {
    let ascii = Array(text.utf8)
    guard ascii.count >= 17, let offsetStart = offsetStart(ascii),
      let year = number(ascii, 0, 4), ascii[4] == UInt8(ascii: "-"),
      let month = number(ascii, 5, 7), ascii[7] == UInt8(ascii: "-"),
      let day = number(ascii, 8, 10), ascii[10] == UInt8(ascii: "T"),
      let hour = number(ascii, 11, 13), ascii[13] == UInt8(ascii: ":"),
      let minute = number(ascii, 14, 16), let second = second(ascii[16..<offsetStart]),
      let offset = offsetMinutes(Array(ascii[offsetStart...])),
      (1...12).contains(month), (1...days(in: month, of: year)).contains(day), hour < 24,
      minute < 60, second < 60
    else { return nil }
    let minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset
    return Int64(minutes * 60 + second) * 1_000_000
  }

  private static func offsetStart(_ ascii: [UInt8]) -> Int? {
    ascii.indices.dropFirst(16).first {
      [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(ascii[$0])
    }
  }

  /// Whole seconds; none where they are left out.
  private static func second(_ ascii: ArraySlice<UInt8>) -> Int? {
    if ascii.isEmpty { return 0 }
    guard ascii.count == 3, ascii.first == UInt8(ascii: ":") else { return nil }
    return number(Array(ascii), 1, 3)
  }

  private static func offsetMinutes(_ ascii: [UInt8]) -> Int? {
    if ascii == [UInt8(ascii: "Z")] { return 0 }
    let digits = ascii.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard digits.count == 4, let hours = number(digits, 0, 2), let minutes = number(digits, 2, 4),
      hours < 24, minutes < 60
    else { return nil }
    return (ascii[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  private static func number(_ ascii: [UInt8], _ from: Int, _ to: Int) -> Int? {
    ascii[from..<to].reduce(0) { number, digit in
      guard let number, (0x30...0x39).contains(digit) else { return nil }
      return number * 10 + Int(digit - 0x30)
    }
  }

  private static func days(in month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// The proleptic Gregorian calendar, counted from March so that the leap day comes last.
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month > 2 ? year : year - 1
    let fromMarch = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
    return 365 * y + y / 4 - y / 100 + y / 400 + fromMarch + day - 1 - 719_468
  }
}

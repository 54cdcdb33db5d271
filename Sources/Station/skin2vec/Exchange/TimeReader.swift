import Readings

/// A moment as a line gives it: on the wall, and how far that wall's clock is from UTC.
struct WallTime: Hashable {
  /// Microseconds from 1970-01-01 00:00 on that clock.
  var microseconds: Int64
  /// Seconds to add to UTC; nil where the line does not say.
  var offset: Int64?
}

/// How times are written.
enum TimeFormat: Hashable {
  /// ISO 8601: `2026-11-20T22:14:03.5+01:00`, with T or a space, seconds and offset optional.
  case iso
  /// Whole numbers since 1970 in UTC, so many microseconds each.
  case since1970(microseconds: Int64)
  case pattern(TimePattern)

  /// Reads a time.
  ///
  /// - Parameter bytes: The whole field.
  /// - Returns: The time, or why it is none.
  func read(_ bytes: Bytes) -> Result<WallTime, TimeFault> {
    switch self {
    case .iso: return ISOTime.read(bytes)
    case .pattern(let pattern): return pattern.read(bytes)
    case .since1970(let unit):
      if let number = NumberReader.integer(bytes) {
        let (microseconds, isTooGreat) = number.multipliedReportingOverflow(by: unit)
        return isTooGreat
          ? .failure(.notATime) : .success(WallTime(microseconds: microseconds, offset: 0))
      }
      guard let number = NumberReader.number(bytes), number.magnitude * Double(unit) < 9e18 else {
        return .failure(.notATime)
      }
      let microseconds = Int64((number * Double(unit)).rounded())
      return .success(WallTime(microseconds: microseconds, offset: 0))
    }
  }
}

/// Why a field is not a time.
enum TimeFault: Error, Hashable {
  case notATime
  /// Written like one, and not in the calendar or on the clock.
  case noSuchTime
}

/// Date and time from whole numbers.
enum CivilTime {
  static let microsecondsPerSecond: Int64 = 1_000_000
  static let secondsPerDay: Int64 = 86_400

  /// The microseconds from 1970-01-01 00:00 on the same clock; nil where there is no such time.
  ///
  /// The hour 24 with nothing behind it is the next day's first, as ISO 8601 has it; a 60th second
  /// counts as the next minute's first.
  static func microseconds(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    fraction: Int64 = 0
  ) -> Int64? {
    guard (1...9999).contains(year), let date = LocalDate(year: year, month: month, day: day),
      hour < 24 || hour == 24 && minute == 0 && second == 0 && fraction == 0, minute < 60,
      second <= 60
    else { return nil }
    let seconds =
      Int64(date.daysSince1970) * secondsPerDay + Int64(hour * 3600 + minute * 60 + second)
    return seconds * microsecondsPerSecond + fraction
  }
}

/// Goes through bytes digit by digit.
struct DigitCursor {
  let bytes: Bytes
  var index = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  var isAtEnd: Bool { index >= bytes.count }

  /// Exactly so many digits.
  mutating func number(_ digits: Int) -> Int? {
    guard index + digits <= bytes.count else { return nil }
    var value = 0
    for place in index..<(index + digits) {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    index += digits
    return value
  }

  /// As many digits as there are, up to so many.
  mutating func number(upTo digits: Int) -> Int? {
    var count = 0
    while count < digits, index + count < bytes.count, bytes[index + count] &- 0x30 < 10 {
      count += 1
    }
    return count == 0 ? nil : number(count)
  }

  /// Digits of a fraction of a second, in microseconds; those beyond are dropped.
  mutating func microseconds() -> Int64? {
    var (value, digits): (Int64, Int) = (0, 0)
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      if digits < 6 { value = value * 10 + Int64(bytes[index] &- 0x30) }
      digits += 1
      index += 1
    }
    guard digits > 0 else { return nil }
    for _ in 0..<max(0, 6 - digits) { value *= 10 }
    return value
  }

  /// Passes over a byte, if it is there.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// `Z`, `+01:00`, `+0100` or `+01` in seconds.
  mutating func offset() -> Int64? {
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    let isWest = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    guard isWest || index < bytes.count && bytes[index] == UInt8(ascii: "+") else { return nil }
    index += 1
    guard let hours = number(2) else { return nil }
    var minutes = 0
    if !isAtEnd {
      _ = skip(UInt8(ascii: ":"))
      guard let number = number(2) else { return nil }
      minutes = number
    }
    guard hours <= 18, minutes < 60 else { return nil }
    let seconds = Int64(hours * 3600 + minutes * 60)
    return isWest ? -seconds : seconds
  }
}

/// ISO 8601, as far as logs use it.
enum ISOTime {
  static func read(_ bytes: Bytes) -> Result<WallTime, TimeFault> {
    var cursor = DigitCursor(bytes)
    let hyphen = UInt8(ascii: "-")
    guard let year = cursor.number(4), cursor.skip(hyphen), let month = cursor.number(2),
      cursor.skip(hyphen), let day = cursor.number(2)
    else { return .failure(.notATime) }
    var (hour, minute, second, fraction): (Int, Int, Int, Int64) = (0, 0, 0, 0)
    var offset: Int64?
    if !cursor.isAtEnd {
      let colon = UInt8(ascii: ":")
      guard cursor.skip(UInt8(ascii: "T")) || cursor.skip(UInt8(ascii: " ")),
        let hours = cursor.number(2), cursor.skip(colon), let minutes = cursor.number(2)
      else { return .failure(.notATime) }
      (hour, minute) = (hours, minutes)
      if cursor.skip(colon) {
        guard let seconds = cursor.number(2) else { return .failure(.notATime) }
        second = seconds
        if cursor.skip(UInt8(ascii: ".")) || cursor.skip(UInt8(ascii: ",")) {
          guard let microseconds = cursor.microseconds() else { return .failure(.notATime) }
          fraction = microseconds
        }
      }
      if !cursor.isAtEnd {
        _ = cursor.skip(UInt8(ascii: " "))
        guard let seconds = cursor.offset(), cursor.isAtEnd else { return .failure(.notATime) }
        offset = seconds
      }
    }
    let microseconds = CivilTime.microseconds(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second,
      fraction: fraction)
    guard let microseconds else { return .failure(.noSuchTime) }
    return .success(WallTime(microseconds: microseconds, offset: offset))
  }
}

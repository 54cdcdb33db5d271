import Wording

/// Times as a pattern like strptime's says: `%d/%m/%Y %H:%M`.
struct TimePattern: Hashable {
  private enum Piece: Hashable {
    case literal(UInt8)
    case year, shortYear, month, day, hour, hour12, minute, second, fraction, half, offset
  }

  private let pieces: [Piece]

  /// Reads a pattern.
  ///
  /// - Parameter text: Of %Y %y %m %d %H %I %M %S %f %p %z %% and plain characters.
  /// - Throws: `Failure` where it has other letters behind a %, or does not give a whole date.
  init(_ text: String) throws(Failure) {
    var pieces: [Piece] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == UInt8(ascii: "%") else {
        pieces.append(.literal(byte))
        continue
      }
      guard let letter = rest.next(), let piece = Self.piece(letter) else {
        throw Failure(
          .usage, "--time-format `\(text.printable)`: only %Y %y %m %d %H %I %M %S %f %p %z %%",
          hint: "write it like '%d.%m.%Y %H:%M', or use iso, s, ms or us")
      }
      pieces.append(piece)
    }
    let hasDate =
      (pieces.contains(.year) || pieces.contains(.shortYear)) && pieces.contains(.month)
      && pieces.contains(.day)
    guard hasDate else {
      throw Failure(
        .usage, "--time-format `\(text.printable)` gives no whole date",
        hint: "it needs %Y or %y, %m and %d; or use iso, s, ms or us")
    }
    self.pieces = pieces
  }

  private static func piece(_ letter: UInt8) -> Piece? {
    switch Character(UnicodeScalar(letter)) {
    case "Y": .year
    case "y": .shortYear
    case "m": .month
    case "d": .day
    case "H": .hour
    case "I": .hour12
    case "M": .minute
    case "S": .second
    case "f": .fraction
    case "p": .half
    case "z": .offset
    case "%": .literal(UInt8(ascii: "%"))
    default: nil
    }
  }

  /// What was read so far.
  private struct Fields {
    var (year, month, day, hour, minute, second) = (0, 1, 1, 0, 0, 0)
    var fraction: Int64 = 0
    var offset: Int64?
    var isAfternoon: Bool?
  }

  func read(_ bytes: Bytes) -> Result<WallTime, TimeFault> {
    var cursor = DigitCursor(bytes)
    var fields = Fields()
    for piece in pieces {
      guard Self.read(piece, &cursor, &fields) else { return .failure(.notATime) }
    }
    guard cursor.isAtEnd else { return .failure(.notATime) }
    if let isAfternoon = fields.isAfternoon {
      guard (1...12).contains(fields.hour) else { return .failure(.noSuchTime) }
      fields.hour = fields.hour % 12 + (isAfternoon ? 12 : 0)
    }
    let microseconds = CivilTime.microseconds(
      year: fields.year, month: fields.month, day: fields.day, hour: fields.hour,
      minute: fields.minute, second: fields.second, fraction: fields.fraction)
    guard let microseconds else { return .failure(.noSuchTime) }
    return .success(WallTime(microseconds: microseconds, offset: fields.offset))
  }

  /// Reads one piece; false where it is not there.
  private static func read(
    _ piece: Piece, _ cursor: inout DigitCursor, _ fields: inout Fields
  ) -> Bool {
    func take(_ number: Int?, _ field: WritableKeyPath<Fields, Int>) -> Bool {
      guard let number else { return false }
      fields[keyPath: field] = number
      return true
    }
    switch piece {
    case .literal(let byte): return cursor.skip(byte)
    case .year: return take(cursor.number(4), \.year)
    // As strptime has it: 69 to 99 were in the last century.
    case .shortYear: return take(cursor.number(2).map { $0 + ($0 < 69 ? 2000 : 1900) }, \.year)
    case .month: return take(cursor.number(upTo: 2), \.month)
    case .day: return take(cursor.number(upTo: 2), \.day)
    case .hour, .hour12: return take(cursor.number(upTo: 2), \.hour)
    case .minute: return take(cursor.number(upTo: 2), \.minute)
    case .second: return take(cursor.number(upTo: 2), \.second)
    case .fraction:
      fields.fraction = cursor.microseconds() ?? -1
      return fields.fraction >= 0
    case .offset:
      fields.offset = cursor.offset()
      return fields.offset != nil
    case .half:
      let letter = cursor.isAtEnd ? 0 : cursor.bytes[cursor.index] | 0x20
      guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return false }
      fields.isAfternoon = letter == UInt8(ascii: "p")
      cursor.index += 1
      return cursor.skip(UInt8(ascii: "M")) || cursor.skip(UInt8(ascii: "m"))
    }
  }
}

import Readings

/// The shape of a value in a question or an answer: what is checked, and what the document says.
indirect enum Shape: Hashable, Sendable {
  /// Characters, at most so many, of a pattern where there is one (ECMA 262).
  case text(Pattern? = nil, longest: Int = 256)
  case choice([String])
  case integer(ClosedRange<Int64>)
  case number(ClosedRange<Double>?)
  case boolean
  case list(Shape, most: Int? = nil)
  /// These fields and no others.
  case object([Field])
  /// Any names, and a value each of this shape.
  case map(Shape)
  case nullable(Shape)

  /// A time in microseconds since 1970, UTC, of the years 1 to 9999.
  static let moment = Shape.integer(-62_135_596_800_000_000...253_402_300_799_999_999)

  /// A field of an object.
  struct Field: Hashable, Sendable {
    var name: String
    var shape: Shape
    var isRequired: Bool
    /// What it is, with its unit.
    var summary: String

    init(_ name: String, _ shape: Shape, isRequired: Bool = true, _ summary: String = "") {
      self.name = name
      self.shape = shape
      self.isRequired = isRequired
      self.summary = summary
    }
  }

  /// What characters must look like.
  enum Pattern: Hashable, Sendable {
    /// A local date: `2026-11-29`.
    case date
    /// A name or a word of one's own: no control and no invisible characters.
    case name
    /// Text of several lines without NUL.
    case note
    /// Where a list goes on: a key, and how many rows of it were given.
    case cursor
  }
}

extension Shape.Pattern {
  /// Whether characters are so.
  func matches(_ text: String) -> Bool {
    switch self {
    case .date: LocalDate(text) != nil
    case .name:
      !text.isEmpty
        && text.unicodeScalars.allSatisfy { scalar in
          !Self.invisible.contains { $0.contains(scalar.value) }
        }
    case .note: !text.unicodeScalars.contains("\0")
    case .cursor: Cursor(text) != nil
    }
  }

  /// What cannot be seen, or turns the writing round, in the scripts people use.
  private static let invisible: [ClosedRange<UInt32>] = [
    0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x0600...0x0605, 0x061C...0x061C, 0x06DD...0x06DD,
    0x070F...0x070F, 0x180E...0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
    0xFEFF...0xFEFF, 0xFFF9...0xFFFB,
  ]

  /// The keywords of JSON Schema that say the same.
  var keywords: [String: JSON] {
    switch self {
    case .date: ["format": "date"]
    case .name:
      [
        "minLength": 1,
        "pattern": .text(
          "^[^"
            + Self.invisible.map {
              "\\u\($0.lowerBound.hexadecimal(digits: 4))-\\u\($0.upperBound.hexadecimal(digits: 4))"
            }.joined()
            + "]+$"),
      ]
    case .note: ["pattern": "^[^\\u0000]*$"]
    case .cursor: ["pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,17})(\\.[0-9]{1,6})?$"]
    }
  }
}

import Readings

/// A view of the diary as a list that can be asked for, page by page.
struct DiaryTable: Sendable {
  struct Column: Sendable {
    var name: String
    var shape: Shape
    var summary: String

    init(_ name: String, _ shape: Shape, _ summary: String = "") {
      self.name = name
      self.shape = shape
      self.summary = summary
    }
  }

  /// What the list may be narrowed by.
  enum Filter: Sendable {
    case person, channel, site, slot, kind
    case session
  }

  /// The end of its path: `slots`.
  var name: String
  var view: String
  var summary: String
  var columns: [Column]
  /// What the rows are in the order of, the key first.
  var order: [String]
  /// Whether the key is a local date; else it is a whole number.
  var isByDate: Bool
  /// Whether it is given page by page; a short list is given whole.
  var isPaged = true
  /// The column that `from` and `to` mean, where it is another than the key.
  var time: String?
  var filters: [Filter] = []
}

extension DiaryTable {
  static let date = Column("local_date", .text(.date), "local date of the slot")
  static let person = Column("person", .text())
  static let channel = Column("channel", .text(), "as in /channels")
  static let slot = Column("slot", .choice(Slot.allCases.map(\.rawValue)))

  static func time(_ name: String, _ summary: String = "") -> Column {
    Column(
      name, .integer(-62_135_596_800_000_000...253_402_300_799_999_999),
      summary.isEmpty ? "microseconds since 1970, UTC" : summary + ", microseconds since 1970, UTC")
  }

  static func count(_ name: String, _ summary: String = "") -> Column {
    Column(name, .integer(0...Int64(Int32.max)), summary)
  }

  static func id(_ name: String) -> Column { Column(name, .integer(0...(1 << 53))) }

  static func number(_ name: String, _ summary: String = "") -> Column {
    Column(name, .nullable(.number(nil)), summary)
  }

  static func maybe(_ name: String, _ summary: String = "") -> Column {
    Column(name, .nullable(.text(longest: 65_536)), summary)
  }
}

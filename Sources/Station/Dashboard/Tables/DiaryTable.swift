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
  /// A view with a row for each hour and channel of which there are rows here.
  var hours: String?
}

extension DiaryTable {
  /// The shape of a row.
  var row: Shape { .object(columns.map { Shape.Field($0.name, $0.shape, $0.summary) }) }

  /// Rows of the view as programs read them.
  ///
  /// - Parameters:
  ///   - diary: Where they are.
  ///   - condition: Which are wanted, with `?` for each argument.
  ///   - arguments: In the order of the marks.
  ///   - order: Of what the rows are in the order; the list's own if left out.
  /// - Returns: An object a row.
  /// - Throws: Whatever the diary throws.
  func rows(
    in diary: any DiarySource, where condition: String, _ arguments: [DiaryCell],
    order: String? = nil
  ) async throws -> [JSON] {
    let names = columns.map(\.name)
    let order = order ?? self.order.joined(separator: ", ")
    let found = try await diary.rows(
      "SELECT \(names.joined(separator: ", ")) FROM \(view) WHERE \(condition) "
        + "ORDER BY \(order) LIMIT \(Self.mostRows)", arguments)
    return found.rows.map { JSON.row(names, $0) }
  }

  static let date = Column("local_date", .text(.date), "local date of the slot")
  static let person = Column("person", .text())
  static let channel = Column("channel", .text(), "as in /channels")
  static let slot = Column("slot", .choice(Slot.allCases.map(\.rawValue)))

  static func time(_ name: String, _ summary: String = "") -> Column {
    Column(
      name, .moment,
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

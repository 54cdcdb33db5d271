import Readings
import Testing
import TestSupport

@testable import Dashboard

@Suite("shapes") struct ShapeTests {
  /// Whether the check and the schema both take a value; nil where they differ.
  private func verdict(_ shape: Shape, _ value: JSON) throws -> Bool? {
    let schema = Schema(try Plain(shape.document.text()))
    let fault = schema.fault(in: try Plain(value.text()))
    let isTaken: Bool
    do {
      try shape.check(value)
      isTaken = true
    } catch {
      isTaken = false
    }
    return isTaken == (fault == nil) ? isTaken : nil
  }

  /// Demands that check and schema agree that values are taken, and others are not.
  private func expect(
    _ shape: Shape, takes good: [JSON], refuses bad: [JSON],
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    for value in good {
      #expect(try verdict(shape, value) == true, "\(value)", sourceLocation: place)
    }
    for value in bad {
      #expect(try verdict(shape, value) == false, "\(value)", sourceLocation: place)
    }
  }

  @Test("a whole number is taken from border to border, also where it is written with a fraction")
  func integers() throws {
    try expect(
      .integer(-3...7), takes: [-3, 0, 7, .number(7), .number(-3)],
      refuses: [-4, 8, .number(6.5), .number(7.000_1), .null, "7", true, .list([]), .object([:])])
    try expect(
      .integer(0...(1 << 53)), takes: [.integer(1 << 53), .number(1e15), .number(4.5e15)],
      refuses: [.number(-1), .number(1e300), .number(-1e300), .number(1e16)])
  }

  @Test("a number is taken from border to border")
  func numbers() throws {
    try expect(
      .number(0...1), takes: [0, 1, .number(0), .number(0.5), .number(1)],
      refuses: [.number((1.0).nextUp), .number(-0.000_1), 2, "0.5", .null, false])
    try expect(.number(nil), takes: [.number(-1e300), 0], refuses: ["1", .null, .list([1])])
  }

  @Test("text is counted in characters of Unicode, not in bytes")
  func lengths() throws {
    try expect(
      .text(longest: 3), takes: ["", "abc", "水水水", "🧴🧴🧴"],
      refuses: ["abcd", "水水水水", "e\u{301}e\u{301}", 1, .null])
  }

  @Test("a choice takes its words as they are written")
  func choices() throws {
    try expect(
      .choice(["morning", "evening"]), takes: ["morning", "evening"],
      refuses: ["Morning", "", " morning", "noon", .null, 1])
    try expect(.nullable(.choice(["a"])), takes: ["a", .null], refuses: ["b", "null"])
  }

  @Test(
    "a date is one of the calendar, in ten characters",
    arguments: [
      ("2026-11-29", true), ("2024-02-29", true), ("2000-02-29", true), ("0001-01-01", true),
      ("9999-12-31", true), ("2026-02-29", false), ("1900-02-29", false), ("2026-13-01", false),
      ("2026-00-10", false), ("2026-04-31", false), ("2026-01-00", false), ("2026-1-01", false),
      ("26-01-01", false), ("2026-01-01T00:00", false), (" 2026-01-01", false),
      ("2026/01/01", false), ("+026-01-01", false), ("２０２６-01-01", false), ("", false),
      ("2026-01-01\n", false),
    ])
  func dates(text: String, isDate: Bool) throws {
    #expect(try verdict(.text(.date), .text(text)) == isDate)
  }

  @Test("what is written by chance as a date is taken by both or by neither")
  func anyDates() throws {
    var random = SeededNumbers(seed: 20_261_129)
    var taken = 0
    for _ in 0..<500 {
      func digits(_ count: Int, below limit: Int) -> String {
        let text = String(Int(random.unit() * Double(limit)))
        return String(repeating: "0", count: max(0, count - text.count)) + text
      }
      let text = "\(digits(4, below: 3000))-\(digits(2, below: 14))-\(digits(2, below: 34))"
      let isTaken = try verdict(.text(.date), .text(text))
      #expect(isTaken != nil, "\(text)")
      if isTaken == true { taken += 1 }
    }
    #expect(taken > 100 && taken < 500)
  }

  @Test(
    "a name may be of any script, and has nothing in it that cannot be seen",
    arguments: [
      ("ann", true), ("Ἀνδρέας", true), ("张伟", true), ("e\u{301}", true), ("a b", true),
      ("O'Brien-Smith", true), ("🧴", true), ("", false), ("a\u{0}", false), ("a\nb", false),
      ("a\tb", false), ("\u{7F}", false), ("\u{85}", false), ("a\u{AD}b", false),
      ("\u{200B}", false), ("a\u{200D}b", false), ("\u{202E}evil", false), ("\u{2028}", false),
      ("\u{2066}x\u{2069}", false), ("\u{FEFF}ann", false), ("\u{FFF9}", false),
      ("\u{61C}", false), ("\u{180E}", false), ("\u{2060}", false), ("ann\n", false),
    ])
  func names(text: String, isName: Bool) throws {
    #expect(try verdict(.text(.name), .text(text)) == isName)
  }

  @Test("no character that can be seen is refused in a name")
  func seen() throws {
    var refused: [String] = []
    for value in UInt32(0)..<0x2_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let invisible: [Unicode.GeneralCategory] = [
        .control, .format, .lineSeparator, .paragraphSeparator, .unassigned,
      ]
      guard !invisible.contains(scalar.properties.generalCategory) else { continue }
      do { try Shape.text(.name).check(.text(String(scalar))) } catch {
        refused.append(String(value, radix: 16))
      }
    }
    #expect(refused.isEmpty)
  }

  @Test("a note may have several lines, and no NUL")
  func notes() throws {
    try expect(
      .text(.note, longest: 10), takes: ["", "two\nlines", "\r\n", "\u{200B}"],
      refuses: ["a\u{0}b", "\u{0}", "elevencharss"])
  }

  @Test(
    "a cursor is a date or a number, and how many of it were given",
    arguments: [
      ("2026-11-29", true), ("2026-11-29.3", true), ("1790000000000000.12", true), ("0", true),
      ("12345678901234567", true), ("5.123456", true), ("123456789012345678", false),
      ("5.1234567", false), ("", false), (".", false), ("5.", false), (".5", false),
      ("5.5.5", false), ("-5", false), ("5 ", false), ("5\n", false), ("2026-11", false),
      ("2026-11-29.", false), ("٣", false), ("5.٣", false), ("1;DROP TABLE touch", false),
      ("' OR 1=1 --", false),
    ])
  func cursors(text: String, isCursor: Bool) throws {
    #expect(try verdict(.text(.cursor, longest: 32), .text(text)) == isCursor)
  }

  @Test("a list, an object and a map take what is of their parts, and nothing besides")
  func wholes() throws {
    try expect(
      .list(.integer(0...1), most: 2), takes: [.list([]), .list([0, 1])],
      refuses: [.list([0, 1, 0]), .list([2]), 0, .object([:])])
    let object = Shape.object([
      .init("a", .integer(0...9)), .init("b", .nullable(.boolean), isRequired: false, "of b"),
    ])
    try expect(
      object, takes: [["a": 1], ["a": 1, "b": true], ["a": 1, "b": .null]],
      refuses: [[:], ["b": true], ["a": 1, "c": 1], ["a": .null], ["a": 1, "b": 1], .list([]), 1])
    try expect(
      .map(.number(0...5)), takes: [.object([:]), ["x": 5, "": 0]],
      refuses: [["x": 6], ["x": "1"], .null])
  }

  @Test("values made by chance are taken by check and schema alike")
  func chance() throws {
    var maker = ValueMaker(seed: 42)
    var taken = 0
    for _ in 0..<300 {
      let shape = maker.shape(depth: 2)
      for _ in 0..<10 {
        let value = maker.value(near: shape)
        let verdict = try verdict(shape, value)
        #expect(verdict != nil, "\(shape) and \(value)")
        if verdict == true { taken += 1 }
      }
    }
    // Half of the tries or so, lest one answer be the only one that is tried.
    #expect(taken > 500 && taken < 2800)
  }

  @Test("a fault is pointed at as RFC 6901 has it")
  func pointers() {
    let shape = Shape.object([.init("a", .list(.object([.init("b", .integer(0...1))])))])
    #expect(pointer(shape, ["a": [["b": 1], ["b": 2]]]) == "/a/1/b")
    #expect(pointer(shape, ["a": [["b": 1, "c": 1]]]) == "/a/0/c")
    #expect(pointer(shape, ["a": [[:]]]) == "/a/0/b")
    #expect(pointer(shape, []) == "")
    #expect(pointer(shape, ["a": [], "x/y~z": 1]) == "/x~1y~0z")
    #expect(pointer(.map(.boolean), ["m/n": 1]) == "/m~1n")
  }

  private func pointer(_ shape: Shape, _ value: JSON) -> String? {
    do {
      try shape.check(value)
      return nil
    } catch {
      return error.pointer
    }
  }
}

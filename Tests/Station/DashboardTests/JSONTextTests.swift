import FoundationEssentials
import Readings
import Testing
import TestSupport

@testable import Dashboard

@Suite("JSON text") struct JSONTextTests {
  @Test(
    "each kind of value is written as another reader reads it",
    arguments: [
      (JSON.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.integer(-7), "-7"),
      (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
      (.number(0.1), "0.1"), (.number(46), "46"), (.number(-2), "-2"),
      (.number(999_999_999_999_999), "999999999999999"),
      (.number(.nan), "null"), (.number(.infinity), "null"), (.number(-.infinity), "null"),
      (.text(""), "\"\""), (.list([]), "[]"), (.object([:]), "{}"),
      (.list([1, .null, "a"]), "[1,null,\"a\"]"),
      (.object(["b": 1, "a": [:]]), "{\"a\":{},\"b\":1}"),
    ])
  func kinds(value: JSON, expected: String) {
    #expect(value.text() == expected)
  }

  @Test("every character below 0x20, the quote and the backslash are escaped, and read back")
  func escapes() throws {
    for value in UInt32(0)..<0x250 {
      let scalar = try #require(Unicode.Scalar(value))
      let text = "a\(scalar)b"
      let written = JSON.text(text).text()
      #expect(written.unicodeScalars.allSatisfy { $0.value >= 0x20 })
      #expect(try Plain(written) == .text(text))
    }
    for text in ["\u{2028}", "🧴", "e\u{301}", "\r\n", "\"\u{301}", "\\\u{301}", "</script>"] {
      #expect(try Plain(JSON.text(text).text()).text.map { Array($0.utf8) } == Array(text.utf8))
      #expect(try Plain(JSON.object([text: 1]).text())[text] == .number(1))
    }
  }

  @Test("a number comes back to its last bit, by no more digits than it takes")
  func numbers() throws {
    var random = SeededNumbers(seed: 99)
    for _ in 0..<5000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      let written = JSON.number(number).text()
      #expect(try Plain(written) == .number(number), "\(written)")
      #expect(written.utf8.count <= 24)
    }
    let borders = [Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, .ulpOfOne]
    for number in borders + [0.1 + 0.2, 1e-7, 1e21, 123_456_789.5] {
      #expect(try Plain(JSON.number(number).text()) == .number(number))
    }
  }

  @Test("what is read of a text is what another reader reads of it")
  func parsing() throws {
    for text in [
      "null", "true", "[1,2.5,-3e2,\"a\\u00e9\\ud83e\\uddf4\"]", "{\"a\":{\"b\":[{}]}}", " 1 ",
      "{\"a\":null}", "\"\"", "9007199254740993", "1.0",
    ] {
      let value = try #require(JSON(parsing: Array(text.utf8)))
      #expect(try Plain(value.text()) == Plain(text))
    }
  }

  @Test("the same content is the same text, in whichever order it was put together")
  func order() {
    var one: [String: JSON] = [:]
    var other: [String: JSON] = [:]
    for key in 0..<50 { one["k\(key)"] = JSON(key) }
    for key in (0..<50).reversed() { other["k\(key)"] = JSON(key) }
    #expect(JSON.object(one).text() == JSON.object(other).text())
  }
}

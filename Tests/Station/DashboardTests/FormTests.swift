import FoundationEssentials
import Readings
import Store
import Testing

@testable import Dashboard

@Suite("the forms of rows") struct FormTests {
  /// Fields by lines, read as RFC 4180 has it, with nothing else let pass.
  private static func csv(_ text: String) throws -> [[String]] {
    struct Broken: Error { var at: Int }
    var rows: [[String]] = []
    var (row, field) = ([String](), [UInt8]())
    let bytes = Array(text.utf8)
    var index = 0
    func next() -> UInt8? { index < bytes.count ? bytes[index] : nil }
    while index < bytes.count {
      if next() == UInt8(ascii: "\"") {
        index += 1
        while true {
          guard let byte = next() else { throw Broken(at: index) }
          index += 1
          guard byte == UInt8(ascii: "\"") else {
            field.append(byte)
            continue
          }
          guard next() == UInt8(ascii: "\"") else { break }
          field.append(byte)
          index += 1
        }
      } else {
        while let byte = next(), byte != UInt8(ascii: ","), byte != 13 {
          // Only a quoted field may have these.
          guard byte != 10, byte != UInt8(ascii: "\"") else { throw Broken(at: index) }
          field.append(byte)
          index += 1
        }
      }
      row.append(String(decoding: field, as: UTF8.self))
      field = []
      switch next() {
      case UInt8(ascii: ","):
        index += 1
        if index == bytes.count { throw Broken(at: index) }
      case 13 where index + 1 < bytes.count && bytes[index + 1] == 10:
        index += 2
        rows.append(row)
        row = []
      default: throw Broken(at: index)
      }
    }
    guard row.isEmpty else { throw Broken(at: index) }
    return rows
  }

  @Test(
    "any text comes back out of CSV as it was",
    arguments: [
      "plain", "", "a,b", "say \"so\"", "two\nlines", "two\rlines", "two\r\nlines", "\n", "\"",
      " space ", "日本語，", "e\u{301}", "tab\there", "\u{2028}", ",", "a\"\"b",
      "\"\u{301}", ",\u{301}",
    ])
  func quoting(text: String) throws {
    let answer = Form.csv.answer(["a", "b"], [[.text(text), .integer(1)]], next: nil)
    let rows = try Self.csv(Reply(answer).text)
    #expect(rows == [["a", "b"], [text, "1"]])
  }

  @Test("a missing value is an empty field, and a number has its shortest digits")
  func cells() throws {
    let answer = Form.csv.answer(
      ["a", "b", "c"], [[.null, .real(0.1), .integer(-7)], [.real(46), .null, .real(1e-7)]],
      next: nil)
    #expect(
      try Self.csv(Reply(answer).text) == [
        ["a", "b", "c"], ["", "0.1", "-7"], ["46", "", "1e-07"],
      ])
  }

  @Test(
    "text that a spreadsheet would work out begins with an apostrophe",
    arguments: [
      "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=\u{301}1", "\t=1", "\r=1",
      "=\"a\",\n2",
    ])
  func formula(text: String) throws {
    let answer = Form.csv.answer(["a"], [[.text(text)]], next: nil)
    #expect(try Self.csv(Reply(answer).text) == [["a"], ["'" + text]])
  }

  @Test("a negative number is a number, and no formula")
  func negative() throws {
    let answer = Form.csv.answer(["a"], [[.real(-1.5)]], next: nil)
    #expect(Reply(answer).text == "a\r\n-1.5\r\n")
  }

  @Test("NDJSON is one object a line, whatever the text is")
  func lines() throws {
    let rows: [[DiaryCell]] = [[.text("two\nlines"), .null], [.text("\"\\\u{1}"), .real(0.5)]]
    let text = Reply(Form.lines.answer(["a", "b"], rows, next: nil)).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3 && lines[2].isEmpty)
    #expect(try Plain(String(lines[0])) == .object(["a": .text("two\nlines"), "b": .null]))
    #expect(
      try Plain(String(lines[1])) == .object(["a": .text("\"\\\u{1}"), "b": .number(0.5)]))
  }

  @Test("the three forms of a list have the same rows")
  func same() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        for note in ["a,b", "two\nlines", nil] {
          _ = try await store.save(
            Planted.event("sun", at: Bench.monday, note: note), at: Bench.stamp(Bench.monday))
        }
      }
      let items = try await bench.json("/api/v1/events")["items"].list
      let lines = try await bench.ask("GET", "/api/v1/events?form=ndjson")
      #expect(try lines.text.split(separator: "\n").map { try Plain(String($0)) } == items)
      let csv = try Self.csv(try await bench.ask("GET", "/api/v1/events?form=csv").text)
      let place = try #require(csv[0].firstIndex(of: "note"))
      #expect(csv.dropFirst().map { $0[place] } == ["a,b", "two\nlines", ""])
      #expect(csv.count == items.count + 1)
    }
  }

  @Test(
    "the form is what is accepted most, JSON where nothing is said",
    arguments: [
      (nil, "application/json"), ("", "application/json"), ("*/*", "application/json"),
      ("text/csv", "text/csv"), ("text/*", "text/csv"), ("TEXT/CSV", "text/csv"),
      ("application/x-ndjson", "application/x-ndjson"),
      ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
      ("text/csv;q=0.5, application/json", "application/json"),
      ("text/csv; q=0.1, */*; q=0.2", "application/json"),
      ("application/json;q=0, text/csv;q=0.1", "text/csv"),
      ("application/json;q=0, application/x-ndjson;q=0, */*", "text/csv"),
      ("application/json;q=0, */*", "text/csv"),
      ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
      ("text/csv;header=present", "text/csv"), ("text/csv, application/json", "text/csv"),
      ("text/*;q=0.2, text/csv;q=0.9, application/json;q=0.5", "text/csv"),
    ])
  func accepted(header: String?, type: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let headers = header.map { ["accept": $0] } ?? [:]
      let reply = try await bench.ask("GET", "/api/v1/slots", headers: headers)
      #expect(reply.status == 200 && reply.media == type)
    }
  }

  @Test(
    "what there is none of is not acceptable",
    arguments: ["text/html", "image/*", "text/csv;q=0", "*/*;q=0", "application/jso"])
  func notAcceptable(header: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let reply = try await bench.ask("GET", "/api/v1/slots", headers: ["accept": header])
      #expect(reply.status == 406)
      #expect(try reply.problem == "not-acceptable")
    }
  }

  @Test("a form in the query counts more than what is accepted")
  func link() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let reply = try await bench.ask(
        "GET", "/api/v1/slots?form=csv", headers: ["accept": "text/html"])
      #expect(reply.status == 200 && reply.media == "text/csv")
    }
  }
}

import FoundationEssentials
import Testing

@testable import skin2vec

@Suite struct CSVReaderTests {
  @Test(
    "fields are cut as RFC 4180 says, whatever ends the lines",
    arguments: [
      "a,b,c\n1,,3\n\"x,y\",\"say \"\"no\"\"\",\"two\nlines\"\n",
      "a,b,c\r\n1,,3\r\n\"x,y\",\"say \"\"no\"\"\",\"two\nlines\"",
      "\u{FEFF}a;b;c\n1;;3\n\n\"x,y\";\"say \"\"no\"\"\";\"two\nlines\"\n\n",
      "a\tb\tc\n1\t\t3\nx,y\t\"say \"\"no\"\"\"\t\"two\nlines\"",
    ])
  func cut(text: String) throws {
    try File.with(text) { path in
      let (columns, records) = try read(path)
      #expect(columns == ["a", "b", "c"])
      #expect(records == [.fields(["1", "", "3"]), .fields(["x,y", "say \"no\"", "two\nlines"])])
    }
  }

  @Test("a line number is that of the line a record begins on")
  func lineNumbers() throws {
    try File.with("a\n\"one\ntwo\"\n\n3\n") { path in
      let reader = try CSVReader(LineBuffer(path: path))
      _ = try reader.next()
      #expect(reader.line == 2)
      _ = try reader.next()
      #expect(reader.line == 5)
    }
  }

  @Test("a quote that never ends costs its own line only")
  func openQuote() throws {
    try File.with("a,b\n1,2\n\"3,4\n5,6\n") { path in
      let records = try read(path).records
      #expect(records.count == 3)
      #expect(records[0] == .fields(["1", "2"]))
      #expect(records[1].fault?.contains("never closed") == true)
      #expect(records[2] == .fields(["5", "6"]))
    }
  }

  @Test("text behind a closing quote is refused")
  func textBehindQuote() throws {
    try File.with("a,b\n\"1\"x,2\n3,4\n") { path in
      let records = try read(path).records
      #expect(records[0].fault?.contains("behind a closing quote") == true)
      #expect(records[1] == .fields(["3", "4"]))
    }
  }

  @Test("a line of 10 MB is refused, and the next one is read")
  func longLine() throws {
    try File.with("a,b\n" + String(repeating: "7", count: 10 << 20) + ",1\n3,4\n") { path in
      let records = try read(path).records
      #expect(records.count == 2)
      #expect(records[0].fault?.contains("longer than 1 MB") == true)
      #expect(records[1] == .fields(["3", "4"]))
    }
  }

  @Test("bytes that are no UTF-8, and a NUL, are refused with their line")
  func bytes() throws {
    var bytes = Array("a,b\n1,\u{B5}g\n".utf8)
    bytes += [0x31, 0x2C, 0xB5, 0x0A, 0x31, 0x00, 0x2C, 0x32, 0x0A, 0x35, 0x2C, 0x36]
    try File.with(bytes) { path in
      let records = try read(path).records
      #expect(records[0] == .fields(["1", "\u{B5}g"]))
      #expect(records[1].fault == "not UTF-8")
      #expect(records[2].fault == "a NUL byte")
      #expect(records[3] == .fields(["5", "6"]))
    }
  }

  @Test("records across the reader's blocks are whole")
  func blocks() throws {
    let rows = (0..<200_000).map { "\($0),\"\($0 * 7)\"" }
    try File.with("a,b\n" + rows.joined(separator: "\n")) { path in
      let records = try read(path).records
      #expect(records.count == 200_000)
      let isWhole = records.enumerated().allSatisfy { $1 == .fields(["\($0)", "\($0 * 7)"]) }
      #expect(isWhole)
    }
  }

  @Test("a file without a header says so", arguments: ["", "\n\n", "\"a"])
  func noHeader(text: String) throws {
    try File.with(text) { path in
      let failure = #expect(throws: Failure.self) { try CSVReader(LineBuffer(path: path)) }
      #expect(failure?.status == .badData)
    }
  }
}

@Suite struct NDJSONReaderTests {
  @Test("members are found by name, in any order, with every escape")
  func members() throws {
    let text = #"""
      {"a":1.5,"b":"x\"\\\/\n\u00e9\ud83d\ude00","c":null}
      {"c":true, "a":-2e3 , "b":""}

      {"b":"new","d":7}
      """#
    try File.with(text) { path in
      let reader = try NDJSONReader(LineBuffer(path: path))
      #expect(reader.columns == ["a", "b", "c"])
      let first = try #require(try reader.next())
      #expect(first.map(\.text) == ["1.5", "x\"\\/\n\u{E9}\u{1F600}", ""])
      #expect(first[2].isNull)
      #expect(try reader.next()?.map(\.text) == ["-2e3", "", "true"])
      #expect(try reader.next()?.map(\.text) == ["", "new", "", "7"])
      #expect(reader.columns == ["a", "b", "c", "d"])
      #expect(reader.line == 4)
    }
  }

  @Test(
    "anything else is refused",
    arguments: [
      "[1]", "{\"a\":1", "{\"a\":}", "{\"a\":{}}", "{\"a\":[1]}", "{\"a\":01x}", "{a:1}",
      "{\"a\":1} x",
      "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\x\"}", "nonsense", "{\"a\" 1}",
    ])
  func refused(line: String) throws {
    try File.with("{\"a\":1}\n" + line + "\n{\"a\":2}\n") { path in
      let reader = try NDJSONReader(LineBuffer(path: path))
      _ = try reader.next()
      #expect(throws: LineFault.self) { _ = try reader.next() }
      #expect(reader.line == 2)
      #expect(try reader.next()?.map(\.text) == ["2"])
    }
  }
}

/// A record, or why there is none.
private enum Read: Equatable {
  case fields([String])
  case refused(String)

  var fault: String? { if case .refused(let reason) = self { reason } else { nil } }
}

private func read(_ path: String) throws -> (columns: [String], records: [Read]) {
  let reader = try CSVReader(LineBuffer(path: path))
  var records: [Read] = []
  while true {
    do {
      guard let fields = try reader.next() else { return (reader.columns, records) }
      records.append(.fields(fields.map(\.text)))
    } catch let fault as LineFault {
      records.append(.refused(fault.reason))
    }
  }
}

/// A file of its own for a test.
enum File {
  static func with<T>(_ text: String, _ body: (String) throws -> T) throws -> T {
    try with(Array(text.utf8), body)
  }

  static func with<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
    let url = FileManager.default.temporaryDirectory.appending(
      path: "skin2vec-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    // A file left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }
}

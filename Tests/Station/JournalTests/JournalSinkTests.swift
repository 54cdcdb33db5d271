import Journal
import Logging
import Readings
import Testing

@Suite struct JournalSinkTests {
  let receiver: Receiver
  let writer: NoticeWriter

  init() throws {
    receiver = try Receiver()
    let sink = try #require(JournalSink(identifier: "skin2vecd", path: receiver.path))
    writer = NoticeWriter(sink, level: .info)
  }

  @Test("a notice arrives with its text, priority, program, fields and kind")
  func wholeNotice() {
    writer.write(
      Notice(.tapSaved, "saved", priority: .notice, fields: [.init("SLOT", "evening")]))
    #expect(
      receiver.nextEntry() == [
        "MESSAGE": "saved", "PRIORITY": "5", "SYSLOG_IDENTIFIER": "skin2vecd", "SLOT": "evening",
        "KIND": "tapSaved", "MESSAGE_ID": "2681c47c39d64512aa90b6560a593ec0",
      ])
  }

  @Test("a value with line breaks is framed by its length, byte for byte")
  func binaryFraming() throws {
    writer.write(Notice(.failure, "a\nPRIORITY=0\nb"))
    let bytes = try #require(receiver.next())
    // 14 bytes of value, as 64 bits little-endian.
    let expected = Array("MESSAGE\n".utf8) + [14, 0, 0, 0, 0, 0, 0, 0] + "a\nPRIORITY=0\nb\n".utf8
    #expect(Array(bytes.prefix(expected.count)) == expected)
  }

  @Test("text in any script arrives unharmed")
  func unicode() {
    writer.write(Notice(.failure, "Größe 皮肤 µg/m³"))
    #expect(receiver.nextEntry()?["MESSAGE"] == "Größe 皮肤 µg/m³")
  }

  @Test(
    "a field's name is made one that journald takes",
    arguments: [
      ("slot", "SLOT"), ("request-id", "REQUEST_ID"), ("_PID", "FIELD__PID"),
      ("7day", "FIELD_7DAY"),
      ("größe", "GR_SSE"), ("", "FIELD_"), ("message", "FIELD_MESSAGE"),
    ])
  func fieldNames(name: String, expected: String) {
    writer.write(Notice(.failure, "x", fields: [.init(name, "value")]))
    #expect(receiver.nextEntry()?[expected] == "value")
  }

  @Test("a field's name is cut to the 64 letters that journald takes")
  func longFieldName() {
    writer.write(
      Notice(.failure, "x", fields: [.init(String(repeating: "A", count: 70), "value")]))
    #expect(receiver.nextEntry()?[String(repeating: "A", count: 64)] == "value")
  }

  @Test("a value too long for one datagram is cut, and said to be")
  func longValue() throws {
    writer.write(Notice(.failure, String(repeating: "é", count: 100_000)))
    let message = try #require(receiver.nextEntry()?["MESSAGE"])
    #expect(message.count > 20_000)
    #expect(message.hasSuffix(" …"))
  }

  @Test("a line less important than the level is not written")
  func level() {
    writer.write(Notice(.failure, "x", priority: .debug))
    #expect(receiver.next() == nil)
  }

  @Test("where nobody takes it, a line goes to the printer instead")
  func fallback() throws {
    let pipe = try Pipe()
    let sink = try #require(
      JournalSink(
        identifier: "x", path: "/nowhere/socket",
        fallback: NoticePrinter(descriptor: pipe.input) { _ in "now" }))
    NoticeWriter(sink).write(Notice(.failure, "lost"))
    #expect(pipe.read() == "now lost\n")
  }

  @Test("where nobody takes it and nobody reads, a line is left out and nothing waits")
  func stuckFallback() throws {
    let pipe = try Pipe()
    let sink = try #require(
      JournalSink(
        identifier: "x", path: "/nowhere/socket",
        fallback: NoticePrinter(descriptor: pipe.input) { _ in "now" }))
    // A pipe holds 64 KiB; a thousand of these would wait for ever.
    for _ in 0..<1000 {
      NoticeWriter(sink).write(Notice(.failure, String(repeating: "a", count: 200)))
    }
    #expect(pipe.read().hasPrefix("now aaa"))
  }

  @Test("a library's line arrives with its logger, metadata and place in the code")
  func library() throws {
    var logger = Logger(label: "lifecycle") { label in
      NoticeLogHandler(label: label, writer: writer, level: .info)
    }
    logger[metadataKey: "service"] = "store"
    logger.warning("slow", metadata: ["took-ms": "9"])
    logger.debug("not written")
    let fields = try #require(receiver.nextEntry())
    #expect(fields["MESSAGE"] == "lifecycle: slow service=store took-ms=9")
    #expect(fields["PRIORITY"] == "4")
    #expect(fields["LOGGER"] == "lifecycle")
    #expect(fields["SERVICE"] == "store")
    #expect(fields["TOOK_MS"] == "9")
    #expect(fields["CODE_FUNC"] == "library()")
    #expect(receiver.next() == nil)
  }

  @Test("a path too long for a socket has no sink")
  func longPath() {
    #expect(JournalSink(identifier: "x", path: "/" + String(repeating: "a", count: 107)) == nil)
  }
}

import Glibc
@testable import Journal
import Readings
import Testing

/// Two ends of a pipe: what is written to one is read from the other.
final class Pipe {
  let input: Int32
  private let output: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Receiver.Failure(code: errno) }
    (output, input) = (ends[0], ends[1])
  }

  deinit {
    close(input)
    close(output)
  }

  /// What has been written so far; at least something must have been.
  func read() -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(output, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
  }
}

@Suite struct NoticePrinterTests {
  let plain = NoticePrinter(descriptor: -1, colour: .never) { time in
    time.map { "T\($0.seconds)" } ?? "now"
  }

  @Test("a line has the local time of its stamp, and the word of its priority")
  func wording() {
    let stamp = Stamp(utc: .seconds(7), bootID: "", bootMicroseconds: 0, trust: .synced)
    #expect(plain.line(for: Notice(.failure, "x", stamp: stamp)) == "T7 x")
    #expect(plain.line(for: Notice(.failure, "x", priority: .warning)) == "now warning: x")
    #expect(plain.line(for: Notice(.failure, "x", priority: .error)) == "now error: x")
  }

  @Test("what a terminal would obey is taken out of a text")
  func controlCharacters() {
    #expect(plain.line(for: Notice(.failure, "a\u{1B}[2Jb\u{07}c")) == "now a[2Jbc")
  }

  @Test("colour is for terminals: a pipe gets none")
  func pipeHasNoColour() throws {
    let pipe = try Pipe()
    let printer = NoticePrinter(descriptor: pipe.input) { _ in "now" }
    NoticeWriter(printer).write(Notice(.failure, "x", priority: .error))
    #expect(pipe.read() == "now error: x\n")
  }

  @Test("colour can be asked for, and ends with the line")
  func colour() {
    let printer = NoticePrinter(descriptor: -1, colour: .always) { _ in "now" }
    let line = printer.line(for: Notice(.failure, "x", priority: .error))
    #expect(line == "\u{1B}[2mnow\u{1B}[0m \u{1B}[31merror: x\u{1B}[0m")
  }

  @Test("standard error is the journal's only where device and inode are the stream's")
  func journalStream() {
    #expect(JournalSink.isStream("8:12345", device: 8, inode: 12345))
    #expect(!JournalSink.isStream("8:12345", device: 8, inode: 1))
    #expect(!JournalSink.isStream("8:12345", device: 9, inode: 12345))
    #expect(!JournalSink.isStream("8", device: 8, inode: 8))
    #expect(!JournalSink.isStream("", device: 0, inode: 0))
  }
}

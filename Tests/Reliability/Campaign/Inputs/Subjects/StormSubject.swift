import Control
import FoundationEssentials
import Glibc
import Synchronization

/// Many at once who do not behave: half a line and silence, a line without an end, a byte at a time.
///
/// One who does behave must be answered all the same, and nothing be left open.
final class StormSubject: InputSubject {
  let examples: [Example]
  let isText = true
  private let path: String
  private let thread = BlockingThread()
  private static let crowd = 24

  init(_ corpus: Corpus) throws {
    examples = try corpus.examples("requests")
    path = corpus.scratch + "/control.sock"
    var limits = ControlServer.Limits()
    limits.patience = .milliseconds(30)
    let server = try ControlServer(path: path, limits: limits)
    Task { try await server.serve { _, _ in .done("taken") } }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let path = path
    let before = ProcessFigures.files
    let crowd = try await thread.run {
      try (0..<Self.crowd).map { number in try Self.misbehave(number, bytes, at: path) }
    }
    // The threads that everybody shares go on.
    let start = ProcessFigures.now
    await Task.detached {}.value
    let pause = ProcessFigures.now - start
    let answer = try await thread.run {
      // Those before it in the queue may take their patience each, eight at a time.
      try ControlClient(path: path, patience: .seconds(5)).send(.status)
    }
    for socket in crowd { socket.end() }
    try Broken.unless(pause < 1_000_000_000, "the shared threads stood still for \(pause) ns")
    try Broken.unless(answer == .done("taken"), "the answer was \(answer)")
    try await settle(before)
    return .taken("answered")
  }

  private static func misbehave(_ number: Int, _ bytes: [UInt8], at path: String) throws
    -> RawSocket
  {
    let socket = try RawSocket(connectingTo: path)
    let line = bytes.filter { $0 != 0x0A }
    switch number % 6 {
    case 0: break
    case 1: socket.write(Array(line.prefix(line.count / 2)))
    case 2: socket.write([UInt8](repeating: 0x61, count: 70_000))
    case 3: socket.write(line + [0x0A])
    case 4:
      socket.write(line + [0x0A])
      socket.endWriting()
    default: for byte in line.prefix(20) { socket.write([byte]) }
    }
    return socket
  }

  /// Waits until as few files are open as before.
  private func settle(_ before: UInt64) async throws {
    for _ in 0..<500 {
      if ProcessFigures.files <= before { return }
      _ = try await thread.run { usleep(10_000) }
    }
    throw Broken("\(ProcessFigures.files) files are open, before there were \(before)")
  }
}

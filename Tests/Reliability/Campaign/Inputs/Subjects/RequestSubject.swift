import Control
import FoundationEssentials
import Synchronization

/// The daemon's side of the control socket: a real server that is asked anything.
final class RequestSubject: InputSubject {
  let examples: [Example]
  let tokens = [
    "\"request\":", "\"status\"", "\"score\"", "\"event\"", "\"calibrate\"", "\"measure\"",
    "\"version\":1", "\"version\":2", "\"time\":", "\"person\":", "skin.moisture", "air.pm2_5",
    "\"weight\":", "\"parameters\":{}", "\"channels\":[]", "null", "\\u0000", "1e999",
  ].map { Array($0.utf8) }
  let isText = true

  private let path: String
  private let thread = BlockingThread()
  private let ear = Ear()

  init(_ corpus: Corpus) throws {
    examples = try corpus.examples("requests")
    path = corpus.scratch + "/control.sock"
    let server = try ControlServer(path: path)
    // It serves for as long as the worker lives.
    Task { [ear] in
      try await server.serve { request, _ in
        ear.check(request)
        return .done("taken")
      }
    }
  }

  /// Hears what the server understood.
  private final class Ear: Sendable {
    private let problem = Mutex<String?>(nil)

    /// What was understood must be the same once it was written and read again.
    func check(_ request: ControlRequest) {
      let again = (try? JSONEncoder().encode(request)).flatMap {
        try? JSONDecoder().decode(ControlRequest.self, from: $0)
      }
      if let fault = request.problem { problem.withLock { $0 = "asked for, though \(fault)" } }
      if again != request { problem.withLock { $0 = "\(request) is not the same once encoded" } }
    }

    func takeProblem() -> String? { problem.withLock { $0.take() } }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let (path, sum) = (path, bytes.reduce(0) { $0 &* 31 &+ Int($1) })
    let line = try await thread.run { () throws -> [UInt8] in
      let socket = try RawSocket(connectingTo: path)
      defer { socket.end() }
      let whole = bytes.contains(0x0A) ? bytes : bytes + [0x0A]
      // Some come in two pieces, and some end without a line.
      let cut = sum & 7 == 0 ? whole.count / 2 : sum & 31 == 1 ? whole.count - 1 : whole.count
      socket.write(Array(whole[..<cut]))
      if sum & 31 != 1 { socket.write(Array(whole[cut...])) }
      socket.endWriting()
      return socket.read()
    }
    if let problem = ear.takeProblem() { throw Broken(problem) }
    // Half a request has no answer: nobody knows what it was to be.
    if line.isEmpty { return .refused("nothing") }
    let said = try SaidByServer.read(line)
    return said.result == "done" ? .taken(line) : .refused(line)
  }
}

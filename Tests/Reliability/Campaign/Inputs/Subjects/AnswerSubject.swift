import CommandDecoders
import Control
import Synchronization

/// The command line's side of the control socket: a daemon that answers anything.
final class AnswerSubject: InputSubject {
  let examples: [Example]
  let tokens = [
    "\"result\":", "\"status\"", "\"done\"", "\"refused\"", "\"version\":1", "\"uptime_s\":",
    "\"age_s\":", "\"counters\":{}", "\"parts\":[]", "\"written_today_bytes\":", "null", "1e999",
  ].map { Array($0.utf8) }
  let isText = true

  private let path: String
  private let listener: RawSocket
  private let asking = BlockingThread()
  private let answering = BlockingThread()

  init(_ corpus: Corpus) throws {
    examples = try corpus.examples("answers")
    path = corpus.scratch + "/control.sock"
    listener = try RawSocket(listeningAt: path)
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let (path, listener, asking, answering) = (path, listener, asking, answering)
    async let heard: Void = answering.run {
      let socket = listener.accepted()
      _ = socket.read(untilLine: true)
      socket.write(bytes.contains(0x0A) ? bytes : bytes + [0x0A])
      socket.end()
    }
    let answer = try await asking.run { () throws -> Answer in
      do throws(ControlError) {
        return try Self.judge(try ControlClient(path: path, patience: .seconds(5)).send(.status))
      } catch {
        return .refused([error.description, error.hint])
      }
    }
    try await heard
    return answer
  }

  /// Whatever was understood can be shown.
  private static func judge(_ response: ControlResponse) throws(ControlError) -> Answer {
    guard case .status(let status) = response else { return .taken(response) }
    do {
      return .taken(try StatusDecoder.words(of: status))
    } catch {
      throw .malformed("cannot be shown: \(error)")
    }
  }
}

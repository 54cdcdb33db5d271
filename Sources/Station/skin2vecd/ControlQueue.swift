import Acquisition
import Bus
import Control
import FoundationEssentials
import Synchronization
import Tape

/// What the command line wants written, one at a time, through the deck.
final class ControlQueue: Sendable {
  private struct Asked: Sendable {
    var request: ControlRequest
    var reply: CheckedContinuation<ControlResponse, Never>
  }

  private let asked = Mailbox<Asked>()
  private let present = Mutex<CheckedContinuation<ControlResponse, Never>?>(nil)
  private let isClosed = Mutex(false)

  /// Waits for the answer to a request.
  func answer(to request: ControlRequest) async -> ControlResponse {
    await withCheckedContinuation { reply in
      let isClosed = isClosed.withLock { isClosed in
        if !isClosed { asked.send(Asked(request: request, reply: reply)) }
        return isClosed
      }
      if isClosed { reply.resume(returning: Self.stopping) }
    }
  }

  /// Answers one request after another until cancelled.
  ///
  /// - Parameters:
  ///   - deck: What they pass through.
  ///   - clock: What is waited by.
  ///   - handle: Does what is asked.
  func serve(
    through deck: any Deck, on clock: any StationClock,
    _ handle: (ControlRequest) async -> ControlResponse
  ) async {
    while let request = await next(through: deck, on: clock) {
      let response = await handle(request)
      reply(response)
    }
    isClosed.withLock { $0 = true }
    while let late = asked.take() { late.reply.resume(returning: Self.stopping) }
  }

  private func next(through deck: any Deck, on clock: any StationClock) async -> ControlRequest? {
    while true {
      let outcome = await deck.hear("control") {
        guard let asked = await self.asked.next(on: clock) else { return .ended }
        self.present.withLock { $0 = asked.reply }
        // A request came as JSON and can be written as such.
        return .bytes((try? JSONEncoder().encode(asked.request)).map { Array($0) } ?? [])
      }
      guard case .bytes(let bytes) = outcome else { return nil }
      if let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(bytes)) {
        return request
      }
      reply(.refused(problem: "the request is not understood", hint: "ask again"))
    }
  }

  private func reply(_ response: ControlResponse) {
    let reply = present.withLock { present in
      defer { present = nil }
      return present
    }
    reply?.resume(returning: response)
  }

  private static let stopping = ControlResponse.refused(
    problem: "the daemon is stopping", hint: "try again when it has started")
}

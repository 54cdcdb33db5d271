import Dispatch
import Glibc
import Journal
import ServiceLifecycle
import Synchronization

/// How often a work has come round.
final class Turns: Sendable {
  private let count = Atomic<UInt64>(0)

  func add() { count.wrappingAdd(1, ordering: .relaxed) }

  var all: UInt64 { count.load(ordering: .relaxed) }
}

/// Tells systemd that the pages are served, as long as that is seen: the diary is looked at, and the
/// server answers a question of its own.
struct Watch: Service {
  let notifier: SystemdNotifier
  /// Of the look at the diary.
  let turns: Turns
  /// Whether the server answers.
  let isAnswering: @Sendable () async -> Bool
  /// How it is, in one sentence.
  let sentence: @Sendable () async -> String
  /// From one look to the next.
  let period: Duration

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var seen: UInt64 = 0
      // The sleep is cancelled at shutdown.
      while (try? await Task.sleep(for: period)) != nil { seen = await look(since: seen) }
    }
  }

  /// Looks once, and tells what it saw; how often the work had come round.
  func look(since seen: UInt64) async -> UInt64 {
    let all = turns.all
    guard all != seen, await isAnswering() else { return seen }
    notifier.watchdog()
    notifier.status(await sentence())
    return all
  }
}

/// A question to the own server, as anybody may ask it.
struct OwnQuestion: Sendable {
  let address: String
  let port: Int

  private static let queue = DispatchQueue(label: "own question")
  private static let patience = 5

  /// Whether it is answered.
  func isAnswered() async -> Bool {
    // Its calls block, and have a thread of their own.
    await withCheckedContinuation { continuation in
      Self.queue.async { continuation.resume(returning: ask()) }
    }
  }

  private func ask() -> Bool {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(address, String(port), &hints, &found) == 0, let place = found?.pointee
    else { return false }
    defer { freeaddrinfo(found) }
    let kind = place.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(place.ai_family, kind, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    guard connect(descriptor, place.ai_addr, place.ai_addrlen) == 0 else { return false }
    let host = address.contains(":") ? "[\(address)]" : address
    let question = "HEAD /pair HTTP/1.1\r\nhost: \(host):\(port)\r\nconnection: close\r\n\r\n"
    guard send(descriptor, question, question.utf8.count, Int32(MSG_NOSIGNAL)) > 0 else {
      return false
    }
    var answer = [UInt8](repeating: 0, count: 12)
    let count = recv(descriptor, &answer, answer.count, Int32(MSG_WAITALL))
    return count == answer.count && String(decoding: answer, as: UTF8.self) == "HTTP/1.1 200"
  }
}

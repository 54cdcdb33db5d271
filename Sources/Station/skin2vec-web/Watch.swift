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

  /// Whether it is answered.
  func isAnswered() async -> Bool {
    await PlainExchange(host: address, port: port, isAddress: true).status(of: "HEAD /pair") == 200
  }
}

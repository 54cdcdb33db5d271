import Acquisition
import Dispatch
import Glibc
import Synchronization

/// The stop that systemd, or somebody at a terminal, orders.
///
/// It is heard from the moment this is made, whatever the station is at: between two lives, while new
/// settings come into force, nobody would listen, and the signal would end the process as a kill does.
final class StopOrder: Sendable {
  private let order = Mailbox<Void>()
  private let sources: Mutex<[any DispatchSourceSignal]>

  /// Hears SIGTERM and SIGINT from now on.
  init() {
    let (order, queue) = (order, DispatchQueue(label: "stop"))
    let sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { order.interrupt() }
      source.activate()
      return source
    }
    self.sources = Mutex(sources)
  }

  /// Returns once it was given, or soon after the caller is cancelled.
  @Sendable func wait() async { await order.interruption() }
}

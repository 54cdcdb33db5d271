import Glibc

/// Tells systemd how the daemon is, by the protocol of sd_notify(3).
///
/// Where nobody listens ($NOTIFY_SOCKET is not set) every call does nothing.
package struct SystemdNotifier: Sendable {
  private let socket: DatagramSocket?
  /// Within which systemd wants to hear `watchdog()`; nil where it does not watch this process.
  ///
  /// Call at least twice as often.
  package let watchdogInterval: Duration?

  /// A notifier as the environment has it.
  package init(environment: (String) -> String? = environmentVariable) {
    socket = environment("NOTIFY_SOCKET").flatMap { path in
      path.hasPrefix("/") || path.hasPrefix("@") ? DatagramSocket(to: path) : nil
    }
    let isMeant = environment("WATCHDOG_PID").map { $0 == String(getpid()) } ?? true
    let microseconds = environment("WATCHDOG_USEC").flatMap { Int64($0) } ?? 0
    watchdogInterval = isMeant && microseconds > 0 ? .microseconds(microseconds) : nil
  }

  /// Whether somebody listens.
  package var isHeard: Bool { socket != nil }

  /// Start-up, or a reload, is done.
  package func ready(status: String) { send(["READY=1", "STATUS=" + oneLine(status)]) }

  /// One sentence for `systemctl status`.
  package func status(_ sentence: String) { send(["STATUS=" + oneLine(sentence)]) }

  /// The daemon has shown that it works; to be called by the work, never by a timer of its own.
  package func watchdog() { send(["WATCHDOG=1"]) }

  /// The daemon is on its way out.
  package func stopping(status: String) { send(["STOPPING=1", "STATUS=" + oneLine(status)]) }

  /// The settings are being read again; `ready` ends it.
  package func reloading() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    send(["RELOADING=1", "MONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)"])
  }

  private func send(_ lines: [String]) {
    // systemd always takes these in time, unless it is itself in trouble; then a second is enough.
    _ = socket?.send(Array(lines.joined(separator: "\n").utf8), patience: .seconds(1))
  }

  /// A line break would begin another variable.
  private func oneLine(_ text: String) -> String {
    text.replacing("\n", with: " ")
  }
}

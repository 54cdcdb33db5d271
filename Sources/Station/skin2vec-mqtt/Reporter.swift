import Glibc
import Journal

/// Says what happens: to a person at a terminal, or to the journal and systemd.
struct Reporter: Sendable {
  enum Level: Int, Sendable { case error = 3, warning = 4, info = 6 }

  /// Takes a line.
  var say: @Sendable (Level, String) -> Void
  /// Takes a sentence on how it is, each time the work has come round.
  var turned: @Sendable (String) -> Void = { _ in }

  func say(_ level: Level, _ text: String) { say(level, text) }

  /// Lines to standard error, which systemd takes for the journal's (sd-daemon(3)).
  static func standardError(_ notifier: SystemdNotifier) -> Reporter {
    let isJournal = environmentVariable("JOURNAL_STREAM") != nil
    return Reporter { level, text in
      let line = (isJournal ? "<\(level.rawValue)>" : "skin2vec-mqtt: ") + text + "\n"
      // Standard error may be gone; there is nobody left to tell.
      _ = write(STDERR_FILENO, line, line.utf8.count)
    } turned: { sentence in
      notifier.status(sentence)
      notifier.watchdog()
    }
  }
}

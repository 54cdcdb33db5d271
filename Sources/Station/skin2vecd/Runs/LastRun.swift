import Readings

/// How the run before this one ended, where it did not end by itself.
struct LastRun: Hashable, Sendable {
  /// What is known of it.
  struct Evidence: Hashable, Sendable {
    /// What systemd said, oldest first: of the run that had the diary, and of starts that failed.
    var ends: [RunFolder.End] = []
    var word: RunFolder.Word?
    /// Whether whoever wrote the diary last has closed it.
    var isClosed: Bool
    /// Whether the diary's last line is of this boot; nil where it has none.
    var isSameBoot: Bool?
    /// When its last line is of, on the person's clock.
    var lastLine: String?
  }

  private let evidence: Evidence
  private let kind: Notice.Kind
  private let words: String

  /// Nil where there is nothing to tell.
  init?(_ evidence: Evidence) {
    self.evidence = evidence
    guard let end = evidence.ends.first else {
      guard !evidence.isClosed, let isSameBoot = evidence.isSameBoot else { return nil }
      kind = isSameBoot ? .runKilled : .powerLost
      words =
        isSameBoot
        ? "the last run did not end by itself: it was killed, or crashed"
        : "the board lost its power or was reset: the last run did not end by itself"
      return
    }
    // One that could not go on and said so has closed the diary; the reason was its last line.
    if end.result == "exit-code", evidence.isClosed { return nil }
    (kind, words) = Self.describe(end, evidence.word)
  }

  private static func describe(
    _ end: RunFolder.End, _ word: RunFolder.Word?
  ) -> (Notice.Kind, String) {
    switch (end.result, end.status) {
    case ("watchdog", _):
      (.runHung, "the last run hung and was ended by the watchdog; " + words(of: word))
    case ("timeout", _):
      (.runHung, "the last run neither started nor stopped in time and was ended")
    case ("oom-kill", _):
      (.runOutOfMemory, "the last run was ended by the kernel for want of memory")
    case ("signal", "KILL"), ("signal", "TERM"), ("signal", "INT"), ("signal", "HUP"),
      ("signal", "QUIT"):
      (.runKilled, "the last run was killed by SIG\(end.status)")
    case ("signal", _): (.runCrashed, "the last run crashed with SIG\(end.status)")
    case ("core-dump", _):
      (.runCrashed, "the last run crashed with SIG\(end.status), and its core was dumped")
    case ("exit-code", _): (.runCrashed, "the last run failed with exit status \(end.status)")
    default: (.runCrashed, "the last run failed: \(end.result) \(end.status)")
    }
  }

  private static func words(of word: RunFolder.Word?) -> String {
    guard let word else { return "it could not say any more what hung" }
    return word.hung.isEmpty
      ? "nothing else was late" : "no work was seen from " + word.hung.joined(separator: ", ")
  }

  /// What is said first.
  var notice: Notice {
    var text = words
    if let time = evidence.lastLine { text += "; its last line in the diary is of \(time)" }
    let failed = evidence.ends.count - 1
    if failed > 0 { text += "; \(failed) starts after it failed" }
    var fields: [Notice.Field] = []
    if let end = evidence.ends.first {
      fields += [.init("LAST_RESULT", end.result), .init("LAST_STATUS", end.status)]
    }
    if let hung = evidence.word?.hung, !hung.isEmpty {
      fields.append(.init("HUNG", hung.joined(separator: ", ")))
    }
    return Notice(kind, text, priority: priority, fields: fields)
  }

  /// A plug that is pulled is an everyday thing.
  private var priority: Notice.Priority {
    switch kind {
    case .powerLost: .notice
    case .runKilled: .warning
    default: .error
    }
  }
}

import Foundation
import SimulatedParts

/// One start of the daemon, and its end by SIGKILL.
struct DaemonRound {
  /// When the kill comes.
  enum Moment: String, CaseIterable {
    /// While it starts.
    case starting
    /// While it runs.
    case running
    /// While a command is being written.
    case commanded
    /// After SIGTERM, while it stops.
    case stopping
  }

  var programs: Programs
  var diary: KilledDiary
  var moment: Moment
  /// As the daemon's `--speed`.
  var speed: String
  /// For the names of things; another for every round.
  var number: Int

  /// What came of it.
  struct Result {
    var problems: [String] = []
    /// Milliseconds from the start to the first part's answer; nil where it was killed before.
    var startMilliseconds: Double?
    /// Whether the kill came before the daemon had ended by itself.
    var isKilled = true
    var linesSeen = 0
    /// Whether it died in the middle of a transaction.
    var isMidTransaction = false
  }

  /// - Throws: A `KillFault`
  func run(_ random: inout SeededGenerator) throws -> Result {
    var result = Result()
    let child = try Victim(
      programs.daemon,
      [
        "--simulate", programs.scenario, "--speed", speed, "--seed", "\(number)",
        "--database", diary.path, "--control", diary.path + ".control",
      ], output: diary.folder + ".said")
    let began = ContinuousClock.now
    var end: Victim.End?
    if moment == .starting {
      Waiting.milliseconds(60 * random.uniform())
    } else {
      end = waitForStart(child, since: began, &result)
      if end == nil { end = try live(child, &random) }
    }
    let last = end ?? child.end()
    if last != .signal(SIGKILL) {
      result.isKilled = false
      let isStopped = moment == .stopping && last == .exit(0)
      if !isStopped { result.problems.append("it ended by itself: \(last): \(child.said)") }
    }
    diary.kills += 1
    result.isMidTransaction = LogTail.framesWithoutCommit(diary.path + "-wal") > 0
    let lines = SavedLine.all(in: child.said)
    result.linesSeen = lines.count
    diary.note(lines)
    result.problems += diary.problems(new: lines)
    return result
  }

  /// Waits for the first part's answer, or the end.
  private func waitForStart(
    _ child: Victim, since began: ContinuousClock.Instant, _ result: inout Result
  ) -> Victim.End? {
    while began.duration(to: .now) < .seconds(60) {
      if let end = child.ended() { return end }
      if child.said.contains(" is there: ") {
        result.startMilliseconds = began.duration(to: .now) / .milliseconds(1)
        return nil
      }
      Waiting.milliseconds(2)
    }
    result.problems.append("it has not started within a minute: \(child.said)")
    return nil
  }

  /// Lets it live, and disturbs it.
  ///
  /// - Returns: How it ended; nil where the kill is still to come.
  private func live(_ child: Victim, _ random: inout SeededGenerator) throws -> Victim.End? {
    Waiting.milliseconds(900 * random.uniform())
    switch moment {
    case .starting, .running: return nil
    case .stopping:
      child.send(SIGTERM)
      Waiting.milliseconds(25 * random.uniform())
      return nil
    case .commanded:
      let note = "kill \(number)"
      let command = try Victim(
        programs.command,
        [
          "event", "late_night", "--at", "2026-01-05T12:00", "--note", note,
          "--database", diary.path, "--control", diary.path + ".control",
        ], output: diary.folder + ".command")
      Waiting.milliseconds(60 * random.uniform())
      let end = child.end()
      // Nobody answers any more, or the answer was there before.
      if command.wait() == .exit(0) { diary.note(event: note) }
      return end
    }
  }
}

/// What is killed, and what it is given.
struct Programs {
  var daemon: String
  var command: String
  var scenario: String
}

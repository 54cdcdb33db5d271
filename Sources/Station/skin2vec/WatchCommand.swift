import ArgumentParser
import Bus
import Glibc
import Readings
import Store
import Wording

/// `skin2vec watch`.
struct WatchCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Say when something was committed to the diary, and what.",
    discussion: """
      A line within a second of each commit, whoever made it. 'rederived' says that values that \
      were there before may have changed: times were moved, or something was worked out anew, \
      calibrated, imported, restored, withdrawn or erased; read anew what you hold. The diary is opened \
      read only, and nobody waits for this program.

      Another program can do the same itself: open the diary read only and compare \
      'PRAGMA data_version' once a second.

      Examples:
        skin2vec watch
        skin2vec watch --json | while read -r change; do ./analyse; done
        skin2vec watch --json --lines 1
      """)

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("End after so many lines.", valueName: "n"))
  var lines: Int?
  @Flag(help: "Print JSON, one object a line.")
  var json = false
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    if let lines, lines < 1 { throw ValidationError("--lines \(lines) is below 1") }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    var watch = try await DiaryWatch(path: setup.diary)
    var said = 0
    while said < lines ?? .max {
      let change = try await watch.next(on: desk.clock)
      let local = LocalClock(plan: setup.local.plan, now: desk.now)
      desk.say(json ? change.json(at: local.now).text() : change.line(local))
      said += 1
      // A pipe is read line by line.
      fflush(nil)
    }
    return .done
  }
}

extension DiaryChange {
  /// `2026-11-20 22:14:35 session 12 (2026-11-20 evening of me), 1 notice`.
  func line(_ local: LocalClock) -> String {
    var words = sessions.map {
      "session \($0.id) (\($0.key) of \($0.person.rawValue.printable))"
    }
    if notices > 0 { words.append(counted(notices, "notice")) }
    if events > 0 { words.append(counted(events, "event")) }
    if scores > 0 { words.append(counted(scores, "score")) }
    if withdrawals > 0 { words.append(counted(withdrawals, "withdrawal")) }
    if let airUntil { words.append("air until \(local.dateTimeSeconds(airUntil))") }
    if isRederived { words.append("rederived") }
    let text = words.isEmpty ? "worked out" : words.joined(separator: ", ")
    return "\(local.dateTimeSeconds(local.now)) \(text)"
  }

  /// The same for a program.
  func json(at time: Timestamp) -> JSON {
    [
      "time_utc_us": .integer(time.microseconds),
      "sessions": .list(
        sessions.map { session in
          [
            "session_id": .integer(session.id), "person": .text(session.person.rawValue),
            "local_date": .text(session.key.date.description),
            "slot": .text(session.key.slot.rawValue),
          ]
        }),
      "notices": JSON(notices), "events": JSON(events), "scores": JSON(scores),
      "withdrawals": JSON(withdrawals),
      "air_until_utc_us": JSON(airUntil?.microseconds), "rederived": JSON(isRederived),
    ]
  }
}

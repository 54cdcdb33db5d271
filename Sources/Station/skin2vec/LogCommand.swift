import ArgumentParser
import Bus
import Glibc
import Journal
import Readings
import Store
import Wording

/// `skin2vec log`.
struct LogCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "What the station said, from the diary: it outlives a journal kept in memory.",
    discussion: """
      Times are on your clock: today, yesterday, 21:30, 2026-11-20, 2026-11-20T22:00 or, for so \
      long ago, 2 h or 3 d. Without --since and --lines the last 100 lines. A ? behind a time says \
      that the clock was not set yet; once it is, the line gets its true time, and a line of kind \
      clockSet says what moved from when to when.

      Examples:
        skin2vec log --since yesterday
        skin2vec log --since "2 h" --priority warning
        skin2vec log --kind tapRefused --kind tapInterrupted --since "30 d"
        skin2vec log --grep 'sen5. 0x69'
        skin2vec log -n 20 --json | jq .text
        skin2vec log --follow
      """)

  /// The least important line that is shown, by its name.
  enum Level: String, CaseIterable, ExpressibleByArgument {
    case error, warning, notice, info, debug

    var priority: Notice.Priority {
      switch self {
      case .error: .error
      case .warning: .warning
      case .notice: .notice
      case .info: .info
      case .debug: .debug
      }
    }
  }

  @Option(help: ArgumentHelp("Lines from this time on.", valueName: "time"))
  var since: String?
  @Option(help: ArgumentHelp("Lines before this time.", valueName: "time"))
  var until: String?
  @Option(
    name: [.customShort("n"), .long], help: ArgumentHelp("Only the last so many.", valueName: "n"))
  var lines: Int?
  @Option(help: "The least important line that is shown.")
  var priority = Level.debug
  @Option(
    help: ArgumentHelp("Only lines of this kind; may be given again.", valueName: "kind"))
  var kind: [String] = []
  @Option(
    help: ArgumentHelp(
      "Only lines whose text this expression finds, in capitals or not.", valueName: "expression"))
  var grep: String?
  @Flag(help: "Go on with what is said from now on, until interrupted.")
  var follow = false
  @Flag(help: "Print JSON, one object a line.")
  var json = false
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    if let lines, lines < 0 { throw ValidationError("--lines \(lines) is below 0") }
    if follow, until != nil { throw ValidationError("--follow has no end: leave --until out") }
    for kind in kind where Notice.Kind(rawValue: kind) == nil {
      let known = Notice.Kind.allCases.map(\.rawValue).sorted().joined(separator: ", ")
      throw ValidationError("--kind \(kind.printable) is not one of \(known)")
    }
    if let grep, (try? Regex(grep)) == nil {
      throw ValidationError("--grep \(grep.printable) is not a regular expression")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let start = try since.map(setup.local.moment) ?? Timestamp(microseconds: .min)
    let end = try until.map(setup.local.moment) ?? Timestamp(microseconds: .max)
    var watch = try await DiaryWatch(path: setup.diary)
    let wanted = try filter()
    let notices = try await watch.archive.notices(
      from: start, to: end, limit: lines ?? (since == nil ? 100 : .max), wanted: wanted)
    for notice in notices { desk.say(try line(notice, setup)) }
    guard follow else { return .done }
    while true {
      let known = watch.head
      let change = try await watch.next(on: desk.clock)
      guard change.notices > 0 else { continue }
      // By their numbers: a clock that is set moves the times of lines that were shown.
      for notice in try await watch.archive.notices(after: known, wanted: wanted) {
        desk.say(try line(notice, setup))
      }
      fflush(nil)
    }
  }

  /// What the options want.
  func filter() throws -> NoticeFilter {
    var filter = NoticeFilter()
    filter.priority = priority.priority
    filter.kinds = Set(kind.compactMap { Notice.Kind(rawValue: $0) })
    if let grep {
      // It is made where it is used: an expression cannot be shared between threads. That it can be
      // made was seen when the command line was read.
      filter.text = {
        let expression = try? Regex(grep).ignoresCase()
        return { text in expression.flatMap { try? $0.firstMatch(in: text) } != nil }
      }
    }
    return filter
  }

  private func line(_ notice: Notice, _ setup: Setup) throws -> String {
    guard !json else { return notice.json.text() }
    let local = setup.local
    let mark = notice.stamp?.trust == .unsynced ? "?" : ""
    let printer = NoticePrinter(colour: setup.desk.paint.isOn ? .always : .never) { moment in
      moment.map { local.dateTimeSeconds($0) + mark } ?? "no time"
    }
    return printer.line(for: notice)
  }
}

extension Notice {
  /// The notice as a program reads it.
  var json: JSON {
    [
      "time_utc_us": JSON(stamp?.utc.microseconds), "clock": JSON(stamp?.trust.rawValue),
      "boot_id": JSON(stamp?.bootID), "boot_us": JSON(stamp?.bootMicroseconds),
      "kind": .text(kind.rawValue), "priority": JSON(priority.rawValue), "text": .text(text),
      "fields": .object(
        Dictionary(fields.map { ($0.name, JSON.text($0.value)) }) { _, last in last }),
    ]
  }
}

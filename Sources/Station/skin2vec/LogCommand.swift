import ArgumentParser
import Bus
import Glibc
import Journal
import Readings

/// `skin2vec log`.
struct LogCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "What the station said, from the diary: it outlives a journal kept in memory.",
    discussion: """
      Times are on your clock: today, yesterday, 21:30, 2026-11-20, 2026-11-20T22:00 or, for so \
      long ago, 2 h or 3 d. Without --since and --lines the last 100 lines.

      Examples:
        skin2vec log --since yesterday
        skin2vec log --since "2 h" --priority warning
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
  @Flag(help: "Go on with what is said from now on, until interrupted.")
  var follow = false
  @Flag(help: "Print JSON, one object a line.")
  var json = false
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    if let lines, lines < 0 { throw ValidationError("--lines \(lines) is below 0") }
    if follow, until != nil { throw ValidationError("--follow has no end: leave --until out") }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let start = try since.map(setup.local.moment) ?? Timestamp(microseconds: .min)
    let end = try until.map(setup.local.moment) ?? Timestamp(microseconds: .max)
    let archive = try setup.archive()
    let limit = lines ?? (since == nil ? 100 : Int.max)
    // Less important lines are left out before the last ones are counted.
    let fetched = priority == .debug ? limit : .max
    let notices = try await archive.notices(from: start, to: end, limit: fetched).filter(isWanted)
    let printer = self.printer(setup)
    for notice in notices.suffix(limit) { desk.say(try line(notice, printer)) }
    guard follow else { return .done }
    var news = News(known: try await archive.notices(from: start, to: end, limit: News.window))
    while true {
      try await desk.clock.sleep(for: .seconds(1))
      let last = try await archive.notices(from: start, to: end, limit: News.window)
      for notice in news.take(from: last).filter(isWanted) { desk.say(try line(notice, printer)) }
      fflush(nil)
    }
  }

  private func isWanted(_ notice: Notice) -> Bool {
    notice.priority.rawValue <= priority.priority.rawValue
  }

  private func printer(_ setup: Setup) -> NoticePrinter {
    let local = setup.local
    return NoticePrinter(colour: setup.desk.paint.isOn ? .always : .never) { moment in
      moment.map { local.dateTimeSeconds($0) } ?? "no time"
    }
  }

  private func line(_ notice: Notice, _ printer: NoticePrinter) throws -> String {
    json ? try notice.json.text(isIndented: false) : printer.line(for: notice)
  }
}

/// Tells new notices from known ones by what they say, since a clock that is set moves their times.
struct News {
  /// How far back a new line is looked for.
  static let window = 200
  private var known: Set<Notice>

  init(known: [Notice]) { self.known = Set(known) }

  /// Those of the last notices that were not there before.
  mutating func take(from last: [Notice]) -> [Notice] {
    defer { known = Set(last) }
    return last.filter { !known.contains($0) }
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

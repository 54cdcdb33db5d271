import ArgumentParser
import Readings
import Settings
import Store
import Wording

extension ImportKind: ExpressibleByArgument {}
extension ImportOptions.Duplicates: ExpressibleByArgument {}
extension FileFormat: ExpressibleByArgument {}

/// `skin2vec import`.
struct ImportCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes readings from elsewhere into the diary: CSV, or JSON a line.",
    discussion: """
      Columns that 'skin2vec export' writes need no map. Otherwise --map says which column is what, \
      and in which unit: air.pm2_5[µg/m³], time, or year, month, day and hour. A line that cannot \
      be taken is refused whole, with its number, the reason and the mend; the exit status is then \
      65. An empty field says nothing; NA, NaN and null say that there was no value. Slots become \
      sessions of one touch each, at the slot's beginning, whose part is 'import'. The diary is \
      borrowed from a running skin2vecd for as long as it takes.

      Examples:
        skin2vec import air beijing.csv --zone Asia/Shanghai --part beijing --every '1 h' \\
          --map 'year=year,month=month,day=day,hour=hour,pm2.5=air.pm2_5,TEMP=air.temperature[°C]'
        skin2vec import events events.csv --dry-run
        skin2vec export touches | ssh other skin2vec import touches -
      """)

  @Argument(help: "What it is: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: ImportKind
  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: String
  @Option(help: "How it is written (default: by the file's name, else csv).")
  var format: FileFormat?
  @Option(help: ArgumentHelp("Which column is what.", valueName: "column=what[unit],…"))
  var map = ""
  @Option(help: ArgumentHelp("The clock of times without an offset.", valueName: "zone"))
  var zone: String?
  @Option(help: ArgumentHelp("iso, s, ms, us or a pattern: '%d.%m.%Y %H:%M'.", valueName: "form"))
  var timeFormat = "iso"
  @Option(help: ArgumentHelp("What measured it.", valueName: "name"))
  var part = "import"
  @Option(help: ArgumentHelp("Where, for touches and slots without a site.", valueName: "name"))
  var site: String?
  @Option(
    help: ArgumentHelp(
      "From one sample of the air to the next, where that is not the station's.",
      valueName: "duration"))
  var every: String?
  @Option(help: "What becomes of a line where the diary has something else.")
  var duplicates = ImportOptions.Duplicates.refuse
  @Flag(help: "Take nothing where any line is refused.")
  var allOrNothing = false
  @Option(
    help: ArgumentHelp("Where all refused lines are listed, as CSV.", valueName: "file"),
    completion: .file())
  var report: String?
  @OptionGroup var whose: PersonOption
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let form = try await form(setup)
    let lines = try ImportFile(path: file, form: form)
    if !lines.unused.isEmpty {
      let guess = FieldGuess.map(of: lines.unused, kind: kind, onlyChannels: true)
      desk.complain(
        "not imported: " + lines.unused.map(\.printable).joined(separator: ", ")
          + (guess.map { "; perhaps \($0)" } ?? ""))
    }
    let silent: @Sendable (String) -> Void = { _ in }
    let report = try RefusalReport(
      on: file, to: report, complain: output.json ? silent : desk.complain)
    var options = options
    options.periodSeconds = try every.map(Self.period)
    let errand = ImportErrand(
      options: options, lines: lines, report: report,
      progress: Progress(desk, isWanted: !output.json))
    let borrowing = Borrowing(setup: setup, borrower: "skin2vec import")
    let counts = try await borrowing.asWriter { store, stamp in
      try await errand.run(store, stamp)
    }
    try report.finish()
    try say(counts, lines, report, at: desk)
    return counts.refused == 0 ? .done : .badData
  }

  private var options: ImportOptions {
    let name = file == "-" ? "standard input" : file.split(separator: "/").last.map { String($0) }
    var options = ImportOptions(kind, source: name ?? file)
    options.duplicates = duplicates
    options.isAllOrNothing = allOrNothing
    options.isDryRun = writing.isDryRun
    return options
  }

  private func form(_ setup: Setup) async throws -> ImportForm {
    let person = try await whose.person(setup)
    let sites = setup.settings.people.first { $0.name == person.rawValue }?.sites ?? []
    return ImportForm(
      kind: kind, format: format ?? FileFormat(path: file), map: map,
      timeFormat: try TimeFormat(option: timeFormat), zone: try zone.map(Self.rules),
      now: setup.local.now, part: part, person: person, site: Site(site ?? sites.first ?? "cheek"),
      plan: setup.local.plan)
  }

  private static func period(_ text: String) throws -> Double {
    do {
      return try Format.duration(in: .seconds(1)...(.seconds(86_400))).read(text) / .seconds(1)
    } catch {
      throw Failure(
        .usage, "--every `\(text.printable)` is no duration from 1 s to 24 h", hint: "write 1 h")
    }
  }

  private static func rules(_ name: String) throws(ZoneError) -> ZoneRules {
    name.lowercased() == "utc" ? .utc : try ZoneRules(named: name)
  }

  private func say(
    _ counts: ImportCounts, _ lines: ImportFile, _ report: RefusalReport, at desk: Desk
  ) throws {
    if output.json {
      desk.say(try json(counts, report).indented())
      return
    }
    let isNothing = writing.isDryRun || allOrNothing && counts.refused > 0
    let verb =
      writing.isDryRun ? "would take" : isNothing ? "took nothing; would have taken" : "took"
    desk.say("\(verb) \(counts.words(of: kind)) from \(options.source.printable)")
    if lines.repeated > 0 {
      desk.say(
        "\(counted(lines.repeated, "time")) came twice as the clocks were put back: "
          + "the first was taken, and the second where the order of lines says so")
    }
  }

  private func json(_ counts: ImportCounts, _ report: RefusalReport) -> JSON {
    [
      "kind": .text(kind.rawValue), "source": .text(options.source),
      "dry_run": JSON(writing.isDryRun), "lines": JSON(counts.lines),
      "taken": JSON(counts.taken), "replaced": JSON(counts.replaced),
      "known": JSON(counts.known), "refused": JSON(counts.refused),
      "stored": JSON(!writing.isDryRun && !(allOrNothing && counts.refused > 0)),
      "from_utc_us": JSON(counts.from?.microseconds),
      "through_utc_us": JSON(counts.through?.microseconds),
      "refusals": .list(report.first.map(\.json)),
    ]
  }
}

/// The work of an import, with the diary in hand.
private struct ImportErrand: Sendable {
  var options: ImportOptions
  var lines: ImportFile
  var report: RefusalReport
  var progress: Progress

  func run(_ store: Store, _ stamp: Stamp) async throws -> ImportCounts {
    let ahead = ReadAhead { [lines] in try lines.next() }
    defer { ahead.cancel() }
    let (report, progress, options) = (report, progress, options)
    let counts = try await store.importLines(
      options, at: stamp, next: { try ahead.next() },
      hear: { refused, counts in
        try report.add(refused)
        progress.show("\(grouped(counts.lines)) lines, \(grouped(counts.refused)) refused")
      },
      announcing: { counts in
        Notice(
          .imported, "imported \(counts.words(of: options.kind)) from \(options.source.printable)",
          priority: .notice,
          fields: [
            .init("SOURCE", options.source), .init("WHAT", options.kind.rawValue),
            .init("TAKEN", String(counts.taken)), .init("KNOWN", String(counts.known)),
            .init("REFUSED", String(counts.refused)),
          ])
      })
    progress.clear()
    return counts
  }
}

extension ImportCounts {
  /// What became of the lines, in words.
  func words(of kind: ImportKind) -> String {
    let changed = replaced > 0 ? " (\(grouped(replaced)) in place of others)" : ""
    return "\(counted(taken, "line")) of \(kind.rawValue)\(changed), \(grouped(known)) known, "
      + "\(grouped(refused)) refused,"
  }
}

extension TimeFormat {
  /// The form that `--time-format` names.
  init(option: String) throws(Failure) {
    switch option {
    case "iso": self = .iso
    case "s": self = .since1970(microseconds: 1_000_000)
    case "ms": self = .since1970(microseconds: 1000)
    case "us": self = .since1970(microseconds: 1)
    default: self = .pattern(try TimePattern(option))
    }
  }
}

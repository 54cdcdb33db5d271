import ArgumentParser
import FoundationEssentials
import Readings
import Settings
import Store

/// `skin2vec erase`.
struct EraseCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Removes readings of a time or of a person for good, and proves it.",
    discussion: """
      Removes the readings, what was worked out from them and every line that tells of them, \
      overwrites them in the file, writes the file anew, and then searches it byte by byte. What \
      stays is that something was erased, when, and of which dates; never what. A running station \
      lends the diary meanwhile and holds taps in memory.

      Copies of the diary hold it still: --backups erases it there too. Diaries that were moved \
      aside are named, to be deleted by you.

      Examples:
        skin2vec erase --from 2026-11-01 --to 2026-11-07 --dry-run
        skin2vec erase --from 2026-11-01 --to 2026-11-07 --what events,scores
        skin2vec erase --person anna --everything --backups
      """)

  @Option(help: ArgumentHelp("The first date.", valueName: "date"))
  var from: String?
  @Option(help: ArgumentHelp("The last date.", valueName: "date"))
  var to: String?
  @Option(help: ArgumentHelp("Only what is of this person.", valueName: "name"))
  var person: String?
  @Option(
    help: ArgumentHelp(
      "Only taps, events, scores, air or log (default: all of them; of a person not the air).",
      valueName: "list"))
  var what: String?
  @Flag(help: "Everything of the person, of all time, and the name.")
  var everything = false
  @Flag(help: "Erase it in the copies of the settings' folder too.")
  var backups = false
  @Flag(help: "Do not ask.")
  var yes = false
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard everything || (from != nil && to != nil) else {
      throw ValidationError("give --from and --to, or --person NAME --everything")
    }
    guard !everything || (person != nil && from == nil && to == nil && what == nil) else {
      throw ValidationError("--everything is of a --person, and of all time")
    }
    _ = try parts()
  }

  private func parts() throws -> Set<Erasure.Part>? {
    guard let what else { return nil }
    let known = Erasure.Part.allCases.map(\.rawValue)
    return Set(
      try what.split(separator: ",").map { word in
        guard let part = Erasure.Part(rawValue: String(word)) else {
          throw ValidationError(
            "`\(word)` cannot be erased by itself: \(Spelling.hint(for: String(word), among: known))"
          )
        }
        return part
      })
  }

  private func erasure(_ setup: Setup) throws -> Erasure {
    let person = person.map { Person($0) }
    guard let from, let to else { return Erasure(dates: nil, person: person) }
    let (first, last) = (try setup.local.day(from), try setup.local.day(to))
    guard first <= last else {
      throw Failure(.usage, "\(first) is after \(last)", hint: "--from is the earlier date")
    }
    return Erasure(dates: first...last, person: person, parts: try parts())
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let erasure = try erasure(setup)
    let borrowing = Borrowing(setup: setup, borrower: "skin2vec erase")
    if writing.isDryRun {
      let rows = try await borrowing.asWriter { try await $0.rehearse(erasure, at: $1) }
      try desk.report(
        wouldWrite: "the erasure of \(erasure.words): \(rows.inWords)",
        ["rows": rows.json], asJSON: output.json)
      return .done
    }
    try desk.require(yes, "\(erasure.words) would be erased from \(setup.diary) for good")
    let line = ProgressLine(at: desk)
    let report = try await borrowing.asWriter { store, stamp in
      let report = try await work(store, stamp, erasure, setup, line)
      try await store.append(report.notice(at: stamp))
      return report
    }
    line.clear()
    desk.say(output.json ? try report.json.indented() : report.words)
    for line in report.remarks { desk.complain(line) }
    return report.isProved ? .done : .badData
  }

  private func work(
    _ store: Store, _ stamp: Stamp, _ erasure: Erasure, _ setup: Setup, _ line: ProgressLine
  ) async throws -> ErasureReport {
    let overwrite = setup.desk.overwrite
    let outcome = try await store.erase(erasure, at: stamp) { share, doing in
      overwrite?("\r\u{1B}[K\(Int(share * 100)) % \(doing)")
    }
    overwrite?("\r\u{1B}[K")
    let folder = absolute(setup.settings.backup.folder)
    var report = ErasureReport(erasure: erasure, outcome: outcome)
    if backups {
      report.copies = await store.erase(erasure, inCopiesOf: folder, at: stamp)
    } else {
      report.holding = Backups(folder: folder).copies.map(\.path)
    }
    report.aside = DiaryAside.paths(of: setup.diary)
    return report
  }
}

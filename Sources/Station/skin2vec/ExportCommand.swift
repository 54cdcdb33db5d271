import ArgumentParser
import Glibc
import Readings
import Settings
import Store
import Wording

extension ExportKind: ExpressibleByArgument {}
extension MomentForm: ExpressibleByArgument {}

/// `skin2vec export`.
struct ExportCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes what the diary holds as CSV, or as JSON a line.",
    discussion: """
      Columns that hold a moment say so by their ending: time_utc, time_local (with its offset) or \
      time_utc_us. A file is there whole or not at all. In --wide an empty field was not offered \
      by the part, and NA had no value; without --wide each channel has a row of its own, with its \
      quality and the reason. What touches, air, events and scores give, 'skin2vec import' takes. \
      For other formats DuckDB reads the file: 'skin2vec export air | duckdb -c "COPY (FROM \
      read_csv('/dev/stdin')) TO 'air.parquet'"'.

      Examples:
        skin2vec export slots --person me --output slots.csv
        skin2vec export air --wide --from 2026-11-01 --to 2026-12-01
        skin2vec export touches --format ndjson --channel skin.moisture | jq .value
      """)

  @Argument(help: "What: \(ExportKind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: ExportKind
  @Option(help: "How it is written (default: by the file's name, else csv).")
  var format: FileFormat?
  @Option(help: ArgumentHelp("From this time on.", valueName: "time"))
  var from: String?
  @Option(help: ArgumentHelp("Before this time.", valueName: "time"))
  var to: String?
  @Option(help: ArgumentHelp("Only this person's.", valueName: "name"))
  var person: String?
  @Option(help: ArgumentHelp("Only this channel; more than once for more.", valueName: "name"))
  var channel: [String] = []
  @Flag(help: "The air with a sample a row.")
  var wide = false
  @Option(help: "How moments are written.")
  var time = MomentForm.utc
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where to (default: the terminal).", valueName: "file"), completion: .file())
  var output: String?
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard !wide || kind == .air else {
      throw ValidationError("--wide is for the air: 'skin2vec export air --wide'")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let selection = try selection(setup.local)
    let archive = try Archive(path: setup.diary)
    // Whoever reads standard output may have seen enough.
    signal(SIGPIPE, SIG_IGN)
    let file = try OutputFile(path: output)
    let writer = ExportWriter(
      format ?? FileFormat(path: output ?? ""), time, plan: setup.local.plan, to: file)
    do {
      try await archive.export(
        selection, header: { try writer.begin($0) }, row: { try writer.write($0) })
      try file.finish()
    } catch is ReaderGone {
      return .done
    }
    if let output {
      desk.complain("\(counted(writer.rows, "row")) of \(kind.rawValue) to \(output)")
    }
    return .done
  }

  private func selection(_ clock: LocalClock) throws -> ExportSelection {
    var selection = ExportSelection(kind)
    selection.from = try from.map(clock.moment)
    selection.to = try to.map(clock.moment)
    selection.fromDate = selection.from.map { clock.plan.local($0).date }
    selection.toDate = selection.to.map { clock.plan.local($0).date }
    selection.person = person.map { Person($0) }
    selection.channels = try channel.map(Self.channel)
    selection.isWide = wide
    return selection
  }

  private static func channel(_ name: String) throws -> Channel {
    guard let channel = Channel(rawValue: name) else {
      throw Failure(
        .usage, "`\(name.printable)` is no channel",
        hint: Spelling.hint(for: name, among: Channel.allCases.map(\.rawValue)))
    }
    return channel
  }
}

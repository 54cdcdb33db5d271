import ArgumentParser
import Readings
import Store
import Synchronization
import Wording

/// `skin2vec recompute`.
struct RecomputeCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "recompute",
    abstract: "Works everything out anew from what was read.",
    discussion: """
      Values of touches and of the air, their quality, hours, days, slots and comparisons are \
      worked out again from the raw readings, with the calibrations and limits that were in force \
      at the time. Nothing changes, unless the station has learnt to work something out otherwise; \
      the digests before and after show it. Raw readings are never touched.

      With --since the limits of the configuration as last adopted are applied to everything from \
      that local date on, and stay in force for it.

      A running station lends the diary meanwhile, and keeps taps and air in memory. Whatever stops \
      this command leaves the diary as it was.

      Examples:
        skin2vec recompute --dry-run
        skin2vec recompute --since 2026-11-01
        skin2vec recompute --json | jq .digest_after
      """)

  @Option(
    help: ArgumentHelp("Apply the last limits from this local date on.", valueName: "date"))
  var since: String?
  @Flag(name: .customLong("dry-run"), help: "Say what would change, and change nothing.")
  var isDryRun = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let date = try since.map { text throws(Failure) in try setup.local.day(text) }
    if let date, date > setup.local.today {
      throw Failure(.usage, "\(date) has not come yet", hint: "today is \(setup.local.today)")
    }
    let line = Mutex(ProgressLine(at: desk))
    defer { line.withLock { $0.clear() } }
    let isRehearsal = isDryRun
    let borrowing = Borrowing(setup: setup, borrower: "skin2vec recompute")
    let recomputation = try await borrowing.asWriter { store, stamp in
      try await store.recompute(since: date, isRehearsal: isRehearsal, at: stamp) { share in
        line.withLock { $0.show(share, "worked out anew") }
      }
    }
    let page = RecomputationPage(recomputation: recomputation, isRehearsal: isRehearsal)
    if output.json {
      desk.say(try page.json.indented())
    } else {
      for line in page.lines(desk.paint) { desk.say(line) }
    }
    return .done
  }
}

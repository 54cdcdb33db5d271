import ArgumentParser
import Control
import Readings
import Settings
import Store
import Wording

extension Channel: ExpressibleByArgument {}

/// `skin2vec epoch`.
struct EpochCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "epoch",
    abstract: "Begins a new baseline: values from now on are not compared with those before.",
    discussion: """
      The station does so by itself when a part was exchanged, reset or calibrated. Use it for what \
      only you know: another place of the probe, another cream for good, another room. Values before \
      stay as they are, with the baseline they had.

      Examples:
        skin2vec epoch --why "a new night cream" --channel skin.moisture
        skin2vec epoch --why "moved house" --channel air.temperature --channel air.humidity
        skin2vec epoch --why "shaved" --person anna --site cheek --dry-run
      """)

  @Option(help: ArgumentHelp("Why: it is the epoch's cause for ever.", valueName: "text"))
  var why: String
  @Option(
    name: .customLong("channel"),
    help: ArgumentHelp(
      "Which channel; may be repeated (default: all of the skin).", valueName: "name"))
  var channels: [Channel] = []
  @Option(help: ArgumentHelp("Whose (default: everybody's).", valueName: "name"))
  var person: String?
  @Option(help: ArgumentHelp("At which site (default: all of them).", valueName: "name"))
  var site: String?
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard why.contains(where: { $0.isLetter }), why.count <= 200 else {
      throw ValidationError("--why wants a few words, at most 200 letters")
    }
    if site != nil, let air = channels.first(where: \.isAir) {
      throw ValidationError("\(air.rawValue) has no site: leave --site out")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let order = EpochOrder(
      channels: channels.isEmpty ? Channel.allCases.filter { !$0.isAir } : channels,
      person: try person.map { name throws(Failure) in try setup.resident(name) },
      site: try site.map { name throws(Failure) in try setup.site(name) }, why: why)
    if writing.isDryRun {
      let names = order.channels.map(\.rawValue).joined(separator: ", ")
      try desk.report(
        wouldWrite: "a new baseline for \(names): \(why)", order.json, asJSON: output.json)
      return .done
    }
    let outcome = try await Errand(setup: setup).run(.epoch(order)) { store, stamp in
      order.notice(
        begun: try await store.beginEpochs(
          of: order.channels, person: order.person, site: order.site, cause: why, at: stamp))
    }
    try desk.report(outcome, asJSON: output.json)
    return .done
  }
}

extension Setup {
  /// A site of somebody of the configuration, by name.
  fileprivate func site(_ name: String) throws(Failure) -> Site {
    let names = settings.people.flatMap(\.sites)
    guard names.contains(name) else {
      throw Failure(
        .usage, "nobody taps at `\(name.printable)`",
        hint: Spelling.hint(for: name, among: names))
    }
    return Site(name)
  }
}

extension EpochOrder {
  fileprivate var json: [String: JSON] {
    [
      "channels": .list(channels.map { .text($0.rawValue) }), "person": JSON(person?.rawValue),
      "site": JSON(site?.rawValue), "why": .text(why),
    ]
  }
}

import ArgumentParser
import Control
import Journal
import Normalisation
import Readings
import Store
import Wording

/// `skin2vec calibrate`.
struct CalibrateCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Says what the probe's raw readings mean, from now on.",
    discussion: """
      Measures the probe as it asks you to hold it, shows the new numbers beside the old, and keeps \
      them once you agree. What was measured before keeps its meaning; values before and after are \
      not compared, as a new baseline begins. Contacts are no taps meanwhile.

      Examples:
        skin2vec calibrate moisture
        skin2vec calibrate sebum --dry-run
        skin2vec calibrate force --grams 200
        skin2vec calibrate moisture --air-pf 2.1 --reference-pf 12.3 --yes
        skin2vec calibrate --list
      """)

  @Argument(help: "What is calibrated: moisture, sebum or force.")
  var subject: CalibrationSubject?
  @Flag(name: .customLong("list"), help: "Show every calibration there has been.")
  var isListing = false
  @OptionGroup var given: GivenNumbers
  @Option(help: ArgumentHelp("Why it is calibrated.", valueName: "text"))
  var why: String?
  @Option(help: ArgumentHelp("Who does it (default: the user's name).", valueName: "name"))
  var who: String?
  @Flag(help: "Do not ask before it is kept.")
  var yes = false
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard (subject != nil) != isListing else {
      throw ValidationError("name moisture, sebum or force, or give --list")
    }
    if let subject, let stranger = given.stranger(to: subject) {
      throw ValidationError("\(stranger) has no meaning for \(subject.rawValue)")
    }
    if subject == .force, given.force == nil {
      throw ValidationError("give the known weight: --grams or --newtons")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    guard let subject else {
      try CalibrationList(calibrations: try await setup.calibrations()).show(
        setup, asJSON: output.json)
      return .done
    }
    let part = try setup.part(for: subject)
    let old = try await setup.calibrations().last {
      $0.part == part && $0.channel == subject.channel && $0.validTo == nil
    }
    let reader = SteadyReader(setup: setup, channel: subject.channel)
    do {
      let parameters = try await given.parameters(of: subject, old: old?.parameters, reader)
      let new = Calibration(
        part: part, channel: subject.channel, validFrom: setup.local.now,
        who: who ?? Self.userName, why: why ?? given.origin, parameters: parameters)
      try await keep(new, insteadOf: old, setup)
    } catch {
      reader.end()
      throw error
    }
    return .done
  }

  /// Shows both and keeps the new one, once the person agrees.
  private func keep(
    _ new: Calibration, insteadOf old: Calibration?, _ setup: Setup
  ) async throws {
    let desk = setup.desk
    do {
      _ = try Conversion(new.channel, new.parameters)
    } catch {
      throw Failure(.usage, "\(error)", hint: "nothing was changed: measure again")
    }
    if !output.json {
      for line in new.comparison(with: old, setup.local) { desk.say(line) }
    }
    if writing.isDryRun {
      try desk.report(
        wouldWrite: new.numbersInWords, new.members(old: old), asJSON: output.json)
      return
    }
    try desk.require(yes, "A new baseline begins for \(new.channel.rawValue)")
    let outcome = try await Errand(setup: setup).run(.calibrate(new)) { store, stamp in
      var new = new
      new.validFrom = stamp.utc
      _ = try await store.record(new, at: stamp)
      return .calibrated(new)
    }
    try desk.report(outcome, asJSON: output.json)
  }

  private static var userName: String {
    environmentVariable("SUDO_USER") ?? environmentVariable("USER") ?? "somebody"
  }
}

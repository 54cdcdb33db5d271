import ArgumentParser
import Control
import Readings
import Settings
import Store
import Wording

/// `skin2vec event`.
struct EventCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "event",
    abstract: "Notes something that may bear on the skin.",
    discussion: """
      Known kinds: \(SkinEvent.knownKinds.joined(separator: ", ")). Any other word is your own. \
      The weight is a dose, 0 to 1, not an effect. Times are on your clock: 21:30, \
      "yesterday 22:00", 2026-11-20T22:00 or, for so long ago, 2 h.

      Examples:
        skin2vec event alcohol --weight 0.5 --at 21:30
        skin2vec event new_product --note "the blue cream"
        skin2vec event sauna --at "2 h" --dry-run
      """)

  @Argument(help: "What it was: a known kind, or your own word.")
  var kind: String
  @Option(help: ArgumentHelp("How much of it, 0 to 1.", valueName: "0…1"))
  var weight = 1.0
  @Option(help: ArgumentHelp("When it was.", valueName: "time"))
  var at = "now"
  @Option(help: ArgumentHelp("Anything else.", valueName: "text"))
  var note: String?
  @OptionGroup var whose: PersonOption
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard (0...1).contains(weight) else {
      throw ValidationError("--weight \(plain(weight)) is out of range: use 0 to 1")
    }
    guard kind.contains(where: { $0.isLetter }), kind.printable == kind, kind.count <= 64 else {
      throw ValidationError("a kind is a word of at most 64 letters")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let time = try setup.local.moment(at)
    guard time <= setup.local.now else {
      throw Failure(
        .usage, "\(setup.local.dateTime(time)) has not come yet",
        hint: "it is \(setup.local.dateTime(setup.local.now)); note it when it was")
    }
    let event = SkinEvent(
      person: try await whose.person(setup), time: time, kind: kind, weight: weight, note: note)
    if let advice { desk.complain(advice) }
    let words =
      "event saved: \(kind), weight \(plain(weight)), \(setup.local.dateTime(time)), "
      + event.person.rawValue
    if writing.isDryRun {
      try desk.report(wouldWrite: words, event.json, asJSON: output.json)
      return .done
    }
    let outcome = try await Errand(setup: setup).run(.event(event)) { store, stamp in
      let number = try await store.save(event, at: stamp)
      return Notice(
        .eventSaved, words,
        fields: [
          .init("PERSON", event.person.rawValue), .init("EVENT", String(number)),
          .init("EVENT_KIND", kind), .init("WEIGHT", plain(weight)),
        ])
    }
    try desk.report(outcome, asJSON: output.json)
    return .done
  }

  /// What to say of a word that looks like a known one misspelt; it is accepted all the same.
  private var advice: String? {
    let known = SkinEvent.knownKinds
    let word = String(kind.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
    guard !known.contains(kind), let nearest = Spelling.nearest(to: word, among: known) else {
      return nil
    }
    return "note: `\(kind)` is taken as your own word; did you mean `\(nearest)`?"
  }
}

extension SkinEvent {
  fileprivate var json: [String: JSON] {
    [
      "person": .text(person.rawValue), "time_utc_us": .integer(time.microseconds),
      "kind": .text(kind), "weight": .number(weight), "note": JSON(note),
    ]
  }
}

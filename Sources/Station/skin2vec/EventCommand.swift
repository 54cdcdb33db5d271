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
    abstract: "Notes something that may bear on the skin, or takes it back.",
    discussion: """
      Known kinds: \(SkinEvent.knownKinds.joined(separator: ", ")). Any other word is your own. \
      The weight is a dose, 0 to 1, not an effect. Times are on your clock: 21:30, \
      "yesterday 22:00", 2026-11-20T22:00 or, for so long ago, 2 h. What was withdrawn stays in \
      the diary, and counts no longer; 'skin2vec export events' shows what counts, with its numbers.

      Examples:
        skin2vec event alcohol --weight 0.5 --at 21:30
        skin2vec event new_product --note "the blue cream"
        skin2vec event sauna --at "2 h" --dry-run
        skin2vec event --withdraw 12
      """)

  @Argument(help: "What it was: a known kind, or your own word.")
  var kind: String?
  @Option(help: ArgumentHelp("How much of it, 0 to 1 (default: 1).", valueName: "0…1"))
  var weight: Double?
  @Option(help: ArgumentHelp("When it was (default: now).", valueName: "time"))
  var at: String?
  @Option(help: ArgumentHelp("Anything else.", valueName: "text"))
  var note: String?
  @Option(
    name: .customLong("withdraw"),
    help: ArgumentHelp("Take back the event of this number.", valueName: "number"))
  var withdrawn: Int64?
  @OptionGroup var whose: PersonOption
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    if let withdrawn { return try validate(withdrawn) }
    if let weight, !(0...1).contains(weight) {
      throw ValidationError("--weight \(plain(weight)) is out of range: use 0 to 1")
    }
    guard let kind, kind.contains(where: { $0.isLetter }), kind.printable == kind, kind.count <= 64
    else {
      throw ValidationError("a kind is a word of at most 64 letters")
    }
  }

  private func validate(_ withdrawn: Int64) throws {
    guard withdrawn > 0 else { throw ValidationError("events are numbered from 1") }
    guard kind == nil, weight == nil, at == nil, note == nil, whose.person == nil else {
      throw ValidationError("--withdraw takes the number of an event, and nothing else of it")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    if let withdrawn {
      try await Errand(setup: setup).withdraw(
        .event(withdrawn), isDryRun: writing.isDryRun, asJSON: output.json)
      return .done
    }
    let event = try await event(setup)
    if let advice = event.advice { desk.complain(advice) }
    let words =
      "saved: \(event.kind), weight \(plain(event.weight)), "
      + "\(setup.local.dateTime(event.time)), \(event.person)"
    if writing.isDryRun {
      try desk.report(wouldWrite: "event \(words)", event.json, asJSON: output.json)
      return .done
    }
    let outcome = try await Errand(setup: setup).run(.event(event)) { store, stamp in
      let number = try await store.save(event, at: stamp)
      return Notice(
        .eventSaved, "event \(number) \(words)",
        fields: [
          .init("PERSON", event.person.rawValue), .init("EVENT", String(number)),
          .init("EVENT_KIND", event.kind), .init("WEIGHT", plain(event.weight)),
        ])
    }
    try desk.report(outcome, asJSON: output.json)
    return .done
  }

  /// The event that the words mean.
  private func event(_ setup: Setup) async throws -> SkinEvent {
    guard let kind else { throw ValidationError("a kind is missing") }
    let time = try setup.local.moment(at ?? "now")
    guard time <= setup.local.now else {
      throw Failure(
        .usage, "\(setup.local.dateTime(time)) has not come yet",
        hint: "it is \(setup.local.dateTime(setup.local.now)); note it when it was")
    }
    return SkinEvent(
      person: try await whose.person(setup), time: time, kind: kind, weight: weight ?? 1,
      note: note)
  }
}

extension SkinEvent {
  /// What to say of a word that looks like a known one misspelt; it is accepted all the same.
  fileprivate var advice: String? {
    let known = SkinEvent.knownKinds
    let word = String(kind.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
    guard !known.contains(kind), let nearest = Spelling.nearest(to: word, among: known) else {
      return nil
    }
    return "note: `\(kind)` is taken as your own word; did you mean `\(nearest)`?"
  }

  fileprivate var json: [String: JSON] {
    [
      "person": .text(person.rawValue), "time_utc_us": .integer(time.microseconds),
      "kind": .text(kind), "weight": .number(weight), "note": JSON(note),
    ]
  }
}

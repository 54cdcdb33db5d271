import ArgumentParser
import Control
import Readings
import Settings
import Store
import Wording

/// `skin2vec who`.
struct WhoCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "who",
    abstract: "Shows or sets whose the next taps are.",
    discussion: """
      People and their sites stand in the configuration, under `people`.

      Examples:
        skin2vec who
        skin2vec who anna
        skin2vec who anna --dry-run
      """)

  @Argument(help: "Whose the next taps are; left out: show who it is.")
  var name: String?
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    guard let name else { return try await show(setup) }
    let person = try setup.resident(name)
    let words = "the next tap is \(person)'s"
    if writing.isDryRun {
      try desk.report(
        wouldWrite: words, ["person": .text(person.rawValue)], asJSON: output.json)
      return .done
    }
    let outcome = try await Errand(setup: setup).run(.who(person)) { store, stamp in
      try await store.choose(person, at: stamp)
      return Notice(.personChosen, words, fields: [.init("PERSON", person.rawValue)])
    }
    try desk.report(outcome, asJSON: output.json)
    return .done
  }

  private func show(_ setup: Setup) async throws -> ExitStatus {
    let next = try await setup.nextPerson()
    if output.json {
      let people = setup.settings.people.map { resident -> JSON in
        ["name": .text(resident.name), "sites": .list(resident.sites.map { .text($0) })]
      }
      let page: JSON = ["next": .text(next.rawValue), "people": .list(people)]
      setup.desk.say(try page.indented())
      return .done
    }
    var table = TextTable()
    for resident in setup.settings.people {
      let isNext = resident.name == next.rawValue
      table.add(
        isNext ? "*" : " ", resident.name, resident.sites.joined(separator: ", "),
        isNext ? "the next tap" : "")
    }
    for line in table.lines() { setup.desk.say(line) }
    return .done
  }
}

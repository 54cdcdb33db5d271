import ArgumentParser
import Control
import Readings
import Settings
import Store
import Wording

/// For commands that change the diary.
struct WritingOptions: ParsableArguments {
  @Flag(name: .customLong("dry-run"), help: "Say what would be written, and write nothing.")
  var isDryRun = false
}

/// Whose it is that something is written about.
struct PersonOption: ParsableArguments {
  @Option(help: ArgumentHelp("Whose (default: the person of the next tap).", valueName: "name"))
  var person: String?

  /// The person meant.
  func person(_ setup: Setup) async throws -> Person {
    if let person { return try setup.resident(person) }
    return try await setup.nextPerson()
  }
}

extension Setup {
  /// Somebody of the configuration, by name.
  func resident(_ name: String) throws(Failure) -> Person {
    let names = settings.people.map(\.name)
    guard names.contains(name) else {
      throw Failure(
        .usage, "nobody is called `\(name.printable)`",
        hint: Spelling.hint(for: name, among: names)
          + "; people are in the configuration, under `people`")
    }
    return Person(name)
  }

  /// Whose the next tap is: as the daemon says, else as the diary does, else by default.
  func nextPerson() async throws -> Person {
    if !isOtherDiary, let station = try station() { return station.person }
    let chosen = try await chosenPerson()
    let isKnown = settings.people.contains { $0.name == chosen?.rawValue }
    return chosen.flatMap { isKnown ? $0 : nil } ?? Person(settings.defaultPerson)
  }

  /// Where there is no diary yet, nobody has been chosen.
  private func chosenPerson() async throws -> Person? {
    do {
      return try await archive().chosenPerson()
    } catch let error as StoreError where error.kind == .missing {
      return nil
    }
  }
}

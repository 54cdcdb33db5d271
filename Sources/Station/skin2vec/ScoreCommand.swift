import ArgumentParser
import Control
import Readings
import Store
import Wording

extension Score.Dimension: ExpressibleByArgument {}

/// `skin2vec score`.
struct ScoreCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Notes how the skin felt on a day, 0 to 5.",
    discussion: """
      Dimensions: \(Score.Dimension.allCases.map(\.rawValue).joined(separator: ", ")). A later \
      score for the same day and dimension takes the earlier one's place. Before the morning \
      begins (04:00 by default), today is still the day before.

      Examples:
        skin2vec score oil 3
        skin2vec score hydration 2.5 --date yesterday
        skin2vec score gloss 4 --person anna --dry-run
      """)

  @Argument(help: "What is scored.")
  var dimension: Score.Dimension
  @Argument(help: "0 (not at all) to 5 (very).")
  var value: Double
  @Option(help: ArgumentHelp("Another day.", valueName: "YYYY-MM-DD"))
  var date = "today"
  @OptionGroup var whose: PersonOption
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard (0...5).contains(value) else {
      throw ValidationError("\(plain(value)) is out of range: a score is 0 to 5")
    }
  }

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let date = try setup.local.day(date)
    guard date <= setup.local.today else {
      throw Failure(.usage, "\(date) has not come yet", hint: "it is \(setup.local.today)")
    }
    let score = Score(
      person: try await whose.person(setup), date: date, dimension: dimension, value: value)
    let words =
      "score saved: \(dimension.rawValue) \(plain(value)) for \(date), \(score.person)"
    if writing.isDryRun {
      try desk.report(wouldWrite: words, score.json, asJSON: output.json)
      return .done
    }
    let outcome = try await Errand(setup: setup).run(.score(score)) { store, stamp in
      try await store.save(score, at: stamp)
      return Notice(
        .scoreSaved, words,
        fields: [
          .init("PERSON", score.person.rawValue), .init("LOCAL_DATE", date.description),
          .init("DIMENSION", dimension.rawValue), .init("VALUE", plain(value)),
        ])
    }
    try desk.report(outcome, asJSON: output.json)
    return .done
  }
}

extension Score {
  fileprivate var json: [String: JSON] {
    [
      "person": .text(person.rawValue), "local_date": .text(date.description),
      "dimension": .text(dimension.rawValue), "value": .number(value),
    ]
  }
}

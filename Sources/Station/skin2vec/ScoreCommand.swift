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
    abstract: "Notes how the skin felt on a day, 0 to 5, or takes it back.",
    discussion: """
      Dimensions: \(Score.Dimension.allCases.map(\.rawValue).joined(separator: ", ")). A later \
      score for the same day and dimension takes the earlier one's place; once it is withdrawn, \
      the earlier one stands again. Before the morning begins (04:00 by default), today is still \
      the day before.

      Examples:
        skin2vec score oil 3
        skin2vec score hydration 2.5 --date yesterday
        skin2vec score gloss 4 --person anna --dry-run
        skin2vec score --withdraw oil --date yesterday
      """)

  @Argument(help: "What is scored.")
  var dimension: Score.Dimension
  @Argument(help: "0 (not at all) to 5 (very).")
  var value: Double?
  @Flag(name: .customLong("withdraw"), help: "Take back the day's last score.")
  var isWithdrawn = false
  @Option(help: ArgumentHelp("Another day.", valueName: "YYYY-MM-DD"))
  var date = "today"
  @OptionGroup var whose: PersonOption
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func validate() throws {
    guard !isWithdrawn else {
      guard value == nil else {
        throw ValidationError("--withdraw takes the day's last score, whatever its value")
      }
      return
    }
    guard let value else {
      throw ValidationError("the value is missing: 0 to 5, or --withdraw to take one back")
    }
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
    let person = try await whose.person(setup)
    if let value {
      let score = Score(person: person, date: date, dimension: dimension, value: value)
      try await save(score, setup)
    } else {
      try await Errand(setup: setup).withdraw(
        .score(person: person, date: date, dimension: dimension), isDryRun: writing.isDryRun,
        asJSON: output.json)
    }
    return .done
  }

  private func save(_ score: Score, _ setup: Setup) async throws {
    let words =
      "score saved: \(dimension.rawValue) \(plain(score.value)) for \(score.date), \(score.person)"
    guard !writing.isDryRun else {
      return try setup.desk.report(wouldWrite: words, score.json, asJSON: output.json)
    }
    let outcome = try await Errand(setup: setup).run(.score(score)) { store, stamp in
      try await store.save(score, at: stamp)
      return Notice(
        .scoreSaved, words,
        fields: [
          .init("PERSON", score.person.rawValue), .init("LOCAL_DATE", score.date.description),
          .init("DIMENSION", dimension.rawValue), .init("VALUE", plain(score.value)),
        ])
    }
    try setup.desk.report(outcome, asJSON: output.json)
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

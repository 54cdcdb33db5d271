import ArgumentParser
import FoundationEssentials
import Glibc

/// People with planted truth: what the analyses say of them, and their diaries.
@main
struct Evidence: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "What the analyses claim of people whose truth is known.",
    subcommands: [Replay.self, MakeDiary.self], defaultSubcommand: Replay.self)
}

/// Replays the goals on made-up people and writes what came out.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract:
      "Asks the analyses about people whose truth is known, and says how often they are right.",
    discussion: """
      Every person comes from a seed: two runs of one build give the same figures. The home world \
      is the one that methods were tuned in; the other world is for judging only.

      EXAMPLES
        swift run -c release evidence                          all of it, and Tests/EVIDENCE.md
        swift run -c release evidence effects --subjects 50    a look, without the page
      """)

  @Argument(help: "What is tried: \(Trial.allCases.map(\.rawValue).joined(separator: ", ")).")
  var trials: [Trial] = []
  @Option(help: "People in a cell.")
  var subjects = 500
  /// Methods were tuned on people of lower seeds.
  @Option(help: "The first person's seed.")
  var seed: UInt64 = 200_001
  @Option(help: ArgumentHelp("Where the page is written.", valueName: "path"))
  var page: String?

  func run() async throws {
    let asked = trials.isEmpty ? Trial.allCases : trials
    let began = ContinuousClock().now
    let isTerminal = isatty(STDERR_FILENO) == 1
    let say: @Sendable (String) -> Void = { line in
      let text = (isTerminal ? "\u{1B}[2m\(line)\u{1B}[0m" : line) + "\n"
      // Standard error may be gone; there is nobody left to tell.
      _ = write(STDERR_FILENO, text, text.utf8.count)
    }
    var rows: [EvidenceRow] = []
    for trial in asked { rows += await trial.rows(subjects: subjects, seed: seed, say: say) }
    let took = ContinuousClock().now - began
    let text = EvidencePage(
      rows: rows, subjects: subjects, seed: seed, minutes: took / .seconds(60)
    ).text
    let path = page ?? (trials.isEmpty ? "Tests/EVIDENCE.md" : nil)
    guard let path else {
      print(text)
      return
    }
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    print("\(path) is written")
  }
}

/// A part of the page.
enum Trial: String, CaseIterable, ExpressibleByArgument {
  case timing, effects, discovery, humidity, watch, products, forecasts, randomised
  case whatIf = "what-if"

  func rows(
    subjects: Int, seed: UInt64, say: @Sendable (String) -> Void
  ) async -> [EvidenceRow] {
    switch self {
    case .timing: await TimingRows(seed: seed).rows(say: say)
    case .products: productRows(subjects: subjects, seed: seed)
    case .randomised: await TrialRows(subjects: subjects, seed: seed).rows(say: say)
    case .forecasts: await ForecastRows(subjects: subjects, seed: seed).rows(say: say)
    case .whatIf: await WhatIfRows(subjects: subjects, seed: seed).rows(say: say)
    case .watch: await WatchRows(subjects: subjects, seed: seed).rows(say: say)
    case .effects: await EffectRows(subjects: subjects, seed: seed).rows(say: say)
    case .discovery: await DiscoveryRows(subjects: subjects, seed: seed).rows(say: say)
    case .humidity: await HumidityRows(subjects: subjects, seed: seed).rows(say: say)
    }
  }
}

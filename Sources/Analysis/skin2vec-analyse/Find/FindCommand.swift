import ArgumentParser
import WhatIf

/// `skin2vec analyse`.
struct FindCommand: AnalysisCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "What the diary can prove, with how sure it is, or why nothing can be said.",
    usage: "skin2vec analyse [ANALYSIS] [OPTIONS]",
    discussion: """
      Reads the diary and never writes it. What is found goes to analysis.sqlite beside it, which \
      can be deleted and made anew. A claim needs at least 30 days and 8 events, is adjusted for \
      season, weekday, slot and the air, and is held to a rate of false claims over everything \
      that was asked.

      EXAMPLES
        skin2vec analyse                     everything
        skin2vec analyse effects             what late nights, alcohol and the like do
        skin2vec analyse watch               drifts, shifts and jumps of the instrument
        skin2vec analyse humidity --json     the humidity a skin likes best, for a program
        skin2vec analyse what-if --pm2-5 75 --days 3
        skin2vec analyse --explain 3         the data, the model and the checks behind number 3

      Exit status: 0 done, also where nothing can be said yet; 64 usage, 65 damaged diary, 66 no diary, \
      70 any other failure, 73 analysis.sqlite cannot be written, 78 configuration at fault.
      """)

  @Argument(help: "What is asked: \(Analysis.names), or all.")
  var analysis = "all"
  @Flag(help: "Print JSON, for a program to read.")
  var json = false
  @Option(help: ArgumentHelp("Explains a result by its number.", valueName: "result"))
  var explain: Int?
  @Option(
    help: ArgumentHelp(
      "False alarms a year that are put up with, all curves together.", valueName: "number"))
  var alarmsPerYear = 0.5
  @Option(
    name: .customLong("pm2-5"),
    help: ArgumentHelp(
      "What if PM2.5 stays at this (default: as high as on one day in ten).", valueName: "µg/m³"))
  var particles: Double?
  @Option(help: ArgumentHelp("What if it does for so many days.", valueName: "days"))
  var days = 3
  @Flag(help: "Say new alarms to the station, for its journal and the diary, and nothing else.")
  var tell = false
  @OptionGroup var place: DiaryOptions
  @Option(
    help: ArgumentHelp(
      "Where findings are kept (default: analysis.sqlite beside the diary).", valueName: "path"),
    completion: .file())
  var output: String?

  func validate() throws {
    guard analysis == "all" || Analysis(rawValue: analysis) != nil else {
      throw ValidationError(
        "there is no analysis '\(analysis)'; there are \(Analysis.names), and all")
    }
    guard (1...WhatIf.mostDays).contains(days) else {
      throw ValidationError("--days is out of range: use 1 to \(WhatIf.mostDays)")
    }
    guard particles.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--pm2-5 is a concentration: use 0 or more")
    }
    guard (0.01...12).contains(alarmsPerYear) else {
      throw ValidationError("--alarms-per-year is out of range: use 0.01 to 12")
    }
  }
}

/// One question to the diary.
enum Analysis: String, CaseIterable {
  case effects, trials, humidity, watch, products, forecast
  case whatIf = "what-if"

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

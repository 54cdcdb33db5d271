import ArgumentParser

/// The analyses' command line; `skin2vec analyse` runs it.
@main
struct Skin2VecAnalyse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skin2vec analyse",
    abstract: "What the diary can prove, with how sure it is, or why nothing can be said.",
    discussion: """
      Reads the diary and never writes it. What is found goes to analysis.sqlite beside it, which \
      can be deleted and made anew. A claim needs at least 30 days and 8 events, is adjusted for \
      season, weekday, slot and the air, and is held to a rate of false claims over everything \
      that was asked.

      EXAMPLES
        skin2vec analyse                     everything
        skin2vec analyse effects             what late nights, alcohol and the like do
        skin2vec analyse humidity --json     the humidity a skin likes best, for a program
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
    help: ArgumentHelp("The configuration file.", valueName: "path"), completion: .file())
  var config: String?
  @Option(
    help: ArgumentHelp("The diary (default: as the configuration says).", valueName: "path"),
    completion: .file())
  var database: String?
  @Option(
    help: ArgumentHelp(
      "Where the findings are written (default: analysis.sqlite beside the diary).",
      valueName: "path"), completion: .file())
  var output: String?

  func validate() throws {
    guard analysis == "all" || Analysis(rawValue: analysis) != nil else {
      throw ValidationError(
        "there is no analysis '\(analysis)'; there are \(Analysis.names), and all")
    }
  }

  func run() async throws {
    do {
      try await carryOut()
    } catch let failure as AnalysisFailure {
      complain(failure.description)
      throw ExitCode(failure.status)
    }
  }
}

/// One question to the diary.
enum Analysis: String, CaseIterable {
  case effects, humidity, products, forecast
  case whatIf = "what-if"

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

import ArgumentParser
import FoundationEssentials

/// Writes the page from what the campaigns left.
struct PageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "Writes the page from what the campaigns left.",
    discussion: """
      EXAMPLES
        reliability page Tests/Reliability/Outcomes > Tests/RELIABILITY.md
        reliability page Tests/Reliability/Outcomes --wanted wires,soak     names those without an outcome
      """)

  @Argument(help: "The folder with one file a campaign, as the script leaves them.")
  var folder: String

  @Option(help: "What there should be, between commas; what has no outcome is named.")
  var wanted = ""

  func run() async throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".outcomes") }.sorted()
    let runs = try names.map { try Run(file: "\(folder)/\($0)") }
    guard !runs.isEmpty else { throw ValidationError("\(folder) has no outcomes") }
    let wanted = wanted.split(separator: ",").map(String.init)
    print(Page(runs: runs, wanted: wanted).text, terminator: "")
  }
}

/// One campaign's run, with what it came to.
struct Run: Sendable {
  /// When, where and of what: the first line of the file.
  struct Head: Codable, Sendable {
    var campaign: String
    var order: Int
    var title: String
    var tier: String
    var date: String
    var commit: String
    var machine: String
    /// The exit status of the campaign.
    var status: Int
  }

  var head: Head
  var outcomes: [Outcome]

  init(head: Head, outcomes: [Outcome]) {
    self.head = head
    self.outcomes = outcomes
  }

  /// - Throws: a `DecodingError` for a line that is not as it should be.
  init(file: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let decoder = JSONDecoder()
    var head: Head?
    outcomes = []
    // A serial console ends its lines with two characters, which Swift takes for one.
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("run: ") {
        head = try decoder.decode(Head.self, from: Data(line.dropFirst(5).utf8))
      } else if line.hasPrefix("outcome: ") {
        outcomes.append(try decoder.decode(Outcome.self, from: Data(line.dropFirst(9).utf8)))
      }
    }
    guard let head else { throw ValidationError("\(file) does not say what was run") }
    self.head = head
  }
}

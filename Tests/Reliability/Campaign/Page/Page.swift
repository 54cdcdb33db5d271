/// `Tests/RELIABILITY.md`: each promise, how it is tried, how often, and what was lost.
struct Page: Sendable {
  var runs: [Run]
  /// Campaigns without an outcome.
  var missing: [String]

  init(runs: [Run], wanted: [String] = []) {
    self.runs = runs.sorted { $0.head.order < $1.head.order }
    missing = wanted.filter { name in !runs.contains { $0.head.campaign == name } }
  }

  /// The page in Markdown.
  var text: String {
    ([Self.head, summary, table] + runs.map(section) + [""]).joined(separator: "\n")
  }

  private static let head = """
    # Reliability

    *A reading is never lost, never invented, and can always be explained.* This page says how that was
    tried and what came out. It is generated: `Tests/Reliability/campaign full` runs everything and writes
    it; `campaign full NAME` runs one campaign and writes the page anew. CI runs `campaign quick`.

    Every campaign also runs with a defect planted, and fails where it does not notice that one.

    """

  private var summary: String {
    let outcomes = runs.flatMap(\.outcomes)
    let lost = outcomes.reduce(0) { $0 + $1.lost }
    let failed = runs.filter { $0.head.status != 0 }.map(\.head.campaign)
    let broken = failed.isEmpty ? "" : " **Failed: \(failed.joined(separator: ", ")).**"
    let absent = missing.isEmpty ? "" : " No outcome yet: \(missing.joined(separator: ", "))."
    return
      "\(outcomes.count) promises, \(lost == 0 ? "none" : "**\(lost) times**") broken."
      + "\(broken)\(absent)\n"
  }

  private var table: String {
    var lines = ["| promise | tried | lost | took | repeat it |", "|---|--:|--:|--:|---|"]
    for run in runs {
      for outcome in run.outcomes {
        lines.append(
          "| \(cell(outcome.promise)) | \(grouped(outcome.tried)) \(cell(outcome.unit)) "
            + "| \(outcome.lost == 0 ? "0" : "**\(grouped(outcome.lost))**") "
            + "| \(duration(outcome.seconds)) | `\(cell(outcome.command))` |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ run: Run) -> String {
    var lines = [
      "## \(run.head.title)", "",
      "`\(run.head.campaign)`, \(run.head.tier) tier, \(run.head.date), commit \(run.head.commit), "
        + "\(run.head.machine).", "",
    ]
    for outcome in run.outcomes {
      lines += ["**\(outcome.promise)** \(outcome.how)", ""]
      if let planted = outcome.planted { lines.append("- Planted: \(planted).") }
      lines += outcome.details.map { "- \($0)." }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  private func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? " \(digit)" : "\(digit)"
    }.joined()
  }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 120 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}

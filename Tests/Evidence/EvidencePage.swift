/// `Tests/EVIDENCE.md`: each goal, what was measured, and what simpler methods give.
struct EvidencePage {
  var rows: [EvidenceRow]
  var subjects: Int
  var seed: UInt64
  var minutes: Double

  private static let titles = [
    "G1": "False claims", "G2": "Intervals of effects", "G3": "Power", "G4": "Bias",
    "G5": "When an effect comes", "G6": "Many questions at once", "G7": "Abstention",
    "G8": "The humidity bell", "G9": "Alarms", "G10": "Slow drifts", "G11": "Drift or shift",
    "G12": "Forecasts", "G13": "Forecasts' intervals", "G18": "Products", "G20": "Run time",
    "N-of-1": "Randomised trials", "What-if": "What if the air stays",
  ]

  var text: String {
    let judged = rows.filter { $0.isMet != nil }
    let missed = judged.filter { $0.isMet == false }
    var lines = [
      "# Evidence", "",
      "*Say how sure you are, or say nothing.* What the analyses claim of made-up people whose truth is",
      "known. `swift run -c release evidence` makes this page anew: up to \(subjects) people a cell, seeds from",
      "\(seed), \(Int(minutes.rounded(.up))) minutes. Methods were tuned in the *home* world; the *other* world "
        + "has other noise, other",
      "kernels and another year, and was used for judging only. No real skin stands behind any number here.",
      "",
      "\(judged.count) figures are held against a goal; \(missed.count) miss it. "
        + "The standard error of a share near 0.1 over \(subjects) people is "
        + "\(rounded((0.09 / Double(max(subjects, 1))).squareRoot())).", "",
    ]
    for goal in Self.titles.keys.sorted(by: { Self.order($0) < Self.order($1) }) {
      let own = rows.filter { $0.goal == goal }
      guard !own.isEmpty else { continue }
      lines += ["## \(goal): \(Self.titles[goal] ?? goal)", ""] + table(own) + [""]
    }
    return (lines + Self.agreement).joined(separator: "\n")
  }

  /// What is no figure of a run, but held by tests.
  private static let agreement = [
    "## G19: Agreement with other programs", "",
    "Held by `swift test`, on fixtures that stand beside the scripts that made them: state-space and",
    "GLS log-likelihoods against statsmodels to 1e-8, cumulative effects of distributed lags and their",
    "errors against PyDLNM to 1e-6, change points against ruptures, HAC and Benjamini-Hochberg against",
    "statsmodels, ETS against statsmodels, linear algebra and distributions against NumPy and SciPy,",
    "Fieller's interval against a case worked by hand.", "",
  ]

  /// By number; what has none stands behind, by name.
  private static func order(_ goal: String) -> (Int, String) {
    (Int(goal.dropFirst()) ?? .max, goal)
  }

  private func table(_ rows: [EvidenceRow]) -> [String] {
    var names: [String] = []
    for name in rows.flatMap(\.naive).map(\.name) where !names.contains(name) { names.append(name) }
    let head = ["measure", "where", "people", "ours"] + names + ["goal", "met"]
    let marks = ["---", "---", "--:", "--:"] + names.map { _ in "--:" } + ["---", "---"]
    let body = rows.map { row in
      let naive = names.map { name in
        row.naive.first { $0.name == name }.map { rounded($0.value) } ?? ""
      }
      let met = row.isMet.map { $0 ? "yes" : "**no**" } ?? ""
      return [row.measure, row.cell, "\(row.subjects)", rounded(row.ours)] + naive
        + [row.target, met]
    }
    return ([head, marks] + body).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}

internal import Curves
internal import Effects
internal import Figures
internal import Findings
internal import Humidity
internal import Watch

extension Finding {
  /// Whether it is about days that are still to come.
  fileprivate var isAhead: Bool { analysis == "forecast" || analysis == "what-if" && !isClaim }

  /// A forecast's first step speaks for the others.
  fileprivate var isLaterStep: Bool { details.contains { $0.name == "horizon" && $0.text != "1" } }

  /// Interval, readings, evidence and adjustments, in one line.
  fileprivate var grounds: String {
    var parts: [String] = []
    if let low, let high {
      let interval = "\(shortNumber(low)) to \(shortNumber(high))"
      parts.append("\(percent(level ?? 0.9)) interval \(Words.withUnit(interval, unit))")
    }
    if readings > 0 {
      let noun = analysis == "products" ? "application" : "reading"
      parts.append("n = \(Words.counted(readings, noun))")
    }
    if let evidence { parts.append("evidence: \(evidence)") }
    parts.append(
      adjustedFor.isEmpty ? "adjusted for nothing" : "adjusted for \(Words.joined(adjustedFor))")
    return parts.joined(separator: "; ") + "."
  }
}

// What was found in the diary.
extension MonthReport {
  /// All that has a number, save the alarms, which have a part of their own.
  private var spoken: [Finding] {
    findings.filter { $0.silence == nil && !$0.isLaterStep && $0.analysis != "watch" }
  }

  /// Claims, then figures, then what was asked and not shown.
  var shown: String {
    guard !findings.isEmpty || !results.effects.isEmpty || !results.optima.isEmpty else {
      return ""
    }
    let claims = spoken.filter(\.isClaim)
    let quiet = spoken.filter { !$0.isClaim && !$0.isAhead }
    let claimed =
      claims.isEmpty
      ? paragraph("Nothing is claimed from the diary up to \(end.inWords).")
      : element(
        "ul", [("class", "claims")], inside: "\n" + claims.map(Self.item).joined()) + "\n"
    let notShown =
      quiet.isEmpty
      ? "" : subheading("What it does not show") + list(quiet.map(\.sentence)) + "\n"
    return claimed + effectFigures + humidityFigures + notShown
  }

  private static func item(_ finding: Finding) -> String {
    element(
      "li",
      inside: element("p", text: finding.sentence)
        + element("p", [("class", "small")], text: finding.grounds)) + "\n"
  }

  /// The first of each forecast, and what if.
  var outlookSentences: [String] { spoken.filter(\.isAhead).map(\.sentence) }

  /// Sentences of what is watched, where no report of it is at hand.
  var watchSentences: [String] {
    findings.filter { $0.analysis == "watch" && $0.silence == nil }.map(\.sentence)
  }

  // MARK: What cannot be said

  private static let analyses: [(name: String, title: String)] = [
    ("effects", "Effects of events"), ("trials", "Randomised trials"),
    ("humidity", "The best humidity"), ("watch", "Changes"), ("forecast", "Forecasts"),
    ("what-if", "What if the air changes"),
    ("products", "Product trials"),
  ]

  /// Each analysis's reasons, each once.
  var silences: String {
    let silent = findings.filter { $0.silence != nil }
    let known = Self.analyses.map { analysis in
      let said = silent.filter { $0.analysis == analysis.name }.map(\.sentence)
      return part(
        analysis.title, said.isEmpty && analysis.name == "watch" ? unwatched : said)
    }
    let names = Self.analyses.map(\.name)
    let others = silent.filter { !names.contains($0.analysis) }
    return known.joined() + part("Others", others.map(\.sentence))
  }

  /// Curves that the watch says nothing of.
  private var unwatched: [String] {
    (results.watch?.silences ?? []).map { "\(heading(of: $0.curve)): \($0.silence.reason)" }
  }

  private func part(_ title: String, _ sentences: [String]) -> String {
    var once: [String] = []
    for sentence in sentences where !once.contains(sentence) { once.append(sentence) }
    return once.isEmpty ? "" : subheading(title) + list(once) + "\n"
  }
}

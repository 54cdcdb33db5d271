package import Curves
package import Effects
internal import Figures
package import Findings
package import Forecast
package import Humidity
package import Products
package import Readings
package import Watch

/// What the analyses gave, for the figures; the sentences are those of the findings.
package struct ReportResults: Sendable {
  package var effects: [EffectAnswer] = []
  package var optima: [(outcome: String, result: Result<Optimum, Silence>)] = []
  /// Nil where nothing was watched.
  package var watch: WatchReport?
  package var forecasts: [ForecastResult] = []
  package var comparisons: [Comparison] = []

  package init() {}
}

/// A person's month as one page of HTML that stands on its own: no script, no font or picture from elsewhere.
///
/// The same input gives the same bytes. The page is well-formed XML too.
package struct MonthReport: Sendable {
  let month: Month
  let person: String
  let history: History?
  let findings: [Finding]
  let results: ReportResults
  let plan: AnalysisPlan
  /// The last day of the month that can have readings.
  let end: LocalDate

  /// What is after the month's end is left out of the history; findings and results must be of the same days.
  ///
  /// - Parameters:
  ///   - month: which.
  ///   - person: whose; others' findings are left out.
  ///   - history: the diary up to the month's end; nil for one that holds nothing.
  ///   - findings: all that was found in it, in the order in which they are to be read.
  ///   - results: what the figures show.
  ///   - plan: what was asked, and how.
  ///   - today: the last day that can have readings, in a month that is not over; default: the month's last.
  package init(
    month: Month, person: String, history: History?, findings: [Finding] = [],
    results: ReportResults = ReportResults(), plan: AnalysisPlan, today: LocalDate? = nil
  ) {
    self.month = month
    self.person = person
    let kept = history?.upTo(month.last)
    self.history = kept.flatMap { $0.days > 0 ? $0 : nil }
    self.findings = findings.filter { $0.person == person }
    self.results = results
    self.plan = plan
    end = max(month.first, min(month.last, today ?? month.last))
  }

  /// The page.
  package var html: String {
    let sections = sections.filter { !$0.body.isEmpty }
    let links = sections.map {
      element("li", inside: element("a", [("href", "#\($0.id)")], text: $0.title))
    }
    let contents = element(
      "nav", [("aria-label", "Contents")], inside: element("ul", inside: links.joined()))
    let main =
      element("h1", text: title) + "\n" + cover + contents + "\n"
      + sections.map(\.html).joined()
    return """
      <!DOCTYPE html>
      <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(escaped(title))</title>
      <style>\(Figure.style)\(PageStyle.text)</style>
      </head>
      <body>
      <main>
      \(main)</main>
      \(element("footer", inside: paragraph(origin)))
      </body>
      </html>

      """
  }

  private var title: String { "Skin diary of \(person), \(month.name)" }

  private var sections: [Section] {
    [
      Section(id: "month", title: "The month in readings", body: courses),
      Section(id: "air", title: "The air", body: air),
      Section(id: "shows", title: "What the diary shows", body: shown),
      Section(id: "changes", title: "Changes noticed this month", body: changes),
      Section(id: "ahead", title: "What is to be expected", body: expected),
      Section(id: "products", title: "Product trials", body: trials),
      Section(id: "silence", title: "What cannot be said yet", body: silences),
      Section(id: "reading", title: "How to read this", body: Self.guide),
    ]
  }

  /// An outcome as headings name it.
  func heading(of outcome: String) -> String {
    history?.curves.first { $0.name == outcome }.map(Words.name) ?? outcome
  }

  private var origin: String {
    let readings = history?.curves.reduce(0) { $0 + $1.count } ?? 0
    return "Made from the diary of \(person) up to \(end.inWords), "
      + "\(Words.counted(readings, "reading")) of good quality. "
      + "Model version \(AnalysisPlan.modelVersion); plan \(plan.hash)."
  }
}

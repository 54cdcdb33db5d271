import ArgumentParser
import Curves
import Findings
import FoundationEssentials
import Readings
import Report

/// `skin2vec report`.
struct ReportCommand: AnalysisCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "One month as a page: readings, findings, and what cannot be said.",
    usage: "skin2vec report [--month MONTH] [--out FILE] [OPTIONS]",
    discussion: """
      The page is one file that needs nothing else: no network, no script. It says what was known at \
      the month's end: later days are left out. A file that ends in .pdf is printed by Chromium, where \
      that is installed.

      EXAMPLES
        skin2vec report --month 2026-10 --out report.html
        skin2vec report --month 2026-10 --out report.pdf
        skin2vec report --person anna                       the last month that is over

      Exit status: 0 done; 64 usage, 65 damaged diary, 66 no diary or nobody of that name, 69 no \
      Chromium, 70 any other failure, 73 the file cannot be written, 78 configuration at fault.
      """)

  @Option(
    help: ArgumentHelp(
      "The month (default: the last that is over).", valueName: "yyyy-mm"))
  var month: String?
  @Option(
    help: ArgumentHelp(
      "Where the page is written (default: skin2vec-MONTH.html here).", valueName: "path"),
    completion: .file(extensions: ["html", "pdf"]))
  var out: String?
  @Option(help: ArgumentHelp("Whose (default: the one person of the diary).", valueName: "name"))
  var person: String?
  @OptionGroup var place: DiaryOptions

  func validate() throws {
    guard let month else { return }
    do { _ = try Month(month) } catch { throw ValidationError("\(error)") }
  }

  func carryOut() async throws {
    let settings = try place.settings()
    let diary = try await place.read(settings)
    let (people, today) = (diary.people, diary.today)
    let month = try month.map { try Month($0) } ?? Month(of: today).previous
    guard month.first <= today else {
      throw AnalysisFailure(64, "\(month.name) has not begun")
    }
    let chosen = try Chosen.person(person, of: people.map(\.history.person))
    let page = await page(month, chosen, people.filter { $0.history.person == chosen }, today)
    let file = ReportFile(path: out ?? "skin2vec-\(month).html")
    try file.write(page)
    print("\(month.name) of \(chosen) is in \(file.path)")
  }

  /// What was known of somebody at a month's end.
  private func page(
    _ month: Month, _ person: String, _ everything: [DiaryPerson], _ today: LocalDate
  ) async -> String {
    let then = everything.map {
      DiaryPerson(
        history: $0.history.upTo(month.last), trials: $0.trials.upTo(month.last),
        plans: $0.plans.upTo(month.last))
    }.filter { $0.history.days > 0 }
    let query = Query(people: then)
    let answers = await query.answers()
    return MonthReport(
      month: month, person: person, history: then.first?.history,
      findings: answers.flatMap { $0.answer.findings(of: $0.person) },
      results: ReportResults(answers.map(\.answer)), plan: query.plan, today: today
    ).html
  }
}

extension ReportResults {
  /// What figures show of the answers.
  init(_ answers: [Answer]) {
    self.init()
    for answer in answers {
      switch answer {
      case .effects(let answers): effects = answers
      case .humidity(let optima): self.optima = optima
      case .watch(let result): watch = try? result.get()
      case .products(let result):
        comparisons = ((try? result.get()) ?? []).compactMap { try? $0.result.get() }
      case .forecast(let found): forecasts = found.compactMap { try? $0.result.get() }
      case .whatIf, .trials: break
      }
    }
  }
}

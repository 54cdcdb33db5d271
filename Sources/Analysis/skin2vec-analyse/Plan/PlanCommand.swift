import ArgumentParser
import Control
import Curves
import FoundationEssentials
import Readings
import Settings
import Trials

/// `skin2vec plan`.
struct PlanCommand: AnalysisCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "A randomised trial of one event: proposes it, begins it, and says what came of it.",
    usage: "skin2vec plan <EVENT> [--begin DATE] [OPTIONS]",
    discussion: """
      What the diary shows of itself may come of what goes together with an event. A coin does not: \
      weeks with and weeks without, in an order that nobody chose, tell what the event itself does. \
      Without a trial of this event in the diary, this says how long one must be, from how your own \
      readings wander. --begin tosses the coins and keeps the plan in the diary, as an event's note. \
      While it runs, this says what today is for; when it is over, what it has shown.

      EXAMPLES
        skin2vec plan late_night
        skin2vec plan late_night --begin 2026-12-01
        skin2vec plan alcohol                    as usual, or none: what may harm is never asked for

      Exit status: 0 done; 64 usage, 65 damaged diary, 66 no diary, 69 skin2vecd does not run and the \
      plan was not kept, 70 any other failure, 78 configuration at fault.
      """)

  @Argument(help: "The kind of event, as it is tagged: late_night.")
  var event: String
  @Option(help: ArgumentHelp("Begin a trial on this date.", valueName: "yyyy-mm-dd"))
  var begin: String?
  @Option(help: ArgumentHelp("Whose (default: the one person of the diary).", valueName: "name"))
  var person: String?
  @Option(
    help: ArgumentHelp("An effect worth finding, in own SD at its strongest.", valueName: "SD"))
  var peak = 0.5
  @Option(
    help: ArgumentHelp("How many blocks (default: as many as are needed).", valueName: "even"))
  var blocks: Int?
  @OptionGroup var place: DiaryOptions

  func validate() throws {
    guard (0.05...5).contains(peak) else {
      throw ValidationError("--peak is out of range: use 0.05 to 5")
    }
    guard begin.map({ LocalDate($0) != nil }) ?? true else {
      throw ValidationError("--begin is no date: write 2026-12-01")
    }
  }

  func carryOut() async throws {
    let settings = try place.settings()
    let diary = try await place.read(settings)
    let (everybody, today) = (diary.people, diary.today)
    let name = try Chosen.person(person, of: everybody.map(\.history.person))
    let history =
      everybody.first { $0.history.person == name }?.history
      ?? History(person: name, firstDate: today, days: 0)
    let plans = DiaryPlans(diary.events, of: Person(name)).plans
    let running = plans.last { $0.event == event }
    if let begin = begin.flatMap({ LocalDate($0) }) {
      try start(begin, today, history, running, settings)
    } else if let running {
      show(running, history, today)
    } else {
      try propose(history, today)
    }
  }

  private func proposal(_ history: History, _ start: LocalDate) throws -> NOf1Proposal {
    var planner = NOf1Planner(event: event)
    planner.peak = peak
    do { return try planner.proposal(in: history, from: start) } catch {
      throw AnalysisFailure(64, "\(error)")
    }
  }

  private func propose(_ history: History, _ today: LocalDate) throws {
    let proposal = try proposal(history, today + 1)
    print(proposal)
    print("to begin: skin2vec plan \(event) --begin \(today + 1)")
  }

  /// Tosses the coins, has the plan kept, and shows it.
  private func start(
    _ start: LocalDate, _ today: LocalDate, _ history: History, _ running: NOf1Plan?,
    _ settings: Settings
  ) throws {
    guard start >= today else {
      throw AnalysisFailure(64, "\(start) is over: a coin is tossed before the day it decides")
    }
    if let running, running.end > start {
      throw AnalysisFailure(64, "a trial of \(event) runs until \(running.end - 1): \(running)")
    }
    let plan: NOf1Plan
    do {
      plan = try NOf1Plan(
        person: Person(history.person), event: event, start: start,
        blocks: try blocks ?? proposal(history, start).blocks,
        seed: .random(in: 0...UInt64.max))
    } catch let silence as Silence { throw AnalysisFailure(64, silence.reason) }
    try keep(plan, settings)
    print("\(plan)")
    for line in plan.lines { print("  \(line)") }
  }

  /// The station writes it into the diary; nobody else does.
  private func keep(_ plan: NOf1Plan, _ settings: Settings) throws {
    let event = SkinEvent(
      person: plan.person, time: .now, kind: DiaryPlans.eventKind, weight: 1, note: "\(plan)")
    let byHand = "skin2vec event \(DiaryPlans.eventKind) --note \"\(plan)\""
    do {
      let answer = try ControlClient(path: settings.control).send(.event(event))
      if case .refused(let problem, let hint) = answer {
        throw AnalysisFailure(70, "the plan was not kept: \(problem) (\(hint))")
      }
    } catch let error as ControlError {
      throw AnalysisFailure(69, "the plan was not kept: \(error); by hand: \(byHand)")
    }
  }

  private func show(_ plan: NOf1Plan, _ history: History, _ today: LocalDate) {
    print("\(plan)")
    if let arm = plan.arm(on: today) { print("today: \(plan.words(arm))") }
    for line in plan.lines { print("  \(line)") }
    switch TrialAnswer(plan, in: history).result {
    case .success(let result): for sentence in result.sentences { print(sentence) }
    case .failure(let silence): print(silence.reason)
    }
  }
}

import SyntheticSubject
import Watch

/// G9 to G11: false alarms of quiet years, delays to shifts and drifts, and what they are called.
struct WatchRows: Sendable {
  var subjects: Int
  var seed: UInt64

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for cell in quiet {
      say("watch: \(cell.name)")
      rows += falseAlarms(cell, await cell.people(subjects, seed: seed))
    }
    for cell in changes {
      say("watch: \(cell.name)")
      rows += delays(cell, await cell.people(subjects, seed: seed))
    }
    for cell in labels {
      say("watch: \(cell.name)")
      rows += names(cell, await cell.people(subjects, seed: seed))
    }
    return rows
  }

  private static let probe: [PlantedChannel] = [.moisture, .sebum, .temperature]

  private func plan(
    _ perDay: Double = 0.5, days: Int, curves: Int = 1, season: Double = 0,
    _ change: PlantedChange? = nil
  ) -> SubjectPlan {
    SubjectPlan(
      days: days, autocorrelation: perDay, seasonAmplitude: season,
      channels: Array(Self.probe.prefix(curves)), changes: change.map { [$0] } ?? [],
      hasAir: season > 0)
  }

  private var quiet: [WatchCell] {
    [0.3, 0.5, 0.8].map {
      WatchCell(plan: plan($0, days: 455), words: "quiet, one curve, φ \($0)")
    } + [
      WatchCell(plan: plan(days: 455, curves: 3), words: "quiet, three curves"),
      WatchCell(plan: plan(days: 455, season: 0.7), words: "season 0.7 SD, not modelled"),
      WatchCell(
        plan: plan(days: 455, season: 0.7), words: "season 0.7 SD, allowed for", seasonSD: 0.5),
      WatchCell(world: .other, plan: plan(days: 455), words: "quiet, one curve"),
    ]
  }

  private func shift(_ size: Double, _ channel: String? = nil) -> PlantedChange {
    PlantedChange(kind: .shift, day: 200, size: size, channel: channel)
  }

  private func drift(_ size: Double, _ channel: String? = nil) -> PlantedChange {
    PlantedChange(kind: .drift, day: 200, size: -size, overDays: 60, channel: channel)
  }

  private var changes: [WatchCell] {
    [1, 3].flatMap { curves in
      let words = curves == 1 ? "one curve" : "three curves together"
      return [
        WatchCell(
          plan: plan(days: 300, curves: curves, shift(1)), words: "shift of 1 SD, \(words)"),
        WatchCell(
          plan: plan(days: 300, curves: curves, drift(1)), words: "drift of 1 SD, \(words)"),
      ]
    } + [
      WatchCell(
        plan: plan(days: 300, shift(1)), words: "shift of 1 SD, one curve, season allowed for",
        seasonSD: 0.5)
    ]
  }

  private var labels: [WatchCell] {
    let moisture = Self.probe[0].channel
    let jump = PlantedChange(kind: .deviceJump, day: 200, size: 1.5)
    return [
      WatchCell(plan: plan(days: 380, shift(1.5)), words: "shift of 1.5 SD, one curve"),
      WatchCell(plan: plan(days: 380, drift(1.5)), words: "drift of 1.5 SD, one curve"),
      WatchCell(
        plan: plan(days: 380, curves: 3, shift(1.5, moisture)),
        words: "shift of 1.5 SD in one of three curves"),
      WatchCell(
        plan: plan(days: 380, curves: 3, drift(1.5, moisture)),
        words: "drift of 1.5 SD in one of three curves"),
      WatchCell(plan: plan(days: 380, curves: 3, jump), words: "device jump of 1.5 SD"),
    ]
  }

  private func naive(_ value: (Int) -> Double) -> [(name: String, value: Double)] {
    NaiveWatch.names.enumerated().map { ($0.element, value($0.offset + 1)) }
  }

  private func falseAlarms(_ cell: WatchCell, _ people: [WatchCell.Person]) -> [EvidenceRow] {
    let rate = people.rate(0, days: cell.plan.days)
    return [
      EvidenceRow(
        goal: "G9", measure: "false alarms a year, budget 0.5", cell: cell.name, ours: rate,
        naive: naive { people.rate($0, days: cell.plan.days) }, target: "0.40 to 0.60",
        isMet: (0.4...0.6).contains(rate), subjects: people.count)
    ]
  }

  private func delays(_ cell: WatchCell, _ people: [WatchCell.Person]) -> [EvidenceRow] {
    let isDrift = cell.plan.changes.contains { $0.kind == .drift }
    let (within, least, days) = isDrift ? (90.0, 0.85, 45.0) : (60, 0.9, 14)
    let goal = isDrift ? "G10" : "G9"
    let found = people.found(0, within: within, since: cell.begin)
    let median = people.medianDelay(0, since: cell.begin)
    return [
      EvidenceRow(
        goal: goal, measure: "noticed within \(Int(within)) days", cell: cell.name, ours: found,
        naive: naive { people.found($0, within: within, since: cell.begin) },
        target: "≥ \(least)", isMet: found >= least, subjects: people.count),
      EvidenceRow(
        goal: goal, measure: "median days to the alarm", cell: cell.name, ours: median,
        naive: naive { people.medianDelay($0, since: cell.begin) }, target: "≤ \(Int(days))",
        isMet: median <= days, subjects: people.count),
    ]
  }

  private func names(_ cell: WatchCell, _ people: [WatchCell.Person]) -> [EvidenceRow] {
    let truth: AlarmKind =
      switch cell.plan.changes.first?.kind {
      case .drift: .drift
      case .deviceJump: .deviceJump
      default: .shift
      }
    let right = people.labelled([truth])
    let undecided = people.labelled([.undecided])
    let wrong = 1 - right - undecided
    let least = truth == .deviceJump ? 0.9 : 0.75
    let noticed = people.count { $0.first != nil }
    let dated = Double(people.count { $0.isDated }) / Double(max(1, noticed))
    func row(_ measure: String, _ value: Double, _ target: String, _ isMet: Bool?) -> EvidenceRow {
      EvidenceRow(
        goal: "G11", measure: measure, cell: cell.name, ours: value, target: target, isMet: isMet,
        subjects: people.count)
    }
    return [
      row("right label", right, "≥ \(least)", right >= least),
      row("wrong label", wrong, "≤ 0.10", wrong <= 0.1),
      row("undecided", undecided, "≤ 0.20", undecided <= 0.2),
      row(
        "90 % interval of the beginning holds it", dated, "0.85 to 0.95",
        (0.85...0.95).contains(dated)),
    ]
  }
}

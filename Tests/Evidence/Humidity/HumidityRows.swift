import Curves
import Humidity
import SyntheticSubject

/// G8: where the bell's top is, and whether PM2.5 moves it.
struct HumidityRows: Sendable {
  var subjects: Int
  var seed: UInt64

  /// Where the planted bells have their top, in %RH.
  private static let top = 52.0

  private struct Count: Sendable {
    var asked: Int
    var optima: [Optimum]

    var answered: Int { optima.count }
    var covered: Int { optima.count { $0.optimum.low <= top && top <= $0.optimum.high } }
    var shifts: Int { optima.count { ($0.pShift ?? 1) < 0.1 } }
    var bells: Int { optima.count { $0.pTwoSided < 0.05 } }
    var widths: [Double] { optima.map { $0.optimum.high - $0.optimum.low } }
  }

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for world in World.allCases {
      for days in [120, 365, 730] {
        let still = await count(world, days, shift: 0)
        let moved = await count(world, days, shift: 4)
        rows += figures(still, moved, "\(world.rawValue), \(days) d, curvature 0.15", days)
        say("humidity, \(world.rawValue), \(days) d: \(still.answered) of \(still.asked) answered")
      }
      let flat = await count(world, 365, shift: 0, curvature: 0)
      let share = Double(flat.bells) / Double(max(flat.asked, 1))
      rows.append(
        EvidenceRow(
          goal: "G8", measure: "bells claimed where there is none",
          cell: "\(world.rawValue), 365 d, no bell", ours: share, target: "≤ 0.10",
          isMet: share <= 0.1, subjects: flat.asked))
    }
    return rows
  }

  private func figures(
    _ still: Count, _ moved: Count, _ cell: String, _ days: Int
  ) -> [EvidenceRow] {
    func share(_ number: Int, _ of: Int) -> Double { Double(number) / Double(max(of, 1)) }
    let covered = share(still.covered, still.answered)
    let (wrong, power) = (
      share(still.shifts, still.answered), share(moved.shifts, moved.answered)
    )
    return [
      EvidenceRow(
        goal: "G8", measure: "90 % intervals of the optimum that hold the truth", cell: cell,
        ours: covered, target: "0.88 to 0.93", isMet: (0.88...0.93).contains(covered),
        subjects: still.answered),
      EvidenceRow(
        goal: "G8", measure: "median width of the optimum's interval, %RH", cell: cell,
        ours: still.widths.sorted()[safe: still.widths.count / 2] ?? 0, target: "reported",
        subjects: still.answered),
      EvidenceRow(
        goal: "G8", measure: "diaries that are answered", cell: cell,
        ours: share(still.answered, still.asked), target: "reported", subjects: still.asked),
      EvidenceRow(
        goal: "G8", measure: "shifts claimed where there is none (p < 0.1)", cell: cell,
        ours: wrong,
        target: "≤ 0.10", isMet: wrong <= 0.1, subjects: still.answered),
      EvidenceRow(
        goal: "G8", measure: "shifts of −4 %RH per SD of PM2.5 that are found (p < 0.1)",
        cell: cell,
        ours: power, target: days >= 365 ? "≥ 0.70" : "reported",
        isMet: days >= 365 ? power >= 0.7 : nil, subjects: moved.answered),
    ]
  }

  private func count(
    _ world: World, _ days: Int, shift: Double, curvature: Double = 0.15
  ) async -> Count {
    let plan = SubjectPlan(
      days: days, bell: PlantedBell(optimum: Self.top, curvature: curvature, shift: shift))
    let answers = await asked(subjects, seed: seed) { seed in
      let history = world.subject(plan, seed: seed).history
      // Why nothing is said does not matter here, only how often.
      return try? HumidityAnalysis().optimum(history.curves[0], history)
    }
    return Count(asked: subjects, optima: answers.compactMap { $0 })
  }
}

import Curves
import Mathematics
import SyntheticSubject
import WhatIf

/// What-if: what is said of air that changes nothing, of air that does, and of air never seen.
struct WhatIfRows: Sendable {
  var subjects: Int
  var seed: UInt64

  /// Of PM2.5, in the person's own SD for one SD more for good.
  private static let planted = -0.3

  /// What one person's diary says.
  private struct Answer: Sendable {
    var claims: Bool
    /// Whether a correlation of the reading with the air of its place would be claimed.
    var correlates: Bool
    /// Whether the true difference is within, after the last changed place, and at all places.
    var covers: Bool
    var covered: Int
    var places: Int
    var width: Double
  }

  private struct Count: Sendable {
    var asked: Int
    var answers: [Answer]

    func share(_ of: (Answer) -> Bool) -> Double {
      Double(answers.count(where: of)) / Double(max(answers.count, 1))
    }
  }

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for world in World.allCases {
      for days in [90, 365, 730] {
        let cell = "\(world.rawValue), \(days) d"
        let none = await count(world, days, effect: 0)
        rows += silence(none, cell)
        let some = await count(world, days, effect: Self.planted)
        rows += coverage(some, cell + ", effect \(rounded(Self.planted)) SD")
        say("what-if, \(cell): false claims \(rounded(none.share(\.claims)))")
      }
      rows += await refusals(world)
    }
    return rows
  }

  private func silence(_ count: Count, _ cell: String) -> [EvidenceRow] {
    let claims = count.share(\.claims)
    return [
      EvidenceRow(
        goal: "What-if", measure: "differences claimed where PM2.5 does nothing", cell: cell,
        ours: claims, naive: [("correlation", count.share(\.correlates))], target: "≤ 0.10",
        isMet: claims <= 0.1, subjects: count.answers.count),
      EvidenceRow(
        goal: "What-if", measure: "diaries that are answered", cell: cell,
        ours: Double(count.answers.count) / Double(max(count.asked, 1)), target: "reported",
        subjects: count.asked),
    ]
  }

  private func coverage(_ count: Count, _ cell: String) -> [EvidenceRow] {
    let places = count.answers.reduce(0) { $0 + $1.places }
    let all = Double(count.answers.reduce(0) { $0 + $1.covered }) / Double(max(places, 1))
    func row(_ measure: String, _ ours: Double, isCoverage: Bool = false) -> EvidenceRow {
      EvidenceRow(
        goal: "What-if", measure: measure, cell: cell, ours: ours,
        target: isCoverage ? "0.88 to 0.93" : "reported",
        isMet: isCoverage ? (0.88...0.93).contains(ours) : nil, subjects: count.answers.count)
    }
    return [
      row(
        "90 % intervals of the difference after the last changed place that hold the truth",
        count.share(\.covers), isCoverage: true),
      row("the same of all places of the path", all, isCoverage: true),
      row(
        "median width after the last changed place, SD",
        Robust.median(count.answers.map(\.width)) ?? .nan),
      row("planted differences that are found", count.share(\.claims)),
    ]
  }

  /// Levels beyond what was seen, and one that was never seen for a fortnight.
  private func refusals(_ world: World) async -> [EvidenceRow] {
    let answers = await asked(subjects, seed: seed) { seed -> [Bool?] in
      let person = PlantedAir(world: world, days: 365, effect: 0, seed: seed)
      let (lowest, highest) = (person.seen.min() ?? 0, person.seen.max() ?? 0)
      let high = person.quantile(0.975)
      let isNew = person.highestMean(days: 14) < high - 0.5 * person.spread
      return [
        person.path(to: 1.1 * highest, days: 3) == nil,
        person.path(to: 0.9 * lowest, days: 3) == nil,
        isNew ? person.path(to: high, days: 14) == nil : nil,
      ]
    }
    let asked = [
      "a level above any that was seen: refused", "a level below any that was seen: refused",
      "a level never seen for 14 days on end: refused",
    ]
    return asked.enumerated().map { index, measure in
      let own = answers.compactMap { $0[index] }
      let share = Double(own.count { $0 }) / Double(max(own.count, 1))
      return EvidenceRow(
        goal: "What-if", measure: measure, cell: "\(world.rawValue), 365 d", ours: share,
        target: "1.00", isMet: own.isEmpty ? nil : share == 1, subjects: own.count)
    }
  }

  private func count(_ world: World, _ days: Int, effect: Double) async -> Count {
    let answers = await asked(subjects, seed: seed) { seed -> Answer? in
      let person = PlantedAir(world: world, days: days, effect: effect, seed: seed)
      let (value, raised) = (person.quantile(0.85), 3)
      guard let path = person.path(to: value, days: raised) else { return nil }
      let truths = person.truth(of: path)
      let isWithin = zip(path.steps, truths).map { step, truth in
        step.difference.low <= truth && truth <= step.difference.high
      }
      let last = raised * Grid.perDay - 1
      let likely = path.steps[last].difference
      return Answer(
        claims: path.largest?.difference.excludesZero ?? false, correlates: person.correlates,
        covers: isWithin[last], covered: isWithin.count { $0 }, places: isWithin.count,
        width: (likely.high - likely.low) / person.deviation)
    }
    return Count(asked: subjects, answers: answers.compactMap { $0 })
  }
}

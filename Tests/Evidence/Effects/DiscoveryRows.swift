import Curves
import Effects
import SyntheticSubject

/// G6: many outcomes and events at once, half of the pairs without any effect.
struct DiscoveryRows: Sendable {
  var subjects: Int
  var seed: UInt64

  private static let kinds = ["late_night", "alcohol", "spicy_food", "stress", "sun", "travel"]

  private var plan: SubjectPlan {
    // Every second event acts, and on one of the three channels or on all.
    let events = Self.kinds.enumerated().map { index, kind in
      PlantedEvent(
        kind: kind, peak: index.isMultiple(of: 2) ? 0.6 : 0, delayDays: Double(index % 3),
        tauDays: [1, 2, 3][index % 3], channel: index == 2 ? "skin.sebum" : nil)
    }
    return SubjectPlan(days: 365, channels: [.moisture, .sebum, .temperature], events: events)
  }

  private struct Count: Sendable {
    var (claims, replicated, wronglyReplicated, effects, found) = (0, 0, 0, 0, 0)
    /// Each person's share of wrong claims, 0 without a claim.
    var shares = 0.0

    mutating func add(_ other: Count) {
      claims += other.claims
      replicated += other.replicated
      wronglyReplicated += other.wronglyReplicated
      effects += other.effects
      found += other.found
      shares += other.shares
    }
  }

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for (world, plan) in World.allCases.flatMap({ [($0, plan), ($0, .manyPairs(days: 365))] }) {
      let count = await count(world, plan)
      let people = subjects
      let rate = count.shares / Double(people)
      let pairs = plan.channels.flatMap { channel in
        plan.events.map { acts($0, on: channel.channel) }
      }
      let cell =
        "\(world.rawValue), \(plan.days) d, \(pairs.count) pairs a person, "
        + "\(pairs.count { !$0 }) without an effect"
      rows.append(
        EvidenceRow(
          goal: "G6", measure: "false discovery rate", cell: cell, ours: rate, target: "≤ 0.10",
          isMet: rate <= 0.1, subjects: people))
      rows.append(
        EvidenceRow(
          goal: "G6", measure: "claims that both halves of the diary repeat", cell: cell,
          ours: Double(count.replicated) / Double(max(count.claims, 1)), target: "reported",
          subjects: people))
      rows.append(
        EvidenceRow(
          goal: "G6", measure: "replicated claims that are false", cell: cell,
          ours: Double(count.wronglyReplicated) / Double(max(count.replicated, 1)),
          target: "reported", subjects: people))
      rows.append(
        EvidenceRow(
          goal: "G6", measure: "effects of 0.5 or 0.6 SD that are found", cell: cell,
          ours: Double(count.found) / Double(max(count.effects, 1)), target: "reported",
          subjects: people))
      say("\(cell): false discovery rate \(rounded(rate))")
    }
    return rows
  }

  /// Whether an event does anything to an outcome.
  private func acts(_ event: PlantedEvent, on outcome: String) -> Bool {
    event.peak != 0 && (event.channel.map { outcome.hasPrefix($0) } ?? true)
  }

  private func count(_ world: World, _ plan: SubjectPlan) async -> Count {
    await asked(subjects, seed: seed) { seed in
      var count = Count()
      add(world.subject(plan, seed: seed), to: &count)
      return count
    }.reduce(into: Count()) { $0.add($1) }
  }

  private func add(_ subject: Subject, to count: inout Count) {
    let planted = Dictionary(uniqueKeysWithValues: subject.plan.events.map { ($0.kind, $0) })
    var (claims, wrong) = (0, 0)
    for answer in EffectAnalysis().effects(subject.history) {
      guard case .success(let effect) = answer.result, let event = planted[answer.event] else {
        continue
      }
      let acts = acts(event, on: effect.outcome)
      if acts { count.effects += 1 }
      guard effect.evidence > .none else { continue }
      claims += 1
      if acts { count.found += 1 } else { wrong += 1 }
      guard effect.evidence == .replicated else { continue }
      count.replicated += 1
      if !acts { count.wronglyReplicated += 1 }
    }
    count.claims += claims
    if claims > 0 { count.shares += Double(wrong) / Double(claims) }
  }
}

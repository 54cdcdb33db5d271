package import Curves
internal import Mathematics
internal import StateSpace
internal import Readings

/// What each kind of event does to each outcome.
///
/// One model of an outcome has all events and adjustments in it. Where an effect lies in time, and how the
/// readings wander by themselves, is averaged over by marginal likelihood, never picked.
package struct EffectAnalysis: Sendable {
  /// Fewer days with a reading say nothing.
  package static let leastDays = 30
  /// Fewer places with a dose say nothing.
  package static let leastOccasions = 8
  /// What share of the claims may be chance finds.
  package static let falseDiscoveryRate = 0.05
  /// An effect at its strongest is expected about zero with this SD, by the noise's.
  static let expectedEffect = 1.2

  package init() {}

  /// Every pair of outcome and event, with what can be said, or why nothing can.
  package func effects(_ history: History) -> [EffectAnswer] {
    var answers = history.curves.flatMap { curve in outcome(curve, history) }
    grade(&answers)
    return answers
  }

  /// The same, with the outcomes shared among the cores.
  package func effects(_ history: History) async -> [EffectAnswer] {
    let parts = await withTaskGroup(of: (Int, [EffectAnswer]).self) { group in
      for (index, curve) in history.curves.enumerated() {
        group.addTask { (index, outcome(curve, history)) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var answers = parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    grade(&answers)
    return answers
  }

  /// One outcome with every event, ungraded.
  private func outcome(_ curve: Curve, _ history: History) -> [EffectAnswer] {
    let asked = history.events.filter {
      !Self.adjusting.contains($0.kind) && !Self.saying.contains($0.kind)
    }
    func answer(_ event: EventCurve, _ result: Result<Effect, Silence>) -> EffectAnswer {
      EffectAnswer(outcome: curve.name, event: event.kind, result: result)
    }
    if let silence = Self.silence(curve) { return asked.map { answer($0, .failure(silence)) } }
    let spoken = asked.filter { Self.silence($0, curve) == nil }
    let model = spoken.isEmpty ? nil : LagModel(history: history, curve: curve, events: spoken)
    let halves = spoken.isEmpty ? [] : Self.halves(history, curve, spoken)
    return asked.map { event in
      if let silence = Self.silence(event, curve) { return answer(event, .failure(silence)) }
      guard let model, let index = spoken.firstIndex(where: { $0.kind == event.kind }),
        var effect = model.effect(of: index)
      else { return answer(event, .failure(Silence("the readings cannot be modelled", "读数无法建模"))) }
      let parts = halves.compactMap { $0[event.kind] }
      if parts.count == 2 { effect.halves = parts }
      return answer(event, .success(effect))
    }
  }

  /// Kinds that others are adjusted for, and that are not asked about themselves.
  static let adjusting: Set = ["cleansed", "cycle_start"]
  /// What only says that something else began.
  static let saying: Set = ["trial"]

  private static func silence(_ curve: Curve) -> Silence? {
    let days = Set(curve.values.indices.filter { curve.values[$0] != nil }.map(Grid.day)).count
    guard days >= leastDays else {
      return Silence(
        "\(days) days with a reading of \(curve.name); \(leastDays) are needed",
        "有\(curve.chineseName)读数的日子为 \(days) 天，需要 \(leastDays) 天")
    }
    let values = curve.values.compactMap { $0 }
    guard let deviation = Robust.deviation(values), deviation > 1e-9 else {
      return Silence(
        "all readings of \(curve.name) are the same", "\(curve.chineseName)的读数全都相同")
    }
    return nil
  }

  /// Only events that readings can follow count.
  private static func silence(_ event: EventCurve, _ curve: Curve) -> Silence? {
    let followed = event.doses.indices.filter { place in
      guard event.doses[place] > 0 else { return false }
      let end = min(place + 5 * Grid.perDay, curve.values.count)
      return (place..<end).contains { curve.values[$0] != nil }
    }
    guard followed.count < leastOccasions else { return nil }
    return Silence(
      "\(followed.count) times \(event.kind) with readings after; \(leastOccasions) are needed",
      "\(Spoken.padded(Spoken.event(event.kind, in: .simplifiedChinese)))后有读数的次数为 \(followed.count) 次，"
        + "需要 \(leastOccasions) 次")
  }

  /// The effects in each half of the diary alone.
  private static func halves(
    _ history: History, _ curve: Curve, _ events: [EventCurve]
  ) -> [[String: Estimate]] {
    let middle = history.places / 2
    return [0..<middle, middle..<history.places].map { part in
      var half = curve
      for place in half.values.indices where !part.contains(place) { half.values[place] = nil }
      guard silence(half) == nil else { return [:] }
      let spoken = events.filter { silence($0, half) == nil }
      guard !spoken.isEmpty, let model = LagModel(history: history, curve: half, events: spoken)
      else { return [:] }
      return Dictionary(
        uniqueKeysWithValues: spoken.indices.compactMap { index in
          model.peak(of: index, level: 0.8).map { (spoken[index].kind, $0) }
        })
    }
  }

  /// Holds all pairs together to the false-discovery rate, and says what each has shown.
  private func grade(_ answers: inout [EffectAnswer]) {
    let asked = answers.indices.filter { (try? answers[$0].result.get()) != nil }
    let ps = asked.compactMap { try? answers[$0].result.get().p }
    for (index, q) in zip(asked, FalseDiscovery.adjusted(ps)) {
      guard case .success(var effect) = answers[index].result else { continue }
      effect.q = q
      let stands = q <= Self.falseDiscoveryRate
      let signs = (effect.halves ?? []).map { $0.excludesZero && $0.value * effect.peak.value > 0 }
      let again = signs.count == 2 && signs.allSatisfy { $0 }
      effect.evidence = !stands ? .none : again ? .replicated : .hint
      answers[index].result = .success(effect)
    }
  }
}

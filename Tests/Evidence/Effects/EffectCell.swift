import Curves
import Effects
import Mathematics
import Readings
import SyntheticSubject

/// One cell of the sweep: people of one kind, and what is found in their diaries.
struct EffectCell: Sendable {
  var world: World
  var plan: SubjectPlan
  /// What is unusual about it: `φ 0.8`.
  var words: String

  var name: String { "\(world.rawValue), \(plan.days) d" + (words.isEmpty ? "" : ", \(words)") }

  /// What is counted over the people.
  struct Count: Sendable {
    var asked = 0
    var answered = 0
    var claims = 0
    var covered = 0
    var withAndWithout = 0
    var bestLag = 0
    var picked = 0
    var delayFound = 0
    var bias = 0.0
    var halfWidths: [Double] = []
    /// The probability given to each delay, and whether it was the true one.
    var delays: [(said: Double, isTrue: Bool)] = []

    func share(_ number: Int) -> Double { Double(number) / Double(max(answered, 1)) }
  }

  /// Asks each person's diary about the first event.
  func count(subjects: Int, seed: UInt64, isNaiveToo: Bool) async -> Count {
    await asked(subjects, seed: seed) { seed in
      var count = Count()
      add(seed, isNaiveToo, to: &count)
      return count
    }.reduce(into: Count()) { $0.add($1) }
  }

  private func add(_ seed: UInt64, _ isNaiveToo: Bool, to count: inout Count) {
    let subject = world.subject(plan, seed: seed)
    count.asked += 1
    let answers = EffectAnalysis().effects(subject.history)
    let own = answers.filter { $0.event == plan.events[0].kind }
      .compactMap { try? $0.result.get() }
    guard let effect = own.first else { return }
    count.answered += 1
    // Of several outcomes, one claim is a claim.
    if own.contains(where: { $0.evidence > .none }) { count.claims += 1 }
    // The truth is in planted SD; the finding is in the SD that was seen.
    let found = effect.cumulative.scaled(by: effect.deviation / plan.channels[0].deviation)
    let truth = world.cumulative(plan.events[0])
    if found.low <= truth, truth <= found.high { count.covered += 1 }
    count.bias += found.value - truth
    count.halfWidths.append((found.high - found.low) / 2)
    let likeliest = effect.delays.indices.max { effect.delays[$0] < effect.delays[$1] } ?? 0
    if abs(Double(likeliest) - plan.events[0].delayDays) <= 1 { count.delayFound += 1 }
    for (delay, said) in effect.delays.enumerated() {
      count.delays.append((said, Double(delay) == plan.events[0].delayDays))
    }
    guard isNaiveToo else { return }
    let naive = NaiveEffects(subject.history)
    if naive.withAndWithout { count.withAndWithout += 1 }
    if naive.bestLag { count.bestLag += 1 }
    if naive.pickedKernel(first: subject.history.firstDate.daysSince1970) { count.picked += 1 }
  }
}

extension EffectCell.Count {
  mutating func add(_ other: Self) {
    asked += other.asked
    answered += other.answered
    claims += other.claims
    covered += other.covered
    withAndWithout += other.withAndWithout
    bestLag += other.bestLag
    picked += other.picked
    delayFound += other.delayFound
    bias += other.bias
    halfWidths += other.halfWidths
    delays += other.delays
  }

  /// How far said probabilities are from what happens, in ten bins by their size.
  var calibrationError: Double {
    var sum = 0.0
    for bin in 0..<10 {
      let inside = delays.filter { min(Int($0.said * 10), 9) == bin }
      guard !inside.isEmpty else { continue }
      let said = inside.reduce(0) { $0 + $1.said } / Double(inside.count)
      let happened = Double(inside.filter(\.isTrue).count) / Double(inside.count)
      sum += abs(said - happened) * Double(inside.count)
    }
    return sum / Double(max(delays.count, 1))
  }
}

import Curves
import Effects
import Mathematics
import Readings
import SyntheticSubject
import Trials

/// N-of-1: what randomised trials claim of made-up people, and whether plans keep their promise.
struct TrialRows: Sendable {
  var subjects: Int
  var seed: UInt64

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for world in World.allCases {
      for blocks in [12, 26] { rows.append(await claims(world, blocks)) }
      rows.append(await claims(world, 26, "φ 0.8") { $0.autocorrelation = 0.8 })
      rows.append(
        await claims(world, 26, "3 outcomes") {
          $0.channels = [.moisture, .sebum, .temperature]
        })
      say("N-of-1, \(world.rawValue): false claims done")
      for cell in [TrialCell.Effect.none, .lasting(0.7), .kernel(0.5)] {
        for blocks in [12, 26] { rows.append(await coverage(world, blocks, cell)) }
      }
      say("N-of-1, \(world.rawValue): intervals done")
      for peak in [0.5, 0.8] { rows += await power(world, peak) }
      say("N-of-1, \(world.rawValue): plans done")
    }
    return rows
  }

  private func claims(
    _ world: World, _ blocks: Int, _ words: String = "",
    _ change: (inout SubjectPlan) -> Void = { _ in }
  ) async -> EvidenceRow {
    var cell = TrialCell(world: world, blocks: blocks, effect: .none)
    change(&cell.background)
    let found = await asked(subjects, seed: seed) { [cell] in cell.run(seed: $0) }.compactMap { $0 }
    let share = Self.share(found.count(where: \.isClaimed), found.count)
    return EvidenceRow(
      goal: "N-of-1", measure: "false claims where nothing is planted (nominal 0.05)",
      cell: "\(world.rawValue), \(blocks) blocks of 7 d" + (words.isEmpty ? "" : ", \(words)"),
      ours: share,
      naive: [("t-test of readings", Self.share(found.count(where: \.isNaive), found.count))],
      target: "≤ 0.10", isMet: share <= 0.1, subjects: found.count)
  }

  private func coverage(
    _ world: World, _ blocks: Int, _ effect: TrialCell.Effect
  ) async -> EvidenceRow {
    let cell = TrialCell(world: world, blocks: blocks, effect: effect)
    let found = await asked(subjects, seed: seed) { cell.run(seed: $0) }.compactMap { $0 }
    let share = Self.share(found.count(where: \.isCovered), found.count)
    return EvidenceRow(
      goal: "N-of-1", measure: "90 % intervals of the difference that hold the truth",
      cell: "\(world.rawValue), \(blocks) blocks of 7 d, \(effect.words)", ours: share,
      target: "0.88 to 0.93", isMet: (0.88...0.93).contains(share), subjects: found.count)
  }

  /// Plans from 120 days of diary, carried out.
  private func power(_ world: World, _ peak: Double) async -> [EvidenceRow] {
    let trial = PlannedTrial(world: world, peak: peak)
    let plans = await asked(subjects, seed: seed) { trial.run(seed: $0) }
    let all = plans.compactMap { $0 }
    let done = all.filter(\.isEnough)
    let found = Self.share(done.count(where: \.isClaimed), done.count)
    let promised = Robust.mean(done.map(\.power)) ?? 0
    let cell = "\(world.rawValue), peak \(peak) own SD, any kernel, planned from 120 d"
    let (said, shown) = (
      Robust.mean(all.map(\.power)) ?? 0, Self.share(all.count(where: \.isClaimed), all.count)
    )
    return [
      EvidenceRow(
        goal: "N-of-1", measure: "power of all plans, half a year's too, less what they say",
        cell: cell, ours: shown - said, target: "−0.07 to 0.07", isMet: abs(shown - said) <= 0.07,
        subjects: all.count),
      EvidenceRow(
        goal: "N-of-1", measure: "power of plans that promise 80 %", cell: cell, ours: found,
        naive: [("promised", promised)], target: "0.75 to 0.87",
        isMet: (0.75...0.87).contains(found), subjects: done.count),
      EvidenceRow(
        goal: "N-of-1", measure: "median length of such plans, days", cell: cell,
        ours: Robust.median(done.map { Double($0.days) }) ?? 0, target: "reported",
        subjects: done.count),
      EvidenceRow(
        goal: "N-of-1", measure: "effects for which half a year is said to be too short",
        cell: cell, ours: 1 - Self.share(done.count, subjects), target: "reported",
        subjects: subjects),
    ]
  }

  private static func share(_ number: Int, _ of: Int) -> Double {
    Double(number) / Double(max(of, 1))
  }
}

/// People who carry a trial out, with a planted effect.
struct TrialCell: Sendable {
  enum Effect: Sendable {
    case none
    /// So many SD on every day of the arm with the event.
    case lasting(Double)
    /// A dose each evening of that arm: this peak in SD, 1 day later, decaying in 2 days.
    case kernel(Double)

    var words: String {
      switch self {
      case .none: "nothing planted"
      case .lasting(let size): "\(size) SD on each day"
      case .kernel(let peak): "peak \(peak) SD after 1 d, decay 2 d"
      }
    }
  }

  /// What a trial said.
  struct Found: Sendable {
    var isClaimed: Bool
    var isCovered: Bool
    /// Whether a t-test of all readings by their arm claims a difference in the first outcome.
    var isNaive: Bool
  }

  var world: World
  var blocks: Int
  var effect: Effect
  /// Season, weekday, slot, air and noise.
  var background: SubjectPlan

  init(world: World, blocks: Int, effect: Effect) {
    (self.world, self.blocks, self.effect) = (world, blocks, effect)
    background = SubjectPlan(days: blocks * NOf1Plan.usualBlockDays)
  }

  /// - Returns: nil where nothing is said.
  func run(seed: UInt64) -> Found? {
    var history = world.subject(background, seed: seed).history
    guard let plan = history.trial(from: history.firstDate, blocks: blocks, seed: seed) else {
      return nil
    }
    let acting = acting(plan, history)
    let deviation = background.channels[0].deviation
    for index in history.curves.indices { history.curves[index].add(acting, times: deviation) }
    guard let result = try? NOf1Analysis(plan).result(in: history, on: plan.end) else { return nil }
    let said = result.answers.compactMap { try? $0.result.get() }
    guard let first = said.first else { return nil }
    let truth = deviation * Self.truth(acting, plan, history)
    return Found(
      isClaimed: said.contains { $0.evidence == .randomised },
      isCovered: first.inUnits.low <= truth && truth <= first.inUnits.high,
      isNaive: Self.isNaive(plan, history))
  }

  private func acting(_ plan: NOf1Plan, _ history: History) -> [Double] {
    switch effect {
    case .none: Array(repeating: 0, count: history.places)
    case .lasting(let size):
      (0..<history.places).map { plan.arm(on: history.date($0)) == .with ? size : 0 }
    case .kernel(let peak):
      LagKernel(delayDays: 1, tauDays: 2).spread(history.events[0].doses).map { peak * $0 }
    }
  }

  private static func isNaive(_ plan: NOf1Plan, _ history: History) -> Bool {
    let curve = history.curves[0]
    let arms = NOf1Plan.Arm.allCases.map { arm in
      curve.values.indices.compactMap {
        plan.arm(on: history.date($0)) == arm ? curve.values[$0] : nil
      }
    }
    let means = arms.compactMap(Robust.mean)
    let spreads = arms.compactMap(Robust.deviation)
    guard means.count == 2, spreads.count == 2 else { return false }
    let variance = zip(arms, spreads).reduce(0) { $0 + $1.1 * $1.1 / Double($1.0.count) }
    let t = StudentT(df: Double(arms[0].count + arms[1].count - 2)).quantile(0.975)
    return abs(means[0] - means[1]) > t * variance.squareRoot()
  }

  /// What the compared readings of the two arms differ by, without any noise.
  private static func truth(_ acting: [Double], _ plan: NOf1Plan, _ history: History) -> Double {
    func mean(_ arm: NOf1Plan.Arm) -> Double {
      let places = acting.indices.filter {
        let date = history.date($0)
        return plan.isCompared(date) && plan.arm(on: date) == arm
          && history.curves[0].values[$0] != nil
      }
      return Robust.mean(places.map { acting[$0] }) ?? 0
    }
    return mean(.with) - mean(.without)
  }
}

/// People who plan a trial from their diary, and carry it out.
struct PlannedTrial: Sendable {
  /// What came of a plan.
  struct Outcome: Sendable {
    var power: Double
    var isEnough: Bool
    var days: Int
    var isClaimed: Bool
  }

  var world: World
  /// In the own SD that the diary shows.
  var peak: Double
  private static let before = 120

  func run(seed: UInt64) -> Outcome? {
    let plan = SubjectPlan(days: Self.before + NOf1Planner.mostDays)
    var history = world.subject(plan, seed: seed).history
    let diary = history.prefix(days: Self.before)
    var planner = NOf1Planner(event: "late_night")
    planner.peak = peak
    let start = history.firstDate + Self.before
    guard let proposal = try? planner.proposal(in: diary, from: start),
      let plan = history.trial(from: start, blocks: proposal.blocks, seed: seed),
      let deviation = Robust.deviation(diary.curves[0].values.compactMap { $0 })
    else { return nil }
    let acting = kernel(planner, seed).spread(history.events[0].doses)
    history.curves[0].add(acting, times: peak * deviation)
    let result = try? NOf1Analysis(plan).result(in: history, on: plan.end)
    let found = try? result?.answers[0].result.get()
    return Outcome(
      power: proposal.power, isEnough: proposal.isEnough, days: proposal.days,
      isClaimed: found?.evidence == .randomised)
  }

  /// One of those that the planner averages over, as likely as it takes it to be.
  private func kernel(_ planner: NOf1Planner, _ seed: UInt64) -> LagKernel {
    var random = SeededGenerator(seed: seed &* 0xBF58_476D_1CE4_E5B9)
    var left = random.uniform() * planner.kernels.reduce(0, +)
    for (kernel, weight) in zip(LagKernel.all, planner.kernels) {
      left -= weight
      if left <= 0 { return kernel }
    }
    return LagKernel.all[0]
  }
}

extension History {
  /// A trial of late nights that is carried out: a dose on each evening that is assigned one.
  fileprivate mutating func trial(from start: LocalDate, blocks: Int, seed: UInt64) -> NOf1Plan? {
    // The coin, and the test's draws, must not be the numbers that the person is made of.
    var other = SeededGenerator(seed: ~seed)
    // A plan that is refused is carried out by nobody.
    let plan = try? NOf1Plan(
      person: Person(person), event: "late_night", start: start, blocks: blocks,
      seed: other.next())
    let doses = (0..<places).map { place in
      Grid.slot(place) == .evening && plan?.arm(on: date(place)) == .with ? 1.0 : 0
    }
    events = [EventCurve(kind: "late_night", doses: doses)]
    return plan
  }
}

extension Curve {
  /// Adds to each reading there is.
  fileprivate mutating func add(_ acting: [Double], times factor: Double) {
    for place in values.indices {
      values[place] = values[place].map { $0 + factor * acting[place] }
    }
  }
}

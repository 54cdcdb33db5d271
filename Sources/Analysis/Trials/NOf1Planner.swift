package import Curves
package import Effects
internal import Mathematics
package import Readings

/// How long a trial would have to be.
package struct NOf1Proposal: Hashable, Sendable {
  package var event: String
  package var arms: NOf1Plan.Arms
  package var outcome: String
  package var blocks: Int
  package var blockDays: Int
  package var washoutDays: Int
  /// What one whole event is taken to do at its strongest, in own SD.
  package var peak: Double
  /// What that makes of the difference between the arms' compared days, in own SD.
  package var difference: Double
  /// The probability that the trial shows it, if the assignment is kept.
  package var power: Double
  /// Whether that is 80 %: otherwise half a year is too short.
  package var isEnough: Bool
  /// Days with a reading that the noise is estimated from; nil where a made-up person's is taken.
  package var historyDays: Int?

  package var days: Int { blocks * blockDays }
}

/// Finds the length of a trial by its power, with the person's own noise.
///
/// The power is averaged over when an effect may come and how long it stays: over all kernels, or by what
/// the diary says of them. It holds if the assignment is kept; what is not kept is not shown.
package struct NOf1Planner: Sendable {
  /// Half a year: longer is asked of nobody.
  package static let mostDays = 182
  package static let power = 0.8

  package var event: String
  /// Nil: what is usual for the kind.
  package var arms: NOf1Plan.Arms?
  /// What one whole event does at its strongest, in own SD, as ``Effect/peak``; default 0.5.
  package var peak = 0.5
  package var blockDays = NOf1Plan.usualBlockDays
  package var washoutDays = NOf1Plan.usualWashoutDays
  /// How likely each of ``LagKernel/all`` is, up to a factor; long decays are rarer.
  package var kernels = LagKernel.all.map { 1 / $0.tauDays.squareRoot() }

  package init(event: String) { self.event = event }

  /// By the delays and decays that the diary speaks for.
  package mutating func take(_ effect: Effect) {
    kernels = effect.delays.flatMap { delay in effect.decays.map { delay * $0 } }
  }

  /// The fewest blocks that show the effect four times in five, or the most there may be.
  ///
  /// - Parameters:
  ///   - history: the person's; with too few readings, the noise of a made-up person is taken.
  ///   - curve: the outcome that matters; nil takes the history's first. All the history's outcomes are
  ///     tested, which is allowed for.
  ///   - start: the trial's first day.
  /// - Returns: blocks, what they would show, and with which power.
  /// - Throws: a ``Silence`` where the event or the blocks cannot be tried.
  package func proposal(
    in history: History, for curve: Curve? = nil, from start: LocalDate
  ) throws(Silence) -> NOf1Proposal {
    let outcome = curve ?? history.curves.first
    let noise = outcome.map { OwnNoise(of: $0, in: history) } ?? .home
    let (plan, power, reach) = try search(noise, history, start)
    return NOf1Proposal(
      event: event, arms: plan.arms, outcome: outcome?.name ?? "an outcome", blocks: plan.blocks,
      blockDays: blockDays, washoutDays: washoutDays, peak: peak,
      difference: peak * reach.difference(plan), power: power, isEnough: power >= Self.power,
      historyDays: noise.days)
  }

  /// The shortest plan with enough power, or the longest there may be.
  private func search(
    _ noise: OwnNoise, _ history: History, _ start: LocalDate
  ) throws(Silence) -> (plan: NOf1Plan, power: Double, reach: TrialReach) {
    let most = Self.mostDays / 2 / max(1, blockDays)
    guard most >= NOf1Plan.leastPairs else {
      throw Silence(
        "\(2 * NOf1Plan.leastPairs) blocks of \(blockDays) days are more than half a year")
    }
    let arms = arms ?? NOf1Plan.usualArms(of: event)
    let total = kernels.reduce(0, +)
    let reach = TrialReach(
      noise: noise, dosesPerDay: arms == .withOrWithout ? 1 : usualDoses(history),
      kernels: kernels.map { $0 / total }, level: 0.05 / Double(max(1, history.curves.count)))
    var pairs = NOf1Plan.leastPairs
    while true {
      let plan = try NOf1Plan(
        person: Person(history.person), event: event, arms: arms, start: start,
        blocks: 2 * pairs, blockDays: blockDays, washoutDays: washoutDays, seed: 0)
      let power = reach.power(plan, peak: peak)
      if power >= Self.power || pairs == most { return (plan, power, reach) }
      pairs += 1
    }
  }

  /// Doses a day as they come: those of the last year.
  private func usualDoses(_ history: History) -> Double {
    let doses = history.events.first { $0.kind == event }?.doses.suffix(365 * Grid.perDay) ?? []
    return doses.isEmpty ? 0 : doses.reduce(0, +) * Double(Grid.perDay) / Double(doses.count)
  }
}

extension NOf1Proposal: CustomStringConvertible {
  /// For the person: how long, what it would show, and how that is known.
  package var description: String {
    let with = arms == .withOrWithout ? event : "\(event) as usual"
    let noise =
      historyDays.map { "by \($0) days of your readings" }
      ?? "by a made-up person's noise, as the diary is too short"
    let trial =
      "\(with) or without, \(blocks) blocks of \(blockDays) days (\(days) days), the first "
      + "\(washoutDays) of each left out"
    let effect =
      "an effect on \(outcome) of \(decimal(peak, 2)) own SD at its strongest, "
      + "\(decimal(difference, 2)) between the days compared"
    return isEnough
      ? "\(trial): shows \(effect), in \(percent(power)) of such trials (\(noise))"
      : "\(trial): half a year is too short for \(effect); \(percent(power)) of such trials would "
        + "show it (\(noise))"
  }
}

package import Curves
internal import Effects
internal import Mathematics
package import Readings
internal import StateSpace

/// Compares a randomised trial's arms, by intention to treat: every day counts as it was assigned.
///
/// Differences are generalised least squares over the compared readings, adjusted for what the
/// assignment cannot change; p and the interval are Fisher's, over the orders that the coin could have
/// given.
package struct NOf1Analysis: Sendable {
  /// Where fewer of the compared days have a reading, nothing is said.
  package static let leastRead = 0.5
  /// Of what is claimed of a trial's outcomes, so much may be chance.
  package static let falseDiscoveryRate = 0.05

  package let plan: NOf1Plan

  package init(_ plan: NOf1Plan) { self.plan = plan }

  /// What the trial says of each outcome of the history.
  ///
  /// - Parameters:
  ///   - history: the person's, with the doses of the plan's kind of event.
  ///   - today: the day it is asked on; the trial is over from ``NOf1Plan/end`` on.
  ///   - isInterim: whether to say before the end what the whole pairs show so far, without a p.
  /// - Returns: answers, the assignment's adherence, and what is left of the trial.
  /// - Throws: a ``Silence`` before the trial is over, or where the history is another person's.
  package func result(
    in history: History, on today: LocalDate, isInterim: Bool = false
  ) throws(Silence) -> NOf1Result {
    guard history.person == plan.person.rawValue else {
      throw Silence(
        "the plan is \(plan.person)'s, the diary \(history.person)'s",
        "计划属于 \(plan.person)，日记属于 \(history.person)")
    }
    let left = max(0, plan.end.daysSince1970 - max(today, plan.start).daysSince1970)
    guard left == 0 || isInterim else {
      throw Silence(
        "the trial is over in \(left) day\(left == 1 ? "" : "s"), on \(plan.end)",
        "试验还有 \(left) 天，于 \(Spoken.date(plan.end, in: .simplifiedChinese))结束")
    }
    let pairs = (plan.days - left) / (2 * plan.blockDays)
    guard pairs >= NOf1Plan.leastPairs else {
      throw Silence(
        "\(pairs) pairs of blocks so far; \(NOf1Plan.leastPairs) are needed",
        "目前完成 \(pairs) 对区组，需要 \(NOf1Plan.leastPairs) 对")
    }
    var answers = history.curves.map { curve in
      do throws(Silence) {
        let difference = try difference(curve, history, pairs, isOver: left == 0)
        return NOf1Answer(outcome: curve.name, result: .success(difference))
      } catch { return NOf1Answer(outcome: curve.name, result: .failure(error)) }
    }
    if left == 0 { grade(&answers) }
    let elapsed = today.daysSince1970 - history.firstDate.daysSince1970
    return NOf1Result(
      plan: plan, adherence: Adherence(plan, history, days: min(history.days, elapsed)),
      blocks: 2 * pairs, daysLeft: left, answers: answers)
  }

  private func difference(
    _ curve: Curve, _ history: History, _ pairs: Int, isOver: Bool
  ) throws(Silence) -> NOf1Difference {
    let end = plan.start + pairs * 2 * plan.blockDays
    let places = curve.values.indices.filter {
      let date = history.date($0)
      return curve.values[$0] != nil && date < end && plan.isCompared(date)
    }
    let values = places.compactMap { curve.values[$0] }
    let blocks = places.compactMap { plan.block(on: history.date($0)) }
    try check(curve, values, blocks, days: Set(places.map(Grid.day)).count, pairs)
    // Whether the skin was cleansed may follow from the assignment.
    let adjusted = Adjustments(history: history, curve: curve, places: places).regressors()
      .filter { $0.name != "cleansing" }
    let model = PairModel(
      places: places, values: values, blocks: blocks, count: pairs, adjusted: adjusted)
    let orders = plan.isWithFirst.prefix(pairs).map { $0 ? 1.0 : -1 }
    guard let model,
      let test = Rerandomisation(
        tossed: orders, products: model.products, squares: model.squares, seed: ~plan.seed)
    else {
      throw Silence(
        "the readings of \(curve.name) cannot be modelled", "\(curve.chineseName)的读数无法建模")
    }
    return NOf1Difference(
      outcome: curve.name, unit: curve.unit, difference: test.interval(),
      deviation: model.deviation, readings: places.count,
      days: Set(places.map(Grid.day)).count, adjustedFor: adjusted.names,
      p: isOver ? test.p() : nil, q: nil, evidence: .none)
  }

  private func check(
    _ curve: Curve, _ values: [Double], _ blocks: [Int], days: Int, _ pairs: Int
  ) throws(Silence) {
    let asked = 2 * pairs * (plan.blockDays - plan.washoutDays)
    guard Double(days) >= Self.leastRead * Double(asked) else {
      throw Silence(
        "\(days) of \(asked) compared days have a reading of \(curve.name); half are needed",
        "所比较的 \(asked) 天中 \(days) 天有\(curve.chineseName)读数，需要达到一半")
    }
    let read = Set(blocks)
    let whole = (0..<pairs).count { read.contains(2 * $0) && read.contains(2 * $0 + 1) }
    guard whole >= NOf1Plan.leastPairs else {
      throw Silence(
        "\(whole) pairs of blocks with readings of \(curve.name) in both; "
          + "\(NOf1Plan.leastPairs) are needed",
        "两个区组都有\(curve.chineseName)读数的有 \(whole) 对，需要 \(NOf1Plan.leastPairs) 对")
    }
    guard let deviation = Robust.deviation(values), deviation > 1e-9 else {
      throw Silence(
        "all readings of \(curve.name) are the same", "\(curve.chineseName)的读数全都相同")
    }
  }

  /// Holds the trial's outcomes together to the false-discovery rate.
  private func grade(_ answers: inout [NOf1Answer]) {
    // An outcome of which nothing is said is not tested.
    let said = answers.indices.filter { (try? answers[$0].result.get().p) != nil }
    let ps = said.compactMap { try? answers[$0].result.get().p }
    for (index, q) in zip(said, FalseDiscovery.adjusted(ps)) {
      guard case .success(var difference) = answers[index].result else { continue }
      difference.q = q
      difference.evidence = q <= Self.falseDiscoveryRate ? .randomised : .none
      answers[index].result = .success(difference)
    }
  }
}

package import Curves
internal import Mathematics

extension Comparison {
  /// Fewer pairs say nothing.
  package static let least = 6
  /// On each arrangement of the sides, at least so many.
  package static let leastEachWay = 2

  /// Compares the products of these pairs.
  ///
  /// - Throws: `Silence` with fewer than 6 usable pairs, or fewer than 2 on either arrangement.
  package init(
    of pairs: [ApplicationPair], leftOut days: [Silence] = [], plan: ComparisonPlan = .init()
  ) throws(Silence) {
    var (outcomes, used) = ([PairOutcome](), [ApplicationPair]())
    var leftOut = days
    for pair in pairs {
      do {
        outcomes.append(try pair.outcome(until: plan.hours))
        used.append(pair)
      } catch { leftOut.append(error) }
    }
    try Self.check(outcomes, leftOut, plan)
    guard let model = PairedModel(outcomes, adjusted: plan.isAdjusted), let named = used.first
    else {
      throw Silence("the pairs cannot tell the products from the sides", "这些成对数据无法区分产品差异与左右侧差异")
    }
    let (one, two) = (outcomes.map(\.first), outcomes.map(\.second))
    let contrast = model.contrast(zip(one, two).map { $0 - $1 }, level: plan.level)
    let (first, second) = (
      model.contrast(one, level: plan.level), model.contrast(two, level: plan.level)
    )
    hours = plan.hours
    self.first = ProductUplift(
      product: named.first.product, mean: first.estimate(plan.level),
      halfLife: Self.halfLife(used.map(\.first), plan.level))
    self.second = ProductUplift(
      product: named.second.product, mean: second.estimate(plan.level),
      halfLife: Self.halfLife(used.map(\.second), plan.level))
    difference = contrast.estimate(plan.level)
    ratio = MeanRatio(first, second, covariance: model.covariance(one, two) * model.inflation)
      .ratio(plan.level)
    equivalence = Equivalence(model, one, two, plan)
    applications = used.count
    need = Need(
      pairs: used, contrast: contrast, inflation: model.inflation,
      uplift: (first.value + second.value) / 2, isLifted: first.low > 0 || second.low > 0, plan)
    adjustedFor = plan.isAdjusted ? ["side"] + (model.hasBaseline ? ["baseline"] : []) : []
    overControl = used.allSatisfy { $0.first.hasControl && $0.second.hasControl }
    self.leftOut = leftOut
    verdict = .undecided
    verdict = decide(holds: Self.holds(outcomes, contrast, plan), first.low > 0 || second.low > 0)
  }

  /// Pairs what can be paired, and compares it.
  ///
  /// - Throws: `Silence` where nothing can be said.
  package init(
    _ first: String, with second: String, in applications: [Application],
    plan: ComparisonPlan = .init()
  ) throws(Silence) {
    let (pairs, leftOut) = ApplicationPair.pairs(of: first, and: second, in: applications)
    try self.init(of: pairs, leftOut: leftOut, plan: plan)
  }

  private static func check(
    _ outcomes: [PairOutcome], _ leftOut: [Silence], _ plan: ComparisonPlan
  ) throws(Silence) {
    guard outcomes.count >= least else {
      let why = leftOut.last.map { " (\(leftOut.count) left out, the last: \($0.reason))" } ?? ""
      throw Silence(
        "\(counted(outcomes.count, "split-face application")) so far; "
          + "at least \(least) are needed\(why)",
        "目前有 \(outcomes.count) 次半脸涂抹，至少需要 \(least) 次")
    }
    let left = outcomes.filter(\.firstIsLeft).count
    guard !plan.isAdjusted || min(left, outcomes.count - left) >= leastEachWay else {
      throw Silence(
        "the products hardly ever changed sides: a difference of the sides cannot be told from one "
          + "of the products; at least \(leastEachWay) applications each way are needed",
        "产品几乎从未换侧，无法区分产品差异与左右侧差异；每种安排至少需要 \(leastEachWay) 次涂抹")
    }
    let differences = outcomes.map { $0.first - $0.second }
    guard (differences.max() ?? 0) - (differences.min() ?? 0) > 1e-9 else {
      throw Silence(
        "all applications differ by the same value, so their scatter is not known",
        "各次涂抹的差值全都相同，离散程度未知")
    }
  }

  private static func halfLife(
    _ applications: [Application], _ level: Double
  ) -> Result<Estimate, Silence> {
    do { return .success(try HalfLife.estimate(of: applications, level: level)) } catch {
      return .failure(error)
    }
  }

  /// Whether the difference stands without any one of the applications.
  private static func holds(
    _ outcomes: [PairOutcome], _ contrast: Contrast, _ plan: ComparisonPlan
  ) -> Bool {
    guard contrast.excludesZero else { return false }
    return outcomes.indices.allSatisfy { left in
      var others = outcomes
      others.remove(at: left)
      guard let model = PairedModel(others, adjusted: plan.isAdjusted) else { return false }
      return model.contrast(others.map { $0.first - $0.second }, level: plan.level).excludesZero
    }
  }

  private func decide(holds: Bool, _ isLifted: Bool) -> Verdict {
    let product = difference.value > 0 ? first.product : second.product
    switch (holds && isLifted, equivalence.isShown) {
    case (true, true): return .higherWithinMargin(product: product)
    case (true, false): return .higher(product: product)
    case (false, true): return .equal
    case (false, false): return .undecided
    }
  }
}

extension Contrast {
  func estimate(_ level: Double) -> Estimate {
    Estimate(value: value, low: low, high: high, level: level)
  }
}

extension Equivalence {
  /// The first minus the second against a share of their mean uplift: as contrasts of the two, so that
  /// the margin's own error counts.
  init(_ model: PairedModel, _ one: [Double], _ two: [Double], _ plan: ComparisonPlan) {
    let half = plan.margin / 2
    let above = zip(one, two).map { (1 + half) * $0 - (1 - half) * $1 }
    let below = zip(one, two).map { (1 + half) * $1 - (1 - half) * $0 }
    margin = plan.margin
    p = max(
      model.contrast(above, level: plan.level).pAbove,
      model.contrast(below, level: plan.level).pAbove)
    isShown = p < (1 - plan.level) / 2
  }

  /// The larger p of the two one-sided paired t-tests against a margin in the channel's unit.
  package static func p(of first: [Double], and second: [Double], within margin: Double) -> Double?
  {
    let differences = zip(first, second).map { $0 - $1 }
    guard let mean = Robust.mean(differences), let deviation = Robust.deviation(differences),
      deviation > 0
    else { return nil }
    let error = deviation / Double(differences.count).squareRoot()
    let t = StudentT(df: Double(differences.count - 1))
    return max(t.cdf(-(mean + margin) / error), t.cdf((mean - margin) / error))
  }
}

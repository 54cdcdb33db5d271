internal import Mathematics

extension Need {
  init(
    pairs: [ApplicationPair], contrast: Contrast, inflation: Double, uplift: Double,
    isLifted: Bool, _ plan: ComparisonPlan
  ) {
    let count = pairs.count
    // A pair's scatter, as if the sides and baselines were balanced from now on.
    let deviation = contrast.error * (Double(count)).squareRoot()
    let parameters = count - contrast.df
    gap = plan.gap
    self.deviation = deviation
    readingShare = Self.readingShare(pairs, deviation, plan.hours)
    guard isLifted, uplift > 0 else { return }
    let wanted = plan.gap * uplift
    func planned(_ deviation: Double, level: Double) -> Int? {
      TrialPower.pairs(
        forGap: wanted, deviation: deviation, power: plan.power, level: level,
        parameters: parameters)
    }
    let df = Double(contrast.df)
    let chi = GammaDistribution(shape: df / 2, scale: 2)
    totalForInterval = planned(deviation, level: plan.level)
    let ends = [(1 + plan.level) / 2, (1 - plan.level) / 2].map {
      deviation * (df / chi.quantile($0)).squareRoot()
    }
    total = planned(deviation, level: plan.verdictLevel)
    totalLow = planned(ends[0], level: plan.verdictLevel)
    totalHigh = planned(ends[1], level: plan.verdictLevel)
    more = total.map { max(0, $0 - count) }
    totalForEquivalence = TrialPower.pairs(
      forMargin: plan.margin * uplift, deviation: deviation, power: plan.power, level: plan.level,
      parameters: parameters)
  }

  /// The mean variance that the readings' own errors give a pair, over the variance seen.
  private static func readingShare(
    _ pairs: [ApplicationPair], _ deviation: Double, _ hours: Double
  ) -> Double? {
    let variances = pairs.flatMap { [$0.first, $0.second] }.compactMap { application -> Double? in
      let spreads = application.readings.compactMap(\.spread)
      guard spreads.count == application.readings.count, spreads.count > 1 else { return nil }
      return areaVariance(application.readings, hours)
    }
    guard variances.count == 2 * pairs.count, deviation > 0, let mean = Robust.mean(variances)
    else { return nil }
    return min(1, 2 * mean / (deviation * deviation))
  }

  /// The variance of the readings' mean until the end, by the trapezoid's weights.
  private static func areaVariance(_ readings: [TimedReading], _ hours: Double) -> Double {
    var sum = 0.0
    for index in readings.indices {
      let before = index > 0 ? readings[index - 1].minutes : readings[index].minutes
      let after = index + 1 < readings.count ? readings[index + 1].minutes : hours * 60
      let weight = max(0, after - before) / 120 / hours
      let spread = readings[index].spread ?? 0
      sum += weight * weight * spread * spread
    }
    return sum
  }
}

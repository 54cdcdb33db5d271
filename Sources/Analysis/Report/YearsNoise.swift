internal import Curves
internal import Mathematics
internal import Readings
internal import StateSpace

/// How one slot's readings wander by themselves, learned from the year up to a month's end.
///
/// The month, the one before and all before that have levels of their own, so that a change of level does
/// not pass for wandering. Simulated: of 750 months without a change, one in ten is outside a 90 % interval.
struct YearsNoise {
  private static let days = 365
  /// Noises with their weights, which sum to 1, and their fast variance in the curve's unit squared.
  private let noises: [(noise: Noise, weight: Double, variance: Double)]
  /// Degrees of freedom for quantiles of Student's t.
  let df: Double

  /// - Returns: nil where the readings do not vary.
  init?(_ history: History, _ curve: Curve, _ slot: Slot, _ epoch: Int, _ month: Month) {
    let range = history.places(from: month.last - (Self.days - 1), to: month.last)
    let places = range.filter {
      curve.values.indices.contains($0) && Grid.slot($0) == slot && curve.values[$0] != nil
        && curve.epochs[$0] == epoch
    }
    let values = places.compactMap { curve.values[$0] }
    guard let mean = Robust.mean(values), let deviation = Robust.deviation(values),
      deviation > 1e-9
    else { return nil }
    let levels = Self.levels(places.map(history.date), month)
    let matrix = Matrix(columns: levels + [values.map { ($0 - mean) / deviation }])
    let fits = NoiseGrid.all.compactMap { noise -> (noise: Noise, posterior: LinearPosterior)? in
      let whitening = Whitening(places: places, noise: noise)
      return LinearPosterior(
        gram: whitening.whitened(matrix).gram, used: Array(levels.indices),
        expected: levels.map { _ in 10 }, logDeterminant: whitening.logDeterminant,
        readings: places.count
      ).map { (noise, $0) }
    }
    guard let best = fits.max(by: { $0.posterior.evidence < $1.posterior.evidence }) else {
      return nil
    }
    let weights = fits.map { ($0.posterior.evidence - best.posterior.evidence).exponential }
    let total = weights.reduce(0, +)
    df = best.posterior.df
    noises = zip(fits, weights).filter { $1 > 1e-3 * total }.map { fit, weight in
      let own = fit.posterior.remainder / fit.posterior.df
      return (fit.noise, weight / total, own * deviation * deviation)
    }
  }

  /// One column a level that is not empty.
  private static func levels(_ dates: [LocalDate], _ month: Month) -> [[Double]] {
    let parts: [(LocalDate) -> Bool] = [
      { $0 < month.previous.first }, { $0 >= month.previous.first && $0 < month.first },
      { $0 >= month.first },
    ]
    return parts.map { isIn in dates.map { isIn($0) ? 1 : 0 } }.filter { $0.contains(1) }
  }

  /// Of a weighted sum of readings, in the curve's unit squared.
  func variance(of weighted: [(place: Int, weight: Double)]) -> Double {
    noises.reduce(0) { sum, each in
      sum + each.weight * each.variance * Self.variance(of: weighted, each.noise)
    }
  }

  /// Relative to the noise's fast variance.
  private static func variance(
    of weighted: [(place: Int, weight: Double)], _ noise: Noise
  ) -> Double {
    weighted.reduce(0) { sum, one in
      weighted.reduce(sum + one.weight * one.weight * (1 - noise.share)) { sum, other in
        let days = Double(abs(one.place - other.place)) / Double(Grid.perDay)
        let together =
          noise.share * noise.correlation(days: days)
          + noise.slow * (-days / Noise.slowDays).exponential
        return sum + one.weight * other.weight * together
      }
    }
  }
}

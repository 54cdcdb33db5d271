package import Mathematics
internal import Curves

/// Coefficients of a few regressors, adjusted for others, averaged over how the readings may wander.
///
/// Generalised least squares under every noise of ``NoiseGrid``; means and covariances are averaged by
/// marginal likelihood, what the noises disagree about included.
package struct AveragedRegression: Sendable {
  /// Coefficients of the asked regressors, in the outcome's own SD.
  package let means: [Double]
  package let covariance: Matrix
  /// Degrees of freedom for quantiles of Student's t.
  package let df: Double
  /// The person's own SD, in the outcome's unit.
  package let deviation: Double
  /// The outcome's mean, in its unit.
  package let mean: Double
  /// The likeliest noise.
  package let noise: Noise
  /// SD of the noise about the regression, in own SD.
  package let noiseDeviation: Double

  /// Nil where the readings do not vary or nothing can be fitted.
  ///
  /// - Parameters:
  ///   - places: those with a reading, ascending.
  ///   - values: the readings there.
  ///   - asked: whose coefficients are wanted.
  ///   - adjusted: what they are adjusted for.
  package init?(places: [Int], values: [Double], asked: [Regressor], adjusted: [Regressor]) {
    guard let mean = Robust.mean(values), let deviation = Robust.deviation(values),
      deviation > 1e-9
    else { return nil }
    let regressors = asked + adjusted
    let matrix = Matrix(
      columns: regressors.map(\.values) + [values.map { ($0 - mean) / deviation }])
    let used = Array(regressors.indices)
    let widths = regressors.map(\.expected)
    let fits = NoiseGrid.all.compactMap { noise -> (Noise, LinearPosterior)? in
      let whitening = Whitening(places: places, noise: noise)
      return LinearPosterior(
        gram: whitening.whitened(matrix).gram, used: used, expected: widths,
        logDeterminant: whitening.logDeterminant, readings: places.count
      ).map { (noise, $0) }
    }
    guard let best = fits.max(by: { $0.1.evidence < $1.1.evidence }) else { return nil }
    let kept = fits.filter { $0.1.evidence > best.1.evidence - 4 }
    let weights = kept.map { ($0.1.evidence - best.1.evidence).exponential }
    let total = weights.reduce(0, +)
    var means = Array(repeating: 0.0, count: asked.count)
    var squares = Matrix(rows: asked.count, columns: asked.count)
    for (fit, weight) in zip(kept, weights) {
      let (each, covariance) = fit.1.coefficients
      for i in asked.indices {
        means[i] += weight / total * each[i]
        for j in asked.indices {
          squares[i, j] += weight / total * (covariance[i, j] + each[i] * each[j])
        }
      }
    }
    for i in asked.indices { for j in asked.indices { squares[i, j] -= means[i] * means[j] } }
    self.means = means
    covariance = squares
    df = best.1.df
    self.deviation = deviation
    self.mean = mean
    noise = best.0
    noiseDeviation = (best.1.remainder / best.1.df).squareRoot()
  }
}

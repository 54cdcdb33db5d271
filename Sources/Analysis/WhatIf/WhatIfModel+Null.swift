internal import Curves
internal import Numerics
internal import StateSpace

extension WhatIfModel {
  private static let draws = 2000

  /// By how much intervals are widened so that, without an effect, no more of them exclude zero than say so.
  ///
  /// A kernel that fits by chance weighs more than it should. Without an effect, the kernels' standardised
  /// coefficients are normal with a correlation that the air alone decides; averages are drawn for just
  /// this air, and the factor is what brings their share beyond the interval to what it claims.
  ///
  /// - Parameters:
  ///   - responses: of each kernel, in the place that is asked about.
  ///   - level: of the interval.
  /// - Returns: at least 1.
  func widening(_ responses: [Double], level: Double) -> Double {
    guard let fit = fits.max(by: { $0.weight < $1.weight }),
      let partial = partialProducts(fit.posterior)
    else { return 1 }
    let kernels = responses.indices
    let precision = 1 / (Self.expected * Self.expected)
    let lengths = kernels.map { max(partial[$0, $0], 1e-12).squareRoot() }
    var correlation = partial
    for row in kernels {
      for column in kernels { correlation[row, column] /= lengths[row] * lengths[column] }
      correlation[row, row] += 1e-6
    }
    guard let factor = Cholesky(correlation)?.factor else { return 1 }
    var generator = SeededGenerator(seed: 5)
    let ratios = (0..<Self.draws).map { _ -> Double in
      let normals = kernels.map { _ in generator.normal() }
      var (total, mean, square) = (0.0, 0.0, 0.0)
      for kernel in kernels {
        let z = (0...kernel).reduce(0.0) { $0 + factor[kernel, $1] * normals[$1] }
        let pivot = lengths[kernel] * lengths[kernel] + precision
        let coefficient = z * lengths[kernel] / pivot
        let weight =
          (0.5 * coefficient * coefficient * pivot).exponential * (precision / pivot).squareRoot()
        let size = responses[kernel]
        total += weight
        mean += weight * coefficient * size
        square += weight * (1 / pivot + coefficient * coefficient) * size * size
      }
      mean /= total
      let spread = max(square / total - mean * mean, 1e-18).squareRoot()
      return abs(mean) / spread
    }
    let reached = Robust.quantile(ratios, level) ?? 0
    return max(1, reached / StandardNormal.quantile((1 + level) / 2))
  }

  /// The kernels' sums of products, with what the adjustments explain taken out.
  private func partialProducts(_ posterior: LinearPosterior) -> Matrix? {
    let adjusting = Array(0..<adjustments)
    let kernels = AirKernel.all.indices.map { adjustments + $0 }
    var inner = posterior.gram.minor(adjusting)
    for index in adjusting { inner[index, index] += 1 / (widths[index] * widths[index]) }
    guard let factor = Cholesky(inner) else { return nil }
    var cross = Matrix(rows: adjustments, columns: kernels.count)
    for (column, kernel) in kernels.enumerated() {
      for row in adjusting { cross[row, column] = posterior.gram[row, kernel] }
    }
    let explained = factor.half(cross).gram
    var partial = posterior.gram.minor(kernels)
    for index in partial.elements.indices { partial.elements[index] -= explained.elements[index] }
    return partial
  }
}

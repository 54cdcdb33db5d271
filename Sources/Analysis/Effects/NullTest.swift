internal import Mathematics

/// How often no effect at all would look as much like one: a p-value over all kernels at once.
///
/// What speaks for an effect is averaged over the kernels. Without one, the kernels' standardised
/// coefficients are normal with a correlation that the doses alone decide; so how large the average grows
/// by chance is drawn, for just these doses and readings.
struct NullTest {
  /// Standardised coefficients of the kernels.
  var z: [Double]
  /// Their correlation where there is no effect.
  var correlation: Matrix
  /// By how much each kernel's width shrinks: its variance beforehand over that afterwards.
  var widths: [Double]

  private static let draws = 2000

  /// The same normal deviates for every test: equal data have equal answers.
  private static let normals: [Double] = {
    var generator = SeededGenerator(seed: 5)
    return (0..<(draws * LagKernel.all.count)).map { _ in generator.normal() }
  }()

  /// So many draws that show more are enough to say that p is not small.
  ///
  /// Source: J. Besag and P. Clifford, "Sequential Monte Carlo p-values", Biometrika 78 (1991) 301.
  private static let enough = 60

  /// - Returns: nil where the correlation cannot be factored.
  func p() -> Double? {
    var jittered = correlation
    for index in 0..<jittered.rows { jittered[index, index] += 1e-6 }
    guard let factor = Cholesky(jittered)?.factor else { return nil }
    let kernels = z.count
    let powers = widths.map { 0.5 * (1 - 1 / $0) }
    let factors = widths.map { 1 / $0.squareRoot() }
    func speaks(_ z: UnsafeMutableBufferPointer<Double>) -> Double {
      var sum = 0.0
      for index in 0..<kernels {
        sum += (z[index] * z[index] * powers[index]).exponential * factors[index]
      }
      return sum
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: kernels) { drawn in
      for index in 0..<kernels { drawn.initializeElement(at: index, to: z[index]) }
      let seen = speaks(drawn)
      var more = 0
      for draw in 0..<Self.draws {
        let first = draw * kernels
        for row in 0..<kernels { drawn[row] = 0 }
        for column in 0..<kernels {
          let normal = Self.normals[first + column]
          for row in column..<kernels { drawn[row] += factor[row, column] * normal }
        }
        if speaks(drawn) >= seen { more += 1 }
        if more == Self.enough { return Double(more) / Double(draw + 1) }
      }
      return Double(more + 1) / Double(Self.draws + 1)
    }
  }
}

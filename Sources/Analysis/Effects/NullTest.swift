internal import Numerics

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

  /// - Returns: nil where the correlation cannot be factored.
  func p() -> Double? {
    var jittered = correlation
    for index in 0..<jittered.rows { jittered[index, index] += 1e-6 }
    guard let factor = Cholesky(jittered)?.factor else { return nil }
    let seen = speaks(z)
    var more = 0
    var drawn = Array(repeating: 0.0, count: z.count)
    for draw in 0..<Self.draws {
      let first = draw * z.count
      for row in drawn.indices {
        var sum = 0.0
        for column in 0...row { sum += factor[row, column] * Self.normals[first + column] }
        drawn[row] = sum
      }
      if speaks(drawn) >= seen { more += 1 }
    }
    return Double(more + 1) / Double(Self.draws + 1)
  }

  private func speaks(_ z: [Double]) -> Double {
    var sum = 0.0
    for index in z.indices {
      sum +=
        (0.5 * z[index] * z[index] * (1 - 1 / widths[index])).exponential
        / widths[index].squareRoot()
    }
    return sum
  }
}

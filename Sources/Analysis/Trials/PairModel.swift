internal import Curves
internal import Mathematics
internal import StateSpace

/// One outcome's readings and the pairs of blocks they lie in, by generalised least squares.
///
/// A pair is a column, half above in its first block and half below in its second; orders are signs of
/// the columns. The noise is the likeliest of ``NoiseGrid`` whatever the signs: the same for all orders,
/// as the test of them needs.
struct PairModel {
  /// Of the pairs' columns with each other, free of the adjustments.
  let squares: Matrix
  /// The same with the readings, in own SD.
  let products: [Double]
  /// The person's own SD over the readings, in the outcome's unit.
  let deviation: Double

  /// What a pair's own difference is expected to be beforehand, where the noise is chosen: in own SD.
  private static let expected = 1.0

  /// Nil where the readings do not vary or nothing can be fitted.
  ///
  /// - Parameters:
  ///   - places: those compared, ascending.
  ///   - values: the readings there.
  ///   - blocks: each place's block.
  ///   - count: how many pairs there are.
  ///   - adjusted: what the difference is adjusted for.
  init?(places: [Int], values: [Double], blocks: [Int], count: Int, adjusted: [Regressor]) {
    guard let mean = Robust.mean(values), let deviation = Robust.deviation(values),
      deviation > 1e-9
    else { return nil }
    self.deviation = deviation
    let columns = (0..<count).map { pair in
      blocks.map { $0 / 2 == pair ? ($0.isMultiple(of: 2) ? 0.5 : -0.5) : 0 }
    }
    let y = values.map { ($0 - mean) / deviation }
    let matrix = Matrix(columns: adjusted.map(\.values) + columns + [y])
    let widths = adjusted.map(\.expected) + columns.map { _ in Self.expected }
    let fits = NoiseGrid.all.compactMap { noise -> LinearPosterior? in
      let whitening = Whitening(places: places, noise: noise)
      return LinearPosterior(
        gram: whitening.whitened(matrix).gram, used: Array(widths.indices), expected: widths,
        logDeterminant: whitening.logDeterminant, readings: places.count)
    }
    guard let gram = fits.max(by: { $0.evidence < $1.evidence })?.gram else { return nil }
    let free = Self.freed(gram, of: adjusted.map(\.expected))
    squares = free.minor(Array(0..<count))
    products = (0..<count).map { free[$0, count] }
  }

  /// Sums of products of the columns after the first, without what the first explain.
  private static func freed(_ gram: Matrix, of widths: [Double]) -> Matrix {
    let rest = Array(widths.count..<gram.columns)
    var free = gram.minor(rest)
    var inner = gram.minor(Array(widths.indices))
    for index in widths.indices { inner[index, index] += 1 / (widths[index] * widths[index]) }
    guard let factor = Cholesky(inner) else { return free }
    let across = Matrix(columns: rest.map { column in widths.indices.map { gram[$0, column] } })
    let explained = factor.half(across).gram
    for index in free.elements.indices { free.elements[index] -= explained.elements[index] }
    return free
  }
}

import Foundation
import Mathematics
import Testing

/// What numerics.py wrote: the same inputs, judged by NumPy, SciPy and statsmodels.
struct MathematicsFixture: Decodable {
  struct Linear: Decodable {
    var x: Table
    var b: Table
    var wide: Table
    var gram, product, crossed, cholesky, solved, inverse, half: [Double]
    var logDeterminant: Double
    var q, r, u, s, vt, wideS, values, vectors: [Double]
  }

  struct Table: Decodable {
    var rows, columns: Int
    var elements: [Double]
    var matrix: Matrix { Matrix(rows: rows, columns: columns, elements: elements) }
  }

  struct Value: Decodable {
    var function: String
    var parameters: [Double]
    var x, value: Double
  }

  struct Sample: Decodable {
    var values, p, quantiles: [Double]
    var median, spread, mean, deviation: Double
  }

  struct Seed: Decodable {
    var seed: String
    var outputs: [String]
    var uniform, normal, t4: [Double]
  }

  struct Newey: Decodable {
    var lags: Int
    var corrected: Bool
    var y: [Double]
    var x: Table
    var coefficients, covariance: [Double]
  }

  struct Discovery: Decodable {
    var p, positive, any: [Double]
  }

  var linear: [Linear]
  var distributions: [Value]
  var robust: [Sample]
  var generator: [Seed]
  var hac: [Newey]
  var discovery: [Discovery]

  static func load(_ file: String = #filePath) throws -> MathematicsFixture {
    let folder = URL(filePath: file).deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(
      MathematicsFixture.self, from: Data(contentsOf: folder.appending(path: "numerics.json")))
  }
}

/// Whether two numbers agree to a relative `tolerance`; NaN agrees with NaN, infinities by sign.
func agrees(_ a: Double, _ b: Double, _ tolerance: Double = 1e-10) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  if a.isInfinite || b.isInfinite { return a == b }
  return (a - b).magnitude <= tolerance * max(b.magnitude, 1e-290)
}

/// The largest difference, relative to the largest number expected; infinite where lengths differ.
func difference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let scale = max(b.map(\.magnitude).max() ?? 1, 1e-300)
  return zip(a, b).map { ($0 - $1).magnitude / scale }.reduce(0) {
    max($0, $1.isNaN ? .infinity : $1)
  }
}

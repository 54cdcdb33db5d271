import Foundation

/// What statespace.py wrote: what statsmodels says of readings with gaps.
struct StateSpaceFixture: Decodable {
  struct Structural: Decodable {
    var y, x: [Double?]
    var parameters: Parameters
    var known: Double
    var diffuse: Diffuse
  }

  struct Parameters: Decodable {
    var kept, returning, walk, noise, levelVariance: Double
  }

  struct Diffuse: Decodable {
    var logLikelihood: Double
    var future, forecast, forecastVariance, beta, betaVariance: [Double]
    var residual, residualVariance: [Double?]
    var level, levelVariance, returning, returningVariance: [Double]
  }

  struct Whitening: Decodable {
    var places: [Int]
    var perDay, share, slow, logDeterminant, logLikelihood, scale: Double
    var y, x, beta, covariance: [Double]
  }

  var structural: [Structural]
  var whitening: [Whitening]

  static func load(_ file: String = #filePath) throws -> StateSpaceFixture {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return try JSONDecoder().decode(
      StateSpaceFixture.self, from: Data(contentsOf: folder.appending(path: "statespace.json")))
  }
}

/// The largest difference; infinite where lengths differ or one is missing.
func difference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { ($0 - $1).magnitude }.reduce(0) { max($0, $1.isNaN ? .infinity : $1) }
}

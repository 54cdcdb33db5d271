import Curves
import Foundation
import Mathematics
import StateSpace
import Testing

@testable import Effects

/// What lags.py wrote: what PyDLNM says of doses that act later.
private struct LagFixture: Decodable {
  struct Exposure: Decodable {
    var kernel: LagKernel
    var values: [Double]
  }

  /// One model of both events, or of the first with a coefficient a lag.
  struct Fit: Decodable {
    var noise: Noise
    var kernels: [LagKernel]?
    var lags: Int?
    /// The outcome at each place that was read.
    var y: [Double]
    /// Of a whole dose, summed over lags of half a day; the errors where the noise's SD is 1.
    var cumulative, errors: [Double]
    /// The sum of the squares that are left, whitened.
    var squares: Double
  }

  /// Of each event, a dose a place.
  var doses: [[Double]]
  var places: [Int]
  /// Adjustments at the places that were read, columns first.
  var x: [Double]
  var exposures: [Exposure]
  var decays: [Fit]
  var unconstrained: Fit

  static func load(_ file: String = #filePath) throws -> LagFixture {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return try JSONDecoder().decode(
      LagFixture.self, from: Data(contentsOf: folder.appending(path: "lags.json")))
  }

  var adjustments: [[Double]] {
    (0..<(x.count / places.count)).map { column in
      Array(x[(column * places.count)..<((column + 1) * places.count)])
    }
  }
}

/// The largest difference by the oracle's largest number; infinite where lengths differ.
private func error(_ ours: [Double], _ theirs: [Double]) -> Double {
  guard ours.count == theirs.count, let scale = theirs.map(\.magnitude).max() else {
    return .infinity
  }
  return zip(ours, theirs).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } / scale
}

@Suite("lagged effects against PyDLNM") struct LagOracleTests {
  private let fixture: LagFixture
  /// So wide that it says nothing.
  private static let flat = 1e6
  /// Of the prior of σ²: an inverse gamma with 3 degrees of freedom about 1.
  private static let prior = 3.0

  init() throws { fixture = try LagFixture.load() }

  /// Columns and outcome, whitened, with an expectation of each column that says nothing.
  private func posterior(
    _ fit: LagFixture.Fit, _ columns: [[Double]], using used: Range<Int>
  ) throws -> LinearPosterior {
    let whitening = Whitening(places: fixture.places, noise: fit.noise)
    let gram = whitening.whitened(Matrix(columns: columns + [fit.y])).gram
    return try #require(
      LinearPosterior(
        gram: gram, used: Array(used),
        expected: Array(repeating: Self.flat, count: columns.count),
        logDeterminant: whitening.logDeterminant, readings: fixture.places.count))
  }

  private func atReadings(_ kernel: LagKernel, _ event: Int) -> [Double] {
    let spread = kernel.spread(fixture.doses[event])
    return fixture.places.map { spread[$0] }
  }

  @Test func `doses spread by each kernel are the cross-basis`() {
    #expect(fixture.exposures.map(\.kernel) == LagKernel.all)
    for exposure in fixture.exposures {
      #expect(error(exposure.kernel.spread(fixture.doses[0]), exposure.values) < 1e-9)
    }
  }

  @Test(arguments: 0..<3)
  func `cumulative effects of two events in one model, and their errors, agree`(index: Int) throws {
    let fit = fixture.decays[index]
    let kernels = try #require(fit.kernels)
    let columns = kernels.enumerated().map { atReadings($1, $0) } + fixture.adjustments
    let model = try posterior(fit, columns, using: 0..<columns.count)
    let (means, covariance) = model.coefficients
    // The oracle adds half days up, and takes the noise's SD as 1.
    let perDay = Double(Grid.perDay)
    let unit = model.df / model.remainder
    let errors = kernels.indices.map {
      kernels[$0].total * perDay * (covariance[$0, $0] * unit).squareRoot()
    }
    let cumulative = kernels.indices.map { kernels[$0].total * perDay * means[$0] }
    #expect(error(cumulative, fit.cumulative) < 1e-6)
    #expect(error(errors, fit.errors) < 1e-6)
    #expect(error([model.remainder - Self.prior], [fit.squares]) < 1e-6)
  }

  @Test(arguments: 0..<3)
  func `an effect that is added to a model is the one that was fitted with it`(index: Int) throws {
    let fit = fixture.decays[index]
    let kernels = try #require(fit.kernels)
    let columns = fixture.adjustments + [atReadings(kernels[1], 1), atReadings(kernels[0], 0)]
    let model = try posterior(fit, columns, using: 0..<(columns.count - 1))
    let added = try #require(model.adding([columns.count - 1], expected: Self.flat).first)
    let total = kernels[0].total * Double(Grid.perDay)
    #expect(error([added.mean * total], [fit.cumulative[0]]) < 1e-6)
    let sigma = ((fit.squares + Self.prior) / model.df).squareRoot()
    #expect(error([added.scale * total], [fit.errors[0] * sigma]) < 1e-6)
  }

  @Test func `a coefficient a lag, by the package's own basis, adds up to the same`() throws {
    let fit = fixture.unconstrained
    let lags = try #require(fit.lags)
    // Gone within an hour: what is left of a dose is its own lag.
    let columns = (0..<lags).map { lag in
      atReadings(LagKernel(delayDays: Double(lag) / Double(Grid.perDay), tauDays: 0.01), 0)
    }
    let model = try posterior(
      fit, columns + fixture.adjustments, using: 0..<(lags + fixture.adjustments.count))
    let (means, covariance) = model.coefficients
    var variance = 0.0
    for row in 0..<lags { for column in 0..<lags { variance += covariance[row, column] } }
    #expect(error([means.prefix(lags).reduce(0, +)], fit.cumulative) < 1e-6)
    #expect(error([(variance * model.df / model.remainder).squareRoot()], fit.errors) < 1e-6)
    #expect(error([model.remainder - Self.prior], [fit.squares]) < 1e-6)
  }
}

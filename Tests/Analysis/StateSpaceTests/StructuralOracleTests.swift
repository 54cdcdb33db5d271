import Curves
import Mathematics
import Readings
import StateSpace
import Testing

@Suite("structural model against statsmodels") struct StructuralOracleTests {
  private let cases: [StateSpaceFixture.Structural]

  init() throws {
    cases = try StateSpaceFixture.load().structural
    try #require(cases.count == 3)
  }

  private func inputs(_ example: StateSpaceFixture.Structural) -> [[Double]] {
    let values = example.x.compactMap { $0 }
    let half = values.count / 2
    return [Array(values[..<half]), Array(values[half...])]
  }

  private func wander(_ example: StateSpaceFixture.Structural) -> Wander {
    let given = example.parameters
    return Wander(
      kept: given.kept, returning: given.returning, walk: given.walk, noise: given.noise)
  }

  private func fit(_ example: StateSpaceFixture.Structural) throws -> StructuralFit {
    let future = example.diffuse.future
    let half = future.count / 2
    let columns = inputs(example)
    var model = StructuralModel()
    model.hasSlot = false
    model.weekHarmonics = 0
    model.inputs = [
      StructuralModel.Input(name: "first", values: columns[0] + future[..<half]),
      StructuralModel.Input(name: "second", values: columns[1] + future[half...]),
    ]
    return try model.fit(
      Curve(channel: "skin.moisture", values: example.y), from: LocalDate(daysSince1970: 20_000),
      wander: wander(example))
  }

  @Test func `the log-likelihood agrees to 1e-8 where everything is known`() {
    for example in cases {
      let columns = inputs(example)
      let filter = WanderFilter(
        example.y.map { WanderFilter.Visit(gap: 1, isRead: $0 != nil) }, wander: wander(example),
        levelVariance: example.parameters.levelVariance)
      let deviations = example.y.indices.map { place in
        example.y[place].map { $0 - 30 - 1.5 * columns[0][place] + 2 * columns[1][place] } ?? 0
      }
      #expect((filter.logLikelihood(deviations) - example.known).magnitude < 1e-8)
    }
  }

  @Test func `passing over a gap equals visiting each place of it`() {
    for example in cases {
      let read = example.y.indices.filter { example.y[$0] != nil }
      var last = read[0]
      let visits = read.map { place in
        defer { last = place }
        return WanderFilter.Visit(gap: place - last, isRead: true)
      }
      let short = WanderFilter(visits, wander: wander(example))
      let long = WanderFilter(
        example.y.map { WanderFilter.Visit(gap: 1, isRead: $0 != nil) }, wander: wander(example))
      // The level begins at the first visit; here that is the first reading's place or before it.
      guard read[0] == 0 else { continue }
      let values = example.y.compactMap { $0 }
      let whole = example.y.map { $0 ?? -99 }
      #expect((short.logLikelihood(values) - long.logLikelihood(whole)).magnitude < 1e-8)
    }
  }

  @Test func `the diffuse log-likelihood agrees to 1e-8`() throws {
    for example in cases {
      #expect((try fit(example).logLikelihood - example.diffuse.logLikelihood).magnitude < 1e-8)
    }
  }

  @Test func `coefficients and their variances agree`() throws {
    let z = StandardNormal.quantile(0.95)
    for example in cases {
      let estimates = try fit(example).coefficients.dropFirst().map(\.estimate)
      #expect(difference(estimates.map(\.value), example.diffuse.beta) < 1e-7)
      let variances = estimates.map { ($0.high - $0.value) / z }.map { $0 * $0 }
      #expect(difference(variances, example.diffuse.betaVariance) < 1e-7)
    }
  }

  @Test func `one-step residuals and their variances agree, and are missing where theirs are`()
    throws
  {
    for example in cases {
      let residuals = try fit(example).residuals
      #expect(residuals.map { $0 == nil } == example.diffuse.residual.map { $0 == nil })
      #expect(
        difference(residuals.compactMap { $0?.value }, example.diffuse.residual.compactMap { $0 })
          < 1e-7)
      #expect(
        difference(
          residuals.compactMap { $0?.variance }, example.diffuse.residualVariance.compactMap { $0 })
          < 1e-7)
    }
  }

  @Test func `smoothed level and returning part agree, with their variances`() throws {
    let z = StandardNormal.quantile(0.95)
    for example in cases {
      let parts = try fit(example).components()
      for (name, mean, variance) in [
        ("level", example.diffuse.level, example.diffuse.levelVariance),
        ("returning", example.diffuse.returning, example.diffuse.returningVariance),
      ] {
        let values = try #require(parts.first { $0.name == name }).values
        #expect(difference(values.map(\.value), mean) < 1e-7)
        let found = values.map { ($0.high - $0.value) / z }.map { $0 * $0 }
        #expect(difference(found, variance) < 1e-7)
      }
    }
  }

  @Test func `forecasts and their variances agree`() throws {
    for example in cases {
      let forecast = try fit(example).forecast(places: 14)
      #expect(forecast.map(\.place) == Array(example.y.count..<(example.y.count + 14)))
      #expect(difference(forecast.map(\.mean), example.diffuse.forecast) < 1e-7)
      #expect(difference(forecast.map(\.variance), example.diffuse.forecastVariance) < 1e-7)
    }
  }
}

@Suite("whitening against statsmodels' GLS") struct WhiteningOracleTests {
  @Test func `coefficients, covariance, determinant and log-likelihood agree to 1e-8`() throws {
    let cases = try StateSpaceFixture.load().whitening
    #expect(cases.count == 3)
    for example in cases {
      let whitening = Whitening(
        places: example.places,
        noise: Noise(perDay: example.perDay, share: example.share, slow: example.slow))
      let n = example.y.count
      let all = whitening.whitened(
        Matrix(rows: n, columns: 4, elements: example.x + example.y))
      let x = Matrix(rows: n, columns: 3, elements: Array(all.elements[..<(3 * n)]))
      let y = Matrix(rows: n, columns: 1, elements: Array(all.elements[(3 * n)...]))
      let cholesky = try #require(Cholesky(x.gram))
      let beta = cholesky.solve(x.transposedTimes(y)).elements
      #expect(difference(beta, example.beta) < 1e-8)
      let rest = zip(y.elements, x.times(beta)).map { $0 - $1 }
      let squares = rest.reduce(0) { $0 + $1 * $1 }
      #expect((squares / Double(n) - example.scale).magnitude < 1e-8)
      let covariance = cholesky.inverse.elements.map { $0 * squares / Double(n - 3) }
      #expect(difference(covariance, example.covariance) < 1e-8)
      #expect((whitening.logDeterminant - example.logDeterminant).magnitude < 1e-8)
      // statsmodels' concentrated log-likelihood, of independent parts and the determinant.
      let half = Double(n) / 2
      let logLikelihood =
        -half * (squares / Double(n)).logarithm - half * (1 + (2 * Double.pi).logarithm)
        - whitening.logDeterminant / 2
      #expect((logLikelihood - example.logLikelihood).magnitude < 1e-8)
    }
  }
}

import Mathematics
import Testing

@Suite("distributions") struct DistributionTests {
  private static func value(_ row: MathematicsFixture.Value) -> Double? {
    let (a, b) = (row.parameters.first ?? 0, row.parameters.last ?? 0)
    return switch row.function {
    case "normal.cdf": StandardNormal.cdf(row.x)
    case "normal.quantile": StandardNormal.quantile(row.x)
    case "normal.density": StandardNormal.density(row.x)
    case "t.cdf": StudentT(df: a).cdf(row.x)
    case "t.quantile": StudentT(df: a).quantile(row.x)
    case "f.cdf": FisherF(df1: a, df2: b).cdf(row.x)
    case "f.quantile": FisherF(df1: a, df2: b).quantile(row.x)
    case "gamma.cdf": GammaDistribution(shape: a, scale: b).cdf(row.x)
    case "gamma.quantile": GammaDistribution(shape: a, scale: b).quantile(row.x)
    case "beta.cdf": BetaDistribution(a: a, b: b).cdf(row.x)
    case "beta.quantile": BetaDistribution(a: a, b: b).quantile(row.x)
    case "logGamma": logGamma(row.x)
    default: nil
    }
  }

  @Test func `agree with SciPy, in the tails, at the ends and outside the domain`() throws {
    let rows = try MathematicsFixture.load().distributions
    #expect(rows.count > 400)
    for row in rows {
      let value = try #require(Self.value(row))
      // A quantile in the very middle of a symmetric distribution is 0 but for rounding.
      let isClose = agrees(value, row.value, 1e-9) || (value - row.value).magnitude < 1e-15
      #expect(isClose, "\(row): \(value)")
    }
  }

  @Test(arguments: [-1.0, 0, .nan])
  func `parameters that are no distribution's give NaN`(parameter: Double) {
    #expect(StudentT(df: parameter).cdf(1).isNaN)
    #expect(StudentT(df: parameter).quantile(0.3).isNaN)
    #expect(FisherF(df1: parameter, df2: 2).cdf(1).isNaN)
    #expect(FisherF(df1: 3, df2: parameter).quantile(0.2).isNaN)
    #expect(GammaDistribution(shape: parameter, scale: 1).cdf(1).isNaN)
    #expect(GammaDistribution(shape: 1, scale: parameter).quantile(0.5).isNaN)
    #expect(BetaDistribution(a: parameter, b: 1).cdf(0.5).isNaN)
    #expect(BetaDistribution(a: 1, b: parameter).quantile(0.5).isNaN)
  }

  @Test func `a quantile undoes the distribution function`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let p = generator.uniform(0.001, 0.999)
      #expect(agrees(StudentT(df: 4).cdf(StudentT(df: 4).quantile(p)), p))
      #expect(agrees(FisherF(df1: 3, df2: 8).cdf(FisherF(df1: 3, df2: 8).quantile(p)), p))
      #expect(agrees(BetaDistribution(a: 2, b: 5).cdf(BetaDistribution(a: 2, b: 5).quantile(p)), p))
      let gamma = GammaDistribution(shape: 0.7, scale: 3)
      #expect(agrees(gamma.cdf(gamma.quantile(p)), p))
    }
  }
}

@Suite("medians and quantiles") struct RobustTests {
  @Test func `agree with NumPy and SciPy`() throws {
    for sample in try MathematicsFixture.load().robust {
      for (p, expected) in zip(sample.p, sample.quantiles) {
        #expect(agrees(try #require(Robust.quantile(sample.values, p)), expected, 1e-13))
      }
      #expect(agrees(try #require(Robust.median(sample.values)), sample.median, 1e-13))
      #expect(agrees(try #require(Robust.spread(sample.values)), sample.spread, 1e-12))
      #expect(agrees(try #require(Robust.mean(sample.values)), sample.mean, 1e-12))
      #expect(agrees(Robust.deviation(sample.values) ?? .nan, sample.deviation, 1e-12))
    }
  }

  @Test func `nothing has no median, and one value no deviation`() {
    #expect(Robust.median([]) == nil)
    #expect(Robust.spread([]) == nil)
    #expect(Robust.mean([]) == nil)
    #expect(Robust.deviation([1]) == nil)
  }
}

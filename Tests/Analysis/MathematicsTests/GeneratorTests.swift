import Mathematics
import Testing

@Suite("seeded generator") struct GeneratorTests {
  @Test func `gives the numbers of an independent xoshiro256**, and SciPy's deviates of them`()
    throws
  {
    let seeds = try MathematicsFixture.load().generator
    #expect(seeds.count == 4)
    for seed in seeds {
      let number = try #require(UInt64(seed.seed))
      var raw = SeededGenerator(seed: number)
      var uniform = SeededGenerator(seed: number)
      var normal = SeededGenerator(seed: number)
      var heavy = SeededGenerator(seed: number)
      for index in seed.outputs.indices {
        #expect(raw.next() == UInt64(seed.outputs[index]))
        #expect(uniform.uniform() == seed.uniform[index])
        #expect(agrees(normal.normal(), seed.normal[index], 1e-11))
        #expect(agrees(heavy.studentT(df: 4), seed.t4[index], 1e-10))
      }
    }
  }

  @Test func `deviates have the moments of their distribution`() {
    var generator = SeededGenerator(seed: 2026)
    let count = 100_000
    var sums = [0.0, 0, 0, 0, 0, 0]
    for _ in 0..<count {
      let (u, z) = (generator.uniform(2, 6), generator.normal())
      sums[0] += u
      sums[1] += z
      sums[2] += z * z
      sums[3] += z * z * z
      sums[4] += z * z * z * z
      sums[5] += generator.chance(0.3) ? 1 : 0
    }
    let moments = sums.map { $0 / Double(count) }
    // Expected values and four standard errors of each.
    let expected = [
      (4.0, 1.155), (0, 1), (1, 2.0.squareRoot()), (0, 15.0.squareRoot()), (3, 96.0.squareRoot()),
      (0.3, 0.21.squareRoot()),
    ]
    for (moment, (mean, deviation)) in zip(moments, expected) {
      #expect((moment - mean).magnitude < 4 * deviation / Double(count).squareRoot())
    }
  }
}

@Suite("optimisers") struct OptimiserTests {
  @Test(arguments: [(-3.0, 5.0, 1.25), (0.0, 1.0, 0.0), (0.0, 1.0, 1.0)])
  func `golden sections find a minimum within and at the ends`(
    low: Double, high: Double, at: Double
  ) {
    let found = Minimum.golden(low: low, high: high, tolerance: 1e-8) { ($0 - at) * ($0 - at) }
    #expect((found - at).magnitude < 1e-7)
  }

  @Test func `the simplex finds the end of Rosenbrock's valley`() {
    let found = Minimum.simplex(start: [-1.2, 1], tolerance: 1e-14) { place in
      let (a, b) = (1 - place[0], place[1] - place[0] * place[0])
      return a * a + 100 * b * b
    }
    #expect((found.place[0] - 1).magnitude < 1e-4)
    #expect((found.place[1] - 1).magnitude < 1e-4)
    #expect(found.value < 1e-8)
  }

  @Test func `the simplex finds the middle of a bowl in four dimensions`() {
    let middle = [1.0, -2, 0.5, 3]
    let found = Minimum.simplex(start: [0, 0, 0, 0], tolerance: 1e-13) { place in
      var sum = 10.0
      for index in place.indices {
        let away = place[index] - middle[index]
        sum += Double(index + 1) * away * away
      }
      return sum
    }
    #expect(difference(found.place, middle) < 1e-4)
    #expect((found.value - 10).magnitude < 1e-8)
  }

  @Test func `the simplex steps back from where the function has no value`() {
    let found = Minimum.simplex(start: [0.5]) { $0[0] <= 0 ? .infinity : $0[0] - $0[0].logarithm }
    #expect((found.place[0] - 1).magnitude < 1e-3)
  }
}

@Suite("errors of neighbours, and many tests") struct InferenceTests {
  @Test func `HAC agrees with statsmodels to 1e-8`() throws {
    let cases = try MathematicsFixture.load().hac
    #expect(cases.count == 8)
    for newey in cases {
      let hac = try #require(
        HAC(y: newey.y, x: newey.x.matrix, lags: newey.lags, isCorrected: newey.corrected))
      #expect(difference(hac.coefficients, newey.coefficients) < 1e-10)
      #expect(difference(hac.covariance.elements, newey.covariance) < 1e-8)
    }
  }

  @Test func `HAC is silent where columns depend on each other or rows are too few`() {
    let twice = Matrix(columns: [[1, 1, 1, 1], [2, 2, 2, 2]])
    #expect(HAC(y: [1, 2, 3, 4], x: twice, lags: 1) == nil)
    #expect(HAC(y: [1, 2], x: Matrix(columns: [[1, 1], [1, 2]]), lags: 1) == nil)
  }

  @Test func `false discovery rates agree with statsmodels`() throws {
    for discovery in try MathematicsFixture.load().discovery {
      #expect(difference(FalseDiscovery.adjusted(discovery.p), discovery.positive) < 1e-12)
      #expect(
        difference(FalseDiscovery.adjusted(discovery.p, dependence: .any), discovery.any) < 1e-12)
    }
  }

  @Test func `a test that could not be made counts as one that found nothing`() {
    #expect(FalseDiscovery.adjusted([]) == [])
    #expect(FalseDiscovery.adjusted([.nan, 0.01]) == [1, 0.02])
  }
}

import Testing

@testable import reliability

@Suite("growth") struct GrowthTests {
  @Test("a figure that stands still gained nothing, whatever peaks it has")
  func standsStill() throws {
    var values = [Double](repeating: 500, count: 100)
    for peak in [30, 55, 90] { values[peak] = 900 }
    let growth = try #require(Growth(of: values))
    #expect(growth.gained == 0)
    #expect(growth.greatest == 900)
  }

  @Test("a steady climb is counted from the end of the warm-up to the end")
  func climbs() throws {
    // 101 looks, 3 more at each: the first 20 are the warm-up, and 80 steps are left.
    let growth = try #require(Growth(of: (0...100).map { Double($0) * 3 }, warmUp: 0.2))
    #expect(abs(growth.gained - 240) < 1e-9)
  }

  @Test("what is gained in the warm-up does not count")
  func warmsUp() throws {
    let climb: [Double] = (0..<20).map { Double($0) * 100 }
    let growth = try #require(Growth(of: climb + [Double](repeating: 2000, count: 80)))
    #expect(growth.gained == 0)
  }

  @Test("a climb with noise on it is found")
  func climbsUnderNoise() throws {
    // A saw of ±7 on a climb of 0.5 a look.
    let values: [Double] = (0..<400).map { look in
      let saw = Double(look * 11 % 15) - 7
      return Double(look) * 0.5 + saw
    }
    let growth = try #require(Growth(of: values))
    #expect(abs(growth.gained - 160) < 8)
  }

  @Test("too few looks say nothing")
  func tooFew() {
    #expect(Growth(of: [1, 2, 3]) == nil)
  }
}

import Curves
import Mathematics
import Testing

@testable import Trials

@Suite struct RerandomisationTests {
  /// Pairs whose columns do not touch: the statistic is the differences' sum, with the orders' signs.
  private func test(_ differences: [Double], tossed: [Double]? = nil) -> Rerandomisation? {
    let tossed = tossed ?? differences.map { _ in 1 }
    return Rerandomisation(
      tossed: tossed, products: zip(differences, tossed).map { $0 * $1 },
      squares: .identity(differences.count), seed: 1)
  }

  @Test func `Four pairs are the ones counted by hand`() throws {
    // 5 + 3 + 2 − 1 = 9; of the 16 sums ±5 ±3 ±2 ±1 only 11 and 9, and −11 and −9, are as large.
    let orders = try #require(test([5, 3, 2, -1], tossed: [1, -1, 1, -1]))
    #expect(orders.p() == 4.0 / 16)
    #expect(abs(orders.value - 9.0 / 4) < 1e-12)
  }

  @Test func `Six pairs all one way are the rarest there are`() throws {
    #expect(try #require(test([1, 2, 3, 4, 5, 6])).p() == 2.0 / 64)
  }

  @Test func `The interval is the one of subsets' means`() throws {
    // Hartigan: between neighbouring means of the 63 subsets the truth lies with 1 in 64. At most 6 of
    // 64 are given away, 3 at each end; the third smallest mean, after 1 and 1.5, is 2.
    let interval = try #require(test([1, 2, 3, 4, 5, 6])).interval()
    #expect(abs(interval.value - 3.5) < 1e-12)
    #expect(abs(interval.low - 2) < 1e-6 && abs(interval.high - 5) < 1e-6)
  }

  @Test func `Four pairs are too few for an end`() throws {
    let interval = try #require(test([5, 5, 5, 5])).interval()
    #expect(interval.low == -.infinity && interval.high == .infinity)
  }

  @Test func `Equal arms give 1, and nothing to compare gives nothing`() throws {
    #expect(try #require(test([0, 0, 0, 0, 0, 0])).p() == 1)
    #expect(
      Rerandomisation(
        tossed: [1, 1], products: [0, 0], squares: Matrix(rows: 2, columns: 2), seed: 1) == nil)
  }

  @Test func `Many pairs are drawn, and drawn again alike`() throws {
    // Of 14 signs 11 are positive: as many or more, either way, have 2 · 470 of 16 384 orders.
    let differences = (0..<14).map { $0 < 11 ? 1.0 : -1 }
    let p = try #require(test(differences)).p()
    #expect(abs(p - 940.0 / 16_384) < 0.01)
    #expect(try #require(test(differences)).p() == p)
  }
}

import Curves
import Products
import Readings
import Testing

@Suite("comparing two products") struct ComparisonTests {
  /// Cream on alternating sides, with the uplifts of both at all times after.
  private func pair(
    _ index: Int, cream: Double, lotion: Double, alternating: Bool = true
  ) -> ApplicationPair {
    let left = !alternating || index.isMultiple(of: 2)
    func application(_ product: String, _ side: Side, _ uplift: Double) -> Application {
      Application(
        date: LocalDate(daysSince1970: 20_000 + index), product: product, side: side,
        readings: timed([50] + Array(repeating: 50 + uplift, count: 4)),
        control: timed([48, 48, 48, 48, 48]))
    }
    return ApplicationPair(
      first: application("cream", left ? .left : .right, cream),
      second: application("lotion", left ? .right : .left, lotion))
  }

  private let noise = [0.3, -0.4, 0.1, -0.2, 0.5, -0.3, 0.2, -0.1]

  @Test func `a clear gap is a sentence with a number, its interval and its applications`() throws {
    let pairs = noise.enumerated().map { pair($0, cream: 14 + $1, lotion: 10) }
    let found = try Comparison(of: pairs)
    #expect(found.verdict == .higher(product: "cream"))
    let said = found.sentences(unit: "a.u.")
    #expect(said[0].hasPrefix("cream keeps more hydration uplift than lotion: +3."))
    #expect(said[0].contains("90 % interval +3."))
    #expect(said[0].hasSuffix("8 applications."))
    #expect(said.joined().lowercased().contains("absor") == false)
  }

  @Test func `the second product can win`() throws {
    let pairs = noise.enumerated().map { pair($0, cream: 10 + $1, lotion: 14) }
    let found = try Comparison(of: pairs)
    #expect(found.verdict == .higher(product: "lotion"))
    let said = found.sentences(unit: "a.u.")[0]
    #expect(said.hasPrefix("lotion keeps more hydration uplift than cream: +3.9"))
  }

  @Test func `equal products are said to be the same`() throws {
    let pairs = noise.enumerated().map { pair($0, cream: 10 + $1, lotion: 10) }
    let found = try Comparison(of: pairs)
    #expect(found.verdict == .equal)
    #expect(found.sentences(unit: "a.u.")[0].contains("the same hydration uplift within 20 %"))
  }

  @Test func `what rests on one application is not claimed`() throws {
    let uplifts = [10.2, 9.9, 10.1, 9.8, 10.3, 14.0, 11.9, 12.3]
    let claimed = uplifts.enumerated().map { pair($0, cream: $1, lotion: 9.5) }
    let found = try Comparison(of: claimed)
    #expect(found.difference.excludesZero)
    #expect(found.verdict != .equal)
    let shaky = [0.6, 0.2, 0.7, 1.0, -0.7, 0.7, 1.4, 0.3]
    let one = try Comparison(
      of: shaky.enumerated().map { pair($0, cream: 10 + $1, lotion: 10) })
    #expect(one.difference.excludesZero)
    #expect(one.verdict == .equal)
  }

  @Test func `a lasting difference of the sides is not one of the products`() throws {
    // Whatever is on the left gains 3.
    let pairs = noise.enumerated().map { index, noise in
      let left = index.isMultiple(of: 2)
      return pair(index, cream: (left ? 13 : 10) + noise, lotion: left ? 10 : 13)
    }
    let found = try Comparison(of: pairs)
    #expect(abs(found.difference.value) < 0.2)
    #expect(found.difference.high < 0.5)
  }

  @Test func `too few, one-sided or identical applications are silence`() {
    func silence(_ pairs: [ApplicationPair]) -> String? {
      do { return try Comparison(of: pairs).sentences(unit: "").first.map { "said: \($0)" } } catch
      {
        return error.reason
      }
    }
    #expect(silence([]) == "0 split-face applications so far; at least 6 are needed")
    let few = [pair(0, cream: 12, lotion: 10)]
    #expect(silence(few) == "1 split-face application so far; at least 6 are needed")
    let still = noise.enumerated().map { pair($0, cream: 12 + $1, lotion: 10, alternating: false) }
    #expect(silence(still)?.hasPrefix("the products hardly ever changed sides") == true)
    let same = (0..<8).map { pair($0, cream: 12, lotion: 10) }
    #expect(silence(same)?.hasPrefix("all applications differ by the same value") == true)
  }

  @Test func `no uplift gives no ratio, no plan and no half-life`() throws {
    let pairs = noise.enumerated().map { pair($0, cream: $1, lotion: -$1 * 0.7) }
    let found = try Comparison(of: pairs)
    #expect(throws: Silence.self) { try found.ratio.get() }
    #expect(throws: Silence.self) { try found.first.halfLife.get() }
    #expect(found.need.more == nil)
    #expect(found.sentences(unit: "a.u.").contains { $0.contains("cannot be said") })
  }

  @Test func `an uplift that does not fade has no half-life`() throws {
    let pairs = noise.enumerated().map { pair($0, cream: 12 + $1, lotion: 10 - $1) }
    let found = try Comparison(of: pairs)
    #expect(throws: Silence.self) { try found.first.halfLife.get() }
  }

  @Test func `days without a partner, on one side or doubled are left out with their reason`() {
    let day = LocalDate(daysSince1970: 20_000)
    func application(_ product: String, _ side: Side, _ offset: Int) -> Application {
      Application(date: day + offset, product: product, side: side, readings: timed([50, 60]))
    }
    let (pairs, leftOut) = ApplicationPair.pairs(
      of: "cream", and: "lotion",
      in: [
        application("cream", .left, 0), application("lotion", .right, 0),
        application("cream", .left, 1), application("lotion", .left, 2),
        application("cream", .left, 2), application("balm", .right, 1),
        application("cream", .left, 3), application("cream", .right, 3),
        application("lotion", .right, 3),
      ])
    #expect(pairs.count == 1)
    #expect(
      leftOut.map(\.reason) == [
        "2024-10-05: lotion is missing on the other side",
        "2024-10-06: both products are on the left side",
        "2024-10-07: a product was put on more than once",
      ])
  }
}

@Suite("the area of hydration uplift") struct UpliftTests {
  private func points(_ pairs: [(Double, Double)]) -> [UpliftPoint] {
    pairs.map { UpliftPoint(hours: $0.0, uplift: $0.1) }
  }

  @Test func `a missing time is bridged by a straight line`() throws {
    // 0→10 in 1 h: 5; 10→2 over 7 h: 42.
    #expect(try UpliftArea.trapezoid(points([(1, 10), (8, 2)]), until: 8) == 47)
  }

  @Test func `an early last reading is held, a late one cut`() throws {
    // 5 + 10 to 7 h at 10: 60, and an hour held: 75 in all.
    #expect(try UpliftArea.trapezoid(points([(1, 10), (7, 10)]), until: 8) == 75)
    // From 10 at 1 h to 2 at 9 h: 3 at 8 h, so 5 + 45.5.
    #expect(try UpliftArea.trapezoid(points([(1, 10), (9, 2)]), until: 8) == 50.5)
  }

  @Test func `no early reading, no late one or hardly any is silence`() {
    for few in [[], [(1.0, 10.0)], [(1.5, 10), (8, 2)], [(1, 10), (4, 2)]] {
      #expect(throws: Silence.self) { try UpliftArea.trapezoid(points(few), until: 8) }
    }
  }

  @Test func `what the untreated site does is taken out, on straight lines between its readings`()
    throws
  {
    let application = Application(
      date: LocalDate(daysSince1970: 0), product: "cream", side: .left,
      readings: [
        TimedReading(minutes: -5, value: 50), TimedReading(minutes: 60, value: 62),
        TimedReading(minutes: 240, value: 58), TimedReading(minutes: 480, value: 50),
      ],
      control: [
        TimedReading(minutes: -5, value: 40), TimedReading(minutes: 55, value: 41),
        TimedReading(minutes: 425, value: 48),
      ])
    let uplift = try application.uplift()
    // 240 lies half way between 55 and 425; 480 is 55 minutes after the last one.
    #expect(uplift.map(\.hours) == [1, 4])
    #expect(abs(uplift[0].uplift - (12 - 1 - 7 * 5 / 370.0)) < 1e-12)
    #expect(abs(uplift[1].uplift - (8 - 4.5)) < 1e-12)
  }
}

import Testing
import Watch

@Suite("the textbook's charts, by hand") struct ChartsTests {
  @Test("a CUSUM adds what exceeds its allowance, on either side")
  func cusum() {
    var chart = CUSUM(allowance: 0.5, limit: 4)
    // Above: 0.5, 2, 1, 2.5, 4 (not above 4), 4.25. Below stays 0 but for −0.5.
    let values = [1.0, 2, -0.5, 2, 2, 0.75]
    var sums: [Double] = []
    var alarms: [Bool] = []
    for value in values {
      alarms.append(chart.add(value))
      sums.append(chart.above)
    }
    #expect(sums == [0.5, 2, 1, 2.5, 4, 0])
    #expect(alarms == [false, false, false, false, false, true])
  }

  @Test("a fall is as much an alarm as a rise")
  func falls() {
    var chart = CUSUM(allowance: 0.5, limit: 2)
    let first = chart.add(-1.5)
    #expect(!first)
    #expect(chart.below == 1)
    // 2 is the limit, and not above it.
    let rest = [-1.5, -1].map { chart.add($0) }
    #expect(rest == [false, true])
    #expect(chart.below == 0)
  }

  @Test("an EWMA's limit is narrow at first and widens as it fills")
  func ewma() {
    // After one value the average is 0.5·z with SD 0.5; after two 0.5·z₂ + 0.25·z₁ with SD √0.3125.
    var chart = EWMA(weight: 0.5, limit: 2)
    // 0.95 is below 2·0.5; then 0.475 + 0.5·1.3 = 1.125 is above 2·√0.3125 = 1.118…
    #expect([1.9, 1.3].map { chart.add($0) } == [false, true])
    var other = EWMA(weight: 0.5, limit: 2)
    // 0.475 + 0.5·1.28 = 1.115 is not.
    #expect([1.9, 1.28].map { other.add($0) } == [false, false])
    var first = EWMA(weight: 0.5, limit: 2)
    let alarm = first.add(-2.1)
    #expect(alarm)
  }
}

import Curves
import Forecast
import Mathematics
import Readings
import SyntheticSubject
import Testing

/// A made-up person's history with one curve.
private func subject(
  _ days: Int, seed: UInt64, world: World = .home, change: (inout SubjectPlan) -> Void = { _ in }
) throws -> (History, Curve) {
  var plan = SubjectPlan(days: days)
  plan.events = [PlantedEvent(kind: "late_night", peak: 0.8)]
  change(&plan)
  let history = world.subject(plan, seed: seed).history
  return (history, try #require(history.curves.first))
}

@Suite("forecasts") struct ForecasterTests {
  @Test func `foretells the fourteen places after the last reading`() throws {
    let (history, curve) = try subject(120, seed: 1)
    let last = try #require(curve.values.lastIndex { $0 != nil })
    let result = try Forecaster(history: history, curve: curve).run()
    #expect(result.outlooks.map(\.place) == Array((last + 1)...(last + 14)))
    #expect(result.next?.date == history.date(last + 1))
    for outlook in result.outlooks {
      #expect(outlook.likely90.low <= outlook.likely80.low)
      #expect(outlook.likely80.low < outlook.likely80.value)
      #expect(outlook.likely80.value < outlook.likely80.high)
      #expect(outlook.likely80.high <= outlook.likely90.high)
      #expect(outlook.method != .naive)
    }
  }

  @Test func `nothing is foretold from what comes later`() throws {
    let (history, curve) = try subject(160, seed: 2) { $0.events = [] }
    let early = history.prefix(days: 100)
    var changed = curve
    for place in 200..<changed.values.count {
      changed.values[place] = changed.values[place].map { 3 * $0 }
    }
    let before = try Forecaster(history: early, curve: early.curves[0]).run()
    let after = try Forecaster(history: history, curve: changed).run()
    #expect(before.within90.count > 100)
    #expect(before.within90 == Array(after.within90.prefix(before.within90.count)))
    #expect(before.within80 == Array(after.within80.prefix(before.within80.count)))
  }

  @Test func `of next readings the promised share lies within, in both worlds`() throws {
    for world in World.allCases {
      var (of80, of90): ([Bool], [Bool]) = ([], [])
      for seed in UInt64(1)...6 {
        let (history, curve) = try subject(240, seed: seed, world: world)
        let result = try Forecaster(history: history, curve: curve).run()
        of80 += result.within80
        of90 += result.within90
      }
      #expect((share(of80) - 0.8).magnitude < 0.02)
      #expect((share(of90) - 0.9).magnitude < 0.02)
    }
  }

  private func share(_ within: [Bool]) -> Double {
    Double(within.count { $0 }) / Double(max(within.count, 1))
  }

  @Test func `the promised share lies within even after a sudden change`() throws {
    let (history, curve) = try subject(300, seed: 4) {
      $0.changes = [PlantedChange(kind: .shift, day: 150, size: 4)]
    }
    let within = try Forecaster(history: history, curve: curve).run().within90
    let after = Array(within.suffix(within.count / 2))
    #expect((share(after) - 0.9).magnitude < 0.03)
  }

  @Test func `what is used errs hardly more than the best method, and less than repetition`() throws
  {
    for seed in UInt64(20)..<26 {
      let (history, curve) = try subject(365, seed: seed)
      let result = try Forecaster(history: history, curve: curve).run()
      let simple = result.scores.filter { [.ewma, .ets, .ridge].contains($0.method) }
      let best = try #require(simple.map(\.mase).min())
      #expect(result.used.mase < 1.04 * best)
      #expect(result.used.mase < 0.95)
      let naive = try #require(result.scores.first { $0.method == .naive })
      #expect(naive.mase == 1 && naive.weekMASE == 1)
    }
  }

  @Test func `a strong habit of the slots is foretold nearly exactly`() throws {
    var generator = SeededGenerator(seed: 5)
    let values: [Double?] = (0..<200).map {
      ($0.isMultiple(of: 2) ? 40 : 60) + 0.1 * generator.normal()
    }
    let history = History(
      person: "me", firstDate: LocalDate(daysSince1970: 20_000), days: 100,
      curves: [Curve(channel: "skin.sebum", unit: "µg/cm²", values: values)])
    let result = try Forecaster(history: history, curve: history.curves[0]).run()
    let next = try #require(result.next)
    #expect((next.likely90.value - 40).magnitude < 0.2)
    #expect(next.likely90.high - next.likely90.low < 1)
    #expect(result.description.contains("skin.sebum will likely be 4"))
    #expect(result.description.contains("µg/cm², nine times in ten between"))
  }
}

@Suite("where no forecast is made") struct ForecastSilenceTests {
  private func silence(_ values: [Double?], epochs: [Int]? = nil, days: Int? = nil) -> String? {
    let curve = Curve(channel: "skin.moisture", values: values, epochs: epochs)
    let history = History(
      person: "me", firstDate: LocalDate(daysSince1970: 20_000),
      days: days ?? (values.count + 1) / 2, curves: [curve])
    do {
      _ = try Forecaster(history: history, curve: curve).run()
      return nil
    } catch { return "\(error)" }
  }

  private func some(_ count: Int) -> [Double?] { (0..<count).map { Double($0 % 7) } }

  @Test func `says what is missing`() {
    #expect(silence([]) == "no readings of skin.moisture so far; at least 30 are needed")
    #expect(silence([1]) == "1 readings of skin.moisture so far; at least 30 are needed")
    #expect(
      silence(Array(repeating: nil, count: 90))
        == "no readings of skin.moisture so far; at least 30 are needed")
    #expect(silence(some(29)) == "29 readings of skin.moisture so far; at least 30 are needed")
    #expect(
      silence(Array(repeating: 4, count: 90)) == "all 90 readings of skin.moisture are equal")
    #expect(
      silence(some(60), days: 100)
        == "the last reading of skin.moisture is 70 days old; one of the last 7 days is needed")
    #expect(
      silence(some(60), epochs: Array(repeating: 1, count: 50) + Array(repeating: 2, count: 10))
        == "10 readings of skin.moisture since its last calibration; at least 30 are needed")
  }

  @Test func `one slot only, gaps of months and two epochs are foretold without a fault`() throws {
    let (history, curve) = try subject(200, seed: 6)
    var morning = curve
    for place in morning.values.indices where !place.isMultiple(of: 2) {
      morning.values[place] = nil
    }
    var gaps = curve
    for place in 80..<300 { gaps.values[place] = nil }
    var epochs = curve
    for place in 250..<400 {
      epochs.epochs[place] = 2
      epochs.values[place] = epochs.values[place].map { $0 + 100 }
    }
    for odd in [morning, gaps, epochs] {
      let result = try Forecaster(history: history, curve: odd).run()
      #expect(result.outlooks.allSatisfy { $0.likely90.low.isFinite && $0.likely90.high.isFinite })
    }
    let later = try Forecaster(history: history, curve: epochs).run()
    #expect(try #require(later.next).likely90.low > 100)
  }

  @Test func `readings that were equal at first do not upset it`() throws {
    let values = Array(repeating: 5.0, count: 40) + (0..<40).map { Double($0 % 5) }
    #expect(silence(values) == nil)
  }

  @Test func `readings weeks apart are not foretold one from another`() {
    let values: [Double?] = (0..<981).map { $0 % 20 == 0 ? Double($0 % 7) : nil }
    #expect(
      silence(values)
        == "the readings of skin.moisture are too far apart to foretell one from another")
  }
}

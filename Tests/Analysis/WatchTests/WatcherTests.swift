import Curves
import Mathematics
import Readings
import Testing
import Watch

@Suite("watching made-up people") struct WatcherTests {
  private let watcher = Watcher(quietYears: 60, seed: 1)

  @Test("a step is found soon, called a shift, and dated and sized within its intervals")
  func shift() throws {
    let plan = MadeUp(days: 320, change: { _, day in day >= 180 ? 2 : 0 })
    var (found, named, dated, sized) = (0, 0, 0, 0)
    for seed in 1...8 {
      let history = plan.history(seed: UInt64(seed))
      let report = try watcher.watch(history)
      let alarm = report.alarms.first { MadeUp.day($0.noticedOn, history) >= 180 }
      guard let alarm, MadeUp.day(alarm.noticedOn, history) <= 200 else { continue }
      found += 1
      named += alarm.kind == .shift ? 1 : 0
      let truth = history.firstDate + 180
      dated += alarm.began.earliest <= truth && truth <= alarm.began.latest ? 1 : 0
      sized += alarm.size.low <= 10 && 10 <= alarm.size.high ? 1 : 0
    }
    #expect(found >= 7)
    #expect(named >= 5)
    #expect(dated >= 6)
    #expect(sized >= 6)
  }

  @Test("a slow drift is found before it is over twice, and not called a shift")
  func drift() throws {
    let plan = MadeUp(
      days: 340, change: { _, day in -2 * min(1, max(0, Double(day - 180) / 60)) })
    var (found, wrong) = (0, 0)
    for seed in 21...28 {
      let history = plan.history(seed: UInt64(seed))
      let report = try watcher.watch(history)
      let alarm = report.alarms.first { MadeUp.day($0.noticedOn, history) >= 180 }
      guard let alarm, MadeUp.day(alarm.noticedOn, history) <= 240 else { continue }
      found += 1
      wrong += alarm.kind == .shift || alarm.kind == .quiet ? 1 : 0
      #expect(alarm.size.value < 0)
    }
    #expect(found >= 7)
    #expect(wrong <= 2)
  }

  @Test("what moves all of the probe's curves on one day is the device")
  func device() throws {
    let plan = MadeUp(days: 300, curves: 3, change: { _, day in day >= 170 ? 1.5 : 0 })
    var named = 0
    for seed in 41...44 {
      let history = plan.history(seed: UInt64(seed))
      let report = try watcher.watch(history)
      let alarm = report.alarms.first { MadeUp.day($0.noticedOn, history) >= 170 }
      named += alarm?.kind == .deviceJump ? 1 : 0
    }
    #expect(named >= 3)
  }

  @Test("what moves in one of three curves is not the device")
  func person() throws {
    let plan = MadeUp(
      days: 300, curves: 3, change: { curve, day in curve == 1 && day >= 170 ? 2 : 0 })
    for seed in 51...53 {
      let history = plan.history(seed: UInt64(seed))
      let report = try watcher.watch(history)
      let alarm = report.alarms.first { MadeUp.day($0.noticedOn, history) >= 170 }
      #expect(alarm?.kind != .deviceJump)
      #expect(alarm?.curve == "skin.made1 at cheek")
    }
  }

  @Test("quiet years bring about as many alarms as the budget, and a larger budget more")
  func budget() throws {
    var (alarms, more) = (0, 0)
    for seed in 61...68 {
      let history = MadeUp(days: 440).history(seed: UInt64(seed))
      alarms += try watcher.watch(history).alarms.count
      more += try Watcher(budgetPerYear: 4, quietYears: 60, seed: 1).watch(history).alarms.count
    }
    // 8 years at 0.5 a year: 4, with a Poisson SD of 2; at 4 a year 32.
    #expect(alarms <= 10)
    #expect(more > 2 * alarms)
    #expect((14...50).contains(more))
  }

  @Test("only the past decides: what comes later changes no alarm's day")
  func causal() throws {
    let plan = MadeUp(days: 400, change: { _, day in day >= 200 ? 1.5 : 0 })
    let history = plan.history(seed: 91)
    let whole = try watcher.watch(history).alarms.map(\.noticedOn)
    let first = try watcher.watch(history.prefix(days: 260)).alarms.map(\.noticedOn)
    #expect(!first.isEmpty)
    #expect(first == whole.filter { $0 < history.firstDate + 260 })
  }

  @Test("a year seen twice is taken out, and a drift of the first year may be a season")
  func season() throws {
    let plan = MadeUp(
      days: 1300, change: { _, day in (Double(day) * 2 * Double.pi / 365.2425).sine })
    let (history, quiet) = (plan.history(seed: 95), MadeUp(days: 1300).history(seed: 95))
    let alarms = try watcher.watch(history).alarms
    let (early, late) = (history.firstDate + 400, history.firstDate + 900)
    #expect(alarms.contains { $0.noticedOn < early && $0.mayBeSeason })
    #expect(alarms.allSatisfy { !$0.mayBeSeason || $0.noticedOn < late })
    let others = try watcher.watch(quiet).alarms.count { $0.noticedOn >= late }
    #expect(alarms.count { $0.noticedOn >= late } <= others + 1)
  }

  @Test("a wild reading is no change")
  func outlier() throws {
    var history = MadeUp(days: 250).history(seed: 96)
    let before = try watcher.watch(history).alarms.map(\.noticedOn)
    history.curves[0].values[380] = 50 + 5 * 30
    #expect(try watcher.watch(history).alarms.map(\.noticedOn) == before)
  }

  @Test("the same seed gives the same report")
  func deterministic() throws {
    let history = MadeUp(days: 400, curves: 2, change: { _, day in day >= 250 ? 1 : 0 })
      .history(seed: 92)
    #expect(try watcher.watch(history).alarms == watcher.watch(history).alarms)
  }

  @Test("a jump with a new epoch is no alarm")
  func epochs() throws {
    var history = MadeUp(days: 400).history(seed: 93)
    let before = try watcher.watch(history.prefix(days: 200)).alarms.map(\.noticedOn)
    for place in 400..<800 {
      history.curves[0].values[place] = history.curves[0].values[place].map { $0 + 30 }
      history.curves[0].epochs[place] = 2
    }
    let alarms = try watcher.watch(history).alarms.map(\.noticedOn)
    // The new epoch is learned for 90 days.
    #expect(alarms.filter { $0 < history.firstDate + 290 } == before)
  }
}

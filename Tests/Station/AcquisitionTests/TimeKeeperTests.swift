import Acquisition
import Bus
import Readings
import Testing

@Suite("time keeper") struct TimeKeeperTests {
  private static let zero = Timestamp(microseconds: ScriptedClock.bootUTC)

  /// Steps that a hand or a time service makes.
  private static let steps: [Duration] = [
    .seconds(3600), .seconds(-3600), .seconds(5 * 86_400), .seconds(-5 * 86_400),
  ]

  /// A keeper that has looked once and whose first news is taken.
  private func settled(_ clock: ScriptedClock) -> TimeKeeper {
    let keeper = TimeKeeper(clock: clock)
    _ = keeper.takeEvents()
    return keeper
  }

  @Test("before the clock is set stamps are unsynced, and there is no news")
  func unset() {
    let clock = ScriptedClock(error: .seconds(-1_772_572_385), synchronisation: nil)
    let keeper = TimeKeeper(clock: clock)
    #expect(keeper.stamp().trust == .unsynced)
    #expect(keeper.stamp().utc == .seconds(20))
    #expect(keeper.stamp().bootMicroseconds == 20_000_000)
    #expect(keeper.takeEvents().isEmpty)
  }

  @Test("setting it tells of the step and of when the boot was, and stamps are synced")
  func set() {
    let clock = ScriptedClock(error: .seconds(-1_772_572_385), synchronisation: nil)
    let keeper = settled(clock)
    clock.pass(.seconds(3600))
    clock.step(by: .seconds(1_772_572_385))
    clock.confirm(0)
    #expect(
      keeper.takeEvents() == [.stepped(by: .seconds(1_772_572_385)), .set(zero: Self.zero)])
    #expect(keeper.stamp().trust == .synced)
    #expect(keeper.stamp().utc == Self.zero + .seconds(3620))
  }

  @Test("a clock that is right before anybody vouches for it is set without a step")
  func setWithoutStep() {
    let clock = ScriptedClock(synchronisation: nil)
    let keeper = settled(clock)
    clock.confirm(0)
    #expect(keeper.takeEvents() == [.set(zero: Self.zero)])
  }

  @Test("after a step nobody vouches for the clock until it is confirmed", arguments: steps)
  func stepAndConfirmation(step: Duration) {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    clock.pass(.seconds(600))
    clock.step(by: step)
    #expect(keeper.stamp().trust == .unsynced)
    #expect(keeper.takeEvents() == [.stepped(by: step)])
    clock.pass(.seconds(600))
    #expect(keeper.stamp().trust == .unsynced)
    clock.confirm(2)
    #expect(keeper.stamp().trust == .synced)
    #expect(keeper.takeEvents() == [.set(zero: Self.zero + step)])
  }

  @Test("or until it is back where it was", arguments: steps)
  func stepAndBack(step: Duration) {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    clock.step(by: step)
    #expect(!keeper.isTrusted)
    clock.pass(.seconds(600))
    clock.step(by: .zero - step)
    #expect(keeper.isTrusted)
    #expect(
      keeper.takeEvents()
        == [.stepped(by: step), .stepped(by: .zero - step), .set(zero: Self.zero)])
  }

  @Test("a second step that leads somewhere else does not bring trust back")
  func twoSteps() {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    clock.step(by: .seconds(3600))
    #expect(!keeper.isTrusted)
    clock.step(by: .seconds(-1800))
    #expect(!keeper.isTrusted)
  }

  @Test("a step that is confirmed with the same look leaves no stamp in doubt")
  func confirmedStep() {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    clock.step(by: .seconds(3600))
    clock.confirm(2)
    #expect(keeper.stamp().trust == .synced)
    #expect(keeper.takeEvents() == [.stepped(by: .seconds(3600))])
  }

  @Test("a suspend is no step: both clocks run on")
  func suspend() {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    clock.pass(.seconds(8 * 3600))
    #expect(keeper.isTrusted)
    #expect(keeper.takeEvents().isEmpty)
    #expect(keeper.stamp().utc == Self.zero + .seconds(8 * 3600 + 20))
  }

  @Test("a time service that slews the clock makes no news")
  func slew() {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    for _ in 0..<20 {
      clock.pass(.seconds(60))
      clock.step(by: .milliseconds(30))
      #expect(keeper.stamp().trust == .synced)
    }
    #expect(keeper.takeEvents().isEmpty)
  }

  @Test("a time service that gives up leaves stamps unsynced until it is back")
  func serviceGone() {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    clock.confirm(nil)
    #expect(keeper.stamp().trust == .unsynced)
    clock.confirm(3)
    #expect(keeper.stamp().trust == .synced)
    #expect(keeper.takeEvents() == [.set(zero: Self.zero)])
  }

  @Test("a moment gone by is stamped by what the clock says now")
  func earlierMoment() {
    let clock = ScriptedClock()
    let keeper = settled(clock)
    let moment = clock.now
    clock.pass(.seconds(30))
    let stamp = keeper.stamp(at: moment)
    #expect(stamp.utc == Self.zero + .seconds(20))
    #expect(stamp.bootMicroseconds == 20_000_000)
    #expect(keeper.stamp().utc == Self.zero + .seconds(50))
  }
}

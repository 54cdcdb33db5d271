import Bus
package import Readings
import ServiceLifecycle

/// Does what must be done now and then: watches the clock and the parts' data, closes slots, reminds
/// people, and lets the watchdog know that work goes on.
package actor Housekeeper: Service {
  /// How the world outside hears of the station.
  package struct Host: Sendable {
    /// Work goes on; called only where it does.
    package var isAlive: @Sendable () -> Void
    /// Shows a sentence on how things are; nil where nobody looks.
    package var status: (@Sendable (String) -> Void)?
    /// Removes a few of the readings that need not be kept any longer; nil where all are.
    package var prune: (@Sendable (Timestamp) async throws -> Void)?

    /// Names the calls.
    ///
    /// - Parameters:
    ///   - isAlive: Pings the watchdog.
    ///   - status: Shows a sentence; nil where nobody looks.
    ///   - prune: Removes a few old readings; nil where all are kept.
    package init(
      isAlive: @escaping @Sendable () -> Void, status: (@Sendable (String) -> Void)?,
      prune: (@Sendable (Timestamp) async throws -> Void)? = nil
    ) {
      self.isAlive = isAlive
      self.status = status
      self.prune = prune
    }
  }

  let period: Duration
  let plan: @Sendable () -> DayPlan
  private let outlets: AirSampler.Outlets
  private let host: Host
  let watch: Watch
  let began: BootInstant
  /// Whether it was said that the clock is not set, or it has been set.
  var isClockTold = false
  /// The slot in which it was last looked whether a person has tapped.
  var looked: [Person: SlotKey] = [:]
  /// When the last round ended.
  private var lastTurn: BootInstant?
  private var lastClosed: SlotKey?
  private var lastHangs: [String] = []
  /// Those that people were told of.
  private var toldHangs: [String] = []

  /// Creates a housekeeper.
  ///
  /// - Parameters:
  ///   - period: From one round to the next; well below the watchdog's limit.
  ///   - plan: How the days are cut at present.
  ///   - outlets: What is looked after.
  ///   - host: Who hears of it.
  ///   - watch: What people are told of.
  package init(
    period: Duration, plan: @escaping @Sendable () -> DayPlan, outlets: AirSampler.Outlets,
    host: Host, watch: Watch = Watch()
  ) {
    self.period = period
    self.plan = plan
    self.outlets = outlets
    self.host = host
    self.watch = watch
    began = outlets.herald.keeper.clock.now
  }

  var herald: Herald { outlets.herald }
  var health: Health { outlets.health }

  package func run() async throws {
    await untilShutdown {
      let clock = self.outlets.herald.keeper.clock
      await self.turn()
      while await clock.wait(for: self.period) { await self.turn() }
    }
  }

  /// One round.
  package func turn() async {
    health.keepsHouse(againBy: health.clock.now.advanced(by: period + .seconds(10)))
    await lookForSleep(since: lastTurn)
    await lookAtClock()
    await watchClock()
    await closeSlots()
    await prune()
    await watchData()
    await remind()
    await herald.keepRest()
    await reportHangs()
    host.status?(outlets.sentence())
    lastTurn = health.clock.now
    Track.turn()
  }

  private func lookAtClock() async {
    let herald = outlets.herald
    for event in herald.keeper.takeEvents() {
      switch event {
      case .stepped(let step):
        await herald.announce(
          Notice(
            .clockStepped, "the wall clock stepped by \(decimal(step.inSeconds, 1)) s",
            priority: .notice, fields: [.init("STEP_SECONDS", plainDecimal(step.inSeconds, 3))]))
      case .set(let zero): await restamp(bootTimeZero: zero)
      }
    }
  }

  /// The clock can be trusted now: gives everything that was stamped without trust its true time.
  private func restamp(bootTimeZero zero: Timestamp) async {
    let herald = outlets.herald
    await outlets.writer.flush()
    let stamp = herald.keeper.stamp()
    do {
      let report = try await outlets.health.whileWriting {
        try await herald.sink.restamp(bootID: stamp.bootID, bootTimeZero: zero, at: stamp)
      }
      let count = report.sessions + report.airSamples + report.others
      guard count > 0 else { return }
      await herald.announce(
        Notice(
          .clockSet,
          "the clock is set: \(report.sessions) taps, \(report.airSamples) air samples and "
            + "\(report.others) other entries now have their true time"
            + (report.move.map { "; \(words($0))" } ?? ""),
          priority: .notice,
          fields: [.init("RESTAMPED", String(count))] + (report.move?.fields ?? [])))
    } catch {
      await herald.announce(
        Notice(
          .failure, "the clock is set, but older entries keep their old time: \(error)",
          priority: .error))
    }
  }

  /// From when to when: `what was noted for 2026-11-15 03:00 is of 2026-11-20 21:30`.
  private func words(_ move: RestampReport.Move) -> String {
    func words(_ time: Timestamp) -> String {
      let (date, minute) = plan().local(time)
      return "\(date) \((minute / 60).padded(to: 2)):\((minute % 60).padded(to: 2))"
    }
    return "what was noted for \(words(move.earliest)) is of \(words(move.earliest + move.by))"
  }

  /// Gives the air of a slot that ended without a tap its values.
  private func closeSlots() async {
    let herald = outlets.herald
    let stamp = herald.keeper.stamp()
    let present = plan().slot(at: stamp.utc)
    // A clock that nobody vouches for may stand in another year.
    guard present != lastClosed, stamp.trust != .unsynced else { return }
    do {
      await outlets.writer.flush()
      try await outlets.health.whileWriting { try await herald.sink.closeSlots(before: stamp.utc) }
      lastClosed = present
    } catch {
      await herald.announce(
        Notice(.failure, "cannot close the last slot: \(error)", priority: .error))
    }
  }

  /// Removes a few old readings while people sleep, or are out.
  private func prune() async {
    let stamp = herald.keeper.stamp()
    let hour = plan().local(stamp.utc).minute / 60
    // A clock that nobody vouches for may stand in a year in which everything is old.
    guard let prune = host.prune, stamp.trust != .unsynced, [2, 3, 11, 12, 13, 14].contains(hour)
    else { return }
    do {
      try await health.whileWriting { try await prune(stamp.utc) }
    } catch {
      // It can wait; whoever has readings to save tells of a diary that cannot be written.
    }
  }

  private func reportHangs() async {
    let hangs = outlets.health.hangs()
    if hangs.isEmpty {
      host.isAlive()
      toldHangs = []
    } else if hangs == lastHangs, hangs != toldHangs {
      // In two rounds running: after a suspend the first round may come before the loops do.
      toldHangs = hangs
      await outlets.herald.announce(
        Notice(
          .failure,
          "no work is seen from \(hangs.joined(separator: ", ")); the watchdog is not pinged until "
            + "it goes on",
          priority: .error))
    }
    lastHangs = hangs
  }
}

extension RestampReport.Move {
  /// The times as they were, and how far the first of them moved.
  fileprivate var fields: [Notice.Field] {
    [
      .init("FROM_UTC_US", String(earliest.microseconds)),
      .init("TO_UTC_US", String(latest.microseconds)),
      .init("MOVED_SECONDS", plainDecimal(by.inSeconds, 3)),
    ]
  }
}

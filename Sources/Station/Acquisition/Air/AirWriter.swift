import Bus
package import Readings
import ServiceLifecycle
import Synchronization

/// Keeps samples of the air until enough are together to be worth a write, and writes them; with
/// them, once an hour, what was counted of the parts and of the disk.
///
/// While the diary cannot be written they are held, and the oldest are dropped, counted and
/// said to be lost, once too many are.
package final class AirWriter: Service {
  /// How much may be written, and what was.
  package struct Disk: Sendable {
    package var meter: DiskMeter
    package var budget: WriteBudget
    /// How the days are cut at present.
    package var plan: @Sendable () -> DayPlan

    package init(
      meter: DiskMeter, budget: WriteBudget, plan: @escaping @Sendable () -> DayPlan
    ) {
      self.meter = meter
      self.budget = budget
      self.plan = plan
    }
  }

  private struct State {
    var samples: [AirSample] = []
    var dropped = 0
    var isFailing = false
    var budget: WriteBudget?
    var period: Duration
  }

  private let state: Mutex<State>
  private let herald: Herald
  private let health: Health
  private let disk: Disk?
  /// A week of one part's samples at one a minute.
  private let capacity = 10_080

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - herald: Whose diary is written, and who tells of trouble.
  ///   - health: Where commits are noted.
  ///   - period: How often a batch is written, where nothing presses.
  ///   - disk: How much may be written; nil where nobody counts.
  package init(herald: Herald, health: Health, period: Duration, disk: Disk? = nil) {
    self.herald = herald
    self.health = health
    self.disk = disk
    state = Mutex(State(budget: disk?.budget, period: period))
    health.setBatchPeriod(period)
  }

  /// From one batch to the next at present.
  package var period: Duration { state.withLock(\.period) }

  package func add(_ sample: AirSample) {
    state.withLock { state in
      state.samples.append(sample)
      let excess = max(0, state.samples.count - capacity)
      state.samples.removeFirst(excess)
      state.dropped += excess
    }
  }

  package func run() async throws {
    let clock = herald.keeper.clock
    await untilShutdown {
      while await clock.wait(for: self.period) {
        await self.flush()
        await self.keepBooks(all: false)
        await self.keepToBudget()
        Track.turn()
      }
    }
    await flush()
    await keepBooks(all: true)
  }

  /// Writes what there is, now.
  package func flush() async {
    let (samples, dropped) = state.withLock { state in
      defer { state.samples = [] }
      return (state.samples.map(refreshed), state.dropped)
    }
    guard !samples.isEmpty else { return }
    do {
      try await health.whileWriting { try await herald.sink.append(samples) }
      await noteSuccess(dropped: dropped)
    } catch {
      state.withLock { $0.samples.insert(contentsOf: samples, at: 0) }
      await noteFailure(error)
    }
  }

  /// A sample taken before the clock was set, and still here, gets its time now.
  private func refreshed(_ sample: AirSample) -> AirSample {
    guard sample.stamp.trust == .unsynced, herald.keeper.isTrusted else { return sample }
    let instant = BootInstant(sinceBoot: .microseconds(sample.stamp.bootMicroseconds))
    var sample = sample
    sample.stamp = herald.keeper.stamp(at: instant)
    sample.stamp.trust = .restamped
    return sample
  }

  private func noteSuccess(dropped: Int) async {
    let wasFailing = state.withLock { state in
      defer {
        state.isFailing = false
        state.dropped -= dropped
      }
      return state.isFailing
    }
    guard wasFailing else { return }
    let loss = dropped == 0 ? "nothing was lost" : "\(dropped) of the oldest samples were lost"
    await herald.announce(
      Notice(
        .airNotSaved, "the air is being saved again; \(loss)", priority: .notice,
        fields: [.init("DROPPED", String(dropped))]))
  }

  private func noteFailure(_ error: any Error) async {
    let wasFailing = state.withLock { state in
      defer { state.isFailing = true }
      return state.isFailing
    }
    guard !wasFailing else { return }
    await herald.announce(
      Notice(
        .airNotSaved, "the air cannot be saved and is held in memory: \(error)", priority: .error))
  }
}

// The parts' hours and the disk's days.
extension AirWriter {
  /// Writes what was counted of the hours that are over, or of all; where it cannot be written it
  /// waits for the next time, and whoever writes the air tells of the trouble.
  private func keepBooks(all: Bool) async {
    let (pages, rows) = health.takeHours(all: all, by: herald.keeper)
    guard all || !rows.isEmpty else { return }
    do {
      if !rows.isEmpty { try await health.whileWriting { try await herald.sink.append(rows) } }
    } catch {
      health.giveBack(pages)
    }
    guard let disk else { return }
    await disk.meter.look(on: today(disk))
    let days = disk.meter.takeUnkept()
    do {
      for (date, bytes) in days { try await herald.sink.noteBytesWritten(bytes, on: date) }
    } catch {
      disk.meter.giveBack(days.map(\.date))
    }
  }

  /// The local date, where the clock can be trusted.
  private func today(_ disk: Disk) -> LocalDate? {
    let stamp = herald.keeper.stamp()
    return stamp.trust == .unsynced ? nil : disk.plan().local(stamp.utc).date
  }

  /// Gathers for longer where the day's limit asks for it, and says where that is not enough.
  private func keepToBudget() async {
    guard let disk, let date = today(disk), let written = await disk.meter.look(on: date) else {
      return
    }
    let midnight = disk.plan().zone.timestamp(date: date + 1, minute: 0)
    let remaining = max(.zero, midnight - herald.keeper.stamp().utc)
    let answer = state.withLock { state in
      let answer = state.budget?.noteBatch(written: written, on: date, remaining: remaining)
      if let answer { state.period = answer.period }
      return answer
    }
    health.setBatchPeriod(period)
    guard let answer, answer.isTooMuch, let limit = disk.budget.limit else { return }
    await herald.announce(
      Notice(
        .writingTooMuch,
        "\(megabytes(written)) were written today and \(megabytes(limit)) are allowed: too much, "
          + "although the air is gathered for \(spanInWords(answer.period.inSeconds)) at a time",
        priority: .warning, fields: [.init("BYTES", String(written))]))
  }
}

/// A size in MB with a decimal.
private func megabytes(_ bytes: Int64) -> String { "\(decimal(Double(bytes) / 1e6, 1)) MB" }

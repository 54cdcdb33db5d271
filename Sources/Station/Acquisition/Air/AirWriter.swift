import Bus
package import Readings
import ServiceLifecycle
import Synchronization

/// Keeps samples of the air until enough are together to be worth a write, and writes them.
///
/// While the diary cannot be written they are held, and the oldest are dropped, counted and
/// said to be lost, once too many are.
package final class AirWriter: Service {
  private struct State {
    var samples: [AirSample] = []
    var dropped = 0
    var isFailing = false
  }

  private let state = Mutex(State())
  private let herald: Herald
  private let health: Health
  private let period: Duration
  /// A week of one part's samples at one a minute.
  private let capacity = 10_080

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - herald: Whose diary is written, and who tells of trouble.
  ///   - health: Where commits are noted.
  ///   - period: How often a batch is written.
  package init(herald: Herald, health: Health, period: Duration) {
    self.herald = herald
    self.health = health
    self.period = period
  }

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
        Track.turn()
      }
    }
    await flush()
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

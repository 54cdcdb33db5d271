package import Readings
import Synchronization

/// Passes on where a tap stands to whoever follows it, without ever waiting for one of them.
package final class TapNews: Sendable {
  private struct State {
    var last: TapMoment?
    var followers: [UInt64: AsyncStream<TapMoment>.Continuation] = [:]
    var number: UInt64 = 0
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Timestamp
  /// How many moments wait for a follower that is slow; older ones are gone then.
  private static let waiting = 16

  /// Nobody follows yet.
  ///
  /// - Parameter now: What a moment is stamped by; it must not pass through what is being tested or
  ///   taped.
  package init(now: @escaping @Sendable () -> Timestamp = { .seconds(0) }) { self.now = now }

  /// Tells everybody who follows, with the time.
  package func post(_ moment: TapMoment) {
    var moment = moment
    moment.time = now()
    let followers = state.withLock { state in
      state.last = moment
      return state.followers.values.map(\.self)
    }
    for follower in followers { follower.yield(moment) }
  }

  /// Where the tap stands now; ready where there has been none.
  package var last: TapMoment {
    state.withLock(\.last) ?? TapMoment(.ready, at: now())
  }

  /// The moments from now on, the last one there was first.
  package func moments() -> AsyncStream<TapMoment> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: TapMoment.self, bufferingPolicy: .bufferingNewest(Self.waiting))
    let number = state.withLock { state in
      state.number += 1
      state.followers[state.number] = continuation
      continuation.yield(state.last ?? TapMoment(.ready, at: now()))
      return state.number
    }
    continuation.onTermination = { [weak self] _ in
      _ = self?.state.withLock { $0.followers.removeValue(forKey: number) }
    }
    return stream
  }

  /// Ends every stream: nobody taps any more.
  package func finish() {
    let followers = state.withLock { state in
      defer { state.followers = [:] }
      return state.followers.values.map(\.self)
    }
    for follower in followers { follower.finish() }
  }
}

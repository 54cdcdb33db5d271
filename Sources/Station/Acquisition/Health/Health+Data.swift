import Bus
import Synchronization

/// A part that is to give data, and what was said about that.
struct WatchedPart {
  /// Whether an answer is as good as a value: a part of the probe measures only while somebody taps.
  var answersCount: Bool
  /// From when on it is waited for.
  var since: BootInstant
  /// Since when it has given nothing, where that was said.
  var toldSilence: BootInstant?
}

// Whether data come: told by values, not by errors.
extension Health {
  /// Something to say about a part's data.
  struct DataNews: Hashable {
    var part: String
    /// How long it has given, or had given, nothing.
    var silence: Duration
    var isBack: Bool
    /// Whether it answers all the same.
    var answers: Bool
    /// Whether it has ever given anything since the start.
    var isFirst: Bool
  }

  /// Waits for the data of a part from now on.
  ///
  /// - Parameters:
  ///   - name: The part.
  ///   - answersCount: Whether an answer is as good as a value, as for the parts of the probe.
  package func expect(_ name: String, answersCount: Bool) {
    let now = clock.now
    state.withLock { state in
      state.meet(name)
      state.watched[name] = WatchedPart(answersCount: answersCount, since: now)
    }
  }

  /// Nobody could give anything until now: the station slept.
  func wokeUp() {
    let now = clock.now
    state.withLock { state in
      for name in state.watched.keys { state.watched[name]?.since = now }
    }
  }

  /// The parts that have stopped giving data since the last call, or give them again.
  ///
  /// - Parameter limit: How long a part may give nothing.
  /// - Returns: In the order of the parts.
  func takeDataNews(stoppedAfter limit: Duration) -> [DataNews] {
    let now = clock.now
    return state.withLock { state in
      state.order.compactMap { name in
        guard let part = state.parts[name], var watched = state.watched[name] else { return nil }
        defer { state.watched[name] = watched }
        return watched.news(of: name, part, at: now, limit: limit)
      }
    }
  }
}

extension WatchedPart {
  fileprivate mutating func news(
    of name: String, _ part: Health.Part, at now: BootInstant, limit: Duration
  ) -> Health.DataNews? {
    func news(since: BootInstant, isBack: Bool) -> Health.DataNews {
      Health.DataNews(
        part: name, silence: since.duration(to: isBack ? part.lastSign ?? now : now),
        isBack: isBack, answers: part.state == .running, isFirst: part.lastSign == nil)
    }
    if let told = toldSilence {
      guard let sign = part.lastSign, sign > told else { return nil }
      toldSilence = nil
      return news(since: told, isBack: true)
    }
    // One that is asked only now and then is silent because nobody asks, unless it is lost.
    if answersCount, part.state == .running { return nil }
    let last = part.lastSign ?? since
    guard max(last, since).duration(to: now) >= limit else { return nil }
    toldSilence = last
    return news(since: last, isBack: false)
  }
}

import Bus

extension Player.State {
  typealias Answer = @Sendable () -> Void

  mutating func attach(
    _ continuation: UnsafeContinuation<Outcome, Never>, _ own: Outcome, to id: UInt64,
    on track: String
  ) {
    guard let index = asked[track]?.firstIndex(where: { $0.id == id }) else { return }
    asked[track]?[index].continuation = continuation
    asked[track]?[index].own = own
  }

  /// Answers whom the entry is for; nil where nobody has asked for it.
  mutating func answer(to entry: Entry, after jump: WallClock?) -> Answer? {
    if jump != nil, lastBeforeJump == nil { lastBeforeJump = lastID }
    guard let waiting = asked[entry.track], waiting.indices.contains(entry.index),
      fits(waiting[entry.index], entry), let continuation = waiting[entry.index].continuation
    else { return nil }
    asked[entry.track]?.remove(at: entry.index)
    next += 1
    now = max(now, entry.time)
    heard[entry.request] = entry.outcome
    imagined = 0
    if let jump { wall = jump }
    if let wall = entry.wall { self.wall = wall }
    return { continuation.resume(returning: entry.outcome) }
  }

  /// After forgotten time something may be kept that was kept in it: the tape does not answer.
  mutating func answerKept() -> Answer? {
    for track in asked.keys.sorted() {
      guard let index = asked[track]?.firstIndex(where: \.isKept) else { continue }
      return take(index, of: track) { $0.own }
    }
    return nil
  }

  var asksNothing: Bool { asked.values.allSatisfy(\.isEmpty) }

  /// Tells whoever waits for it that this is the end.
  mutating func end() -> Answer? {
    isOver = true
    let audience = audience
    self.audience = nil
    return { audience?.resume() }
  }

  /// After the end everybody is sent home, one by one.
  mutating func dismiss() -> Answer? {
    for track in asked.keys.sorted() {
      guard let index = asked[track]?.firstIndex(where: { $0.continuation != nil }) else {
        continue
      }
      return take(index, of: track) { $0.farewell }
    }
    return nil
  }

  /// Notes where tape and station parted.
  mutating func diverge(at entry: Entry) {
    let waiting = asked[entry.track] ?? []
    let found =
      waiting.indices.contains(entry.index)
      ? "asks for \(waiting[entry.index].request.words)" : "asks for nothing"
    failure = .diverged(
      track: entry.track, at: entry.time,
      expected: "\(entry.request.words), which gave \(entry.outcome.words)", found: found)
  }

  private mutating func take(
    _ index: Int, of track: String, _ outcome: (Player.Asked) -> Outcome
  ) -> Answer? {
    guard let asked = self.asked[track]?.remove(at: index) else { return nil }
    let answer = outcome(asked)
    return { asked.continuation?.resume(returning: answer) }
  }
}

extension Player.Asked {
  fileprivate var isKept: Bool { request.kind == .keep && continuation != nil }

  /// What it is told when the tape is at its end.
  fileprivate var farewell: Outcome {
    switch request.kind {
    case .sleep: .cancelled
    case .keep: own
    case .edge, .hear: .ended
    case .switchOn, .switchOff, .fact: .done
    case .write, .read, .readRegister, .writeRegister, .probe, .level:
      .failed(.gone, code: nil, path: "tape", operation: "play on at the end of the tape")
    }
  }
}

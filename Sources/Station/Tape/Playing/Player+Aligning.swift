import Bus

// After time that the tape has forgotten.
extension Player.State {
  /// How much later than its deadline a wake-up may come and be of that sleep.
  private static let lateness = Duration.seconds(1)
  /// How far ahead, on a track, a request may be on the tape.
  private static let reach = Duration.seconds(5)
  /// After so many memories in a row nothing fits any more.
  private static let mostImagined = 500

  /// Goes on to the next entry that is to be played.
  mutating func passOver(_ entries: [Entry]) {
    while next < entries.count,
      entries[next].request.kind == .fact || skipped.remove(next) != nil
    {
      next += 1
    }
  }

  /// Whether an entry is of a request: the same, and a sleep of that length.
  func fits(_ asked: Player.Asked, _ entry: Entry) -> Bool {
    guard asked.request == entry.request else { return false }
    guard let lastBeforeJump, asked.id > lastBeforeJump, entry.outcome == .done,
      let deadline = asked.deadline
    else { return true }
    return entry.time >= deadline.advanced(by: .milliseconds(-1))
      && entry.time <= deadline.advanced(by: Self.lateness)
  }

  /// Brings a track and the tape together again; nil where they cannot be.
  ///
  /// - Parameter entries: The tape.
  /// - Returns: What to do; perhaps nothing but to look again.
  mutating func align(_ entries: [Entry]) -> Answer? {
    let entry = entries[next]
    guard let waiting = asked[entry.track],
      let index = waiting.firstIndex(where: { $0.continuation != nil && !$0.isOfOutside })
    else { return nil }
    if let target = target(of: waiting[index], after: entry, entries) {
      for number in next..<target
      where entries[number].track == entry.track && !skipped.contains(number) {
        skipped.insert(number)
      }
      return {}
    }
    imagined += 1
    guard imagined <= Self.mostImagined else { return nil }
    return imagine(index, of: entry.track, before: entry)
  }

  /// Where the tape has the request, some entries later on its track.
  private func target(
    of asked: Player.Asked, after entry: Entry, _ entries: [Entry]
  ) -> Int? {
    for number in (next + 1)..<max(next + 1, entries.count) {
      let later = entries[number]
      if later.time > entry.time.advanced(by: Self.reach), later.request.kind != .sleep {
        if asked.request.kind != .sleep { return nil }
      }
      guard later.track == entry.track, !skipped.contains(number) else { continue }
      if fits(asked, later) { return number }
      guard let deadline = asked.deadline else { continue }
      if later.time > deadline.advanced(by: Self.lateness) { return nil }
    }
    return nil
  }

  /// Answers as the same request was answered before; a sleep has its time, and a write succeeds.
  private mutating func imagine(
    _ index: Int, of track: String, before entry: Entry
  ) -> Answer? {
    guard let waiting = asked[track]?[index] else { return nil }
    guard let memory = heard[waiting.request] ?? waiting.request.usualAnswer,
      let continuation = waiting.continuation
    else { return nil }
    asked[track]?.remove(at: index)
    if let deadline = waiting.deadline { now = max(now, min(deadline, entry.time)) }
    return { continuation.resume(returning: memory) }
  }
}

extension Request {
  /// What comes of it where all goes well, and nothing is read.
  fileprivate var usualAnswer: Outcome? {
    switch kind {
    case .sleep, .write, .writeRegister, .switchOn, .switchOff: .done
    default: nil
    }
  }
}

extension Player.Asked {
  /// Whether nobody can know when it is answered.
  fileprivate var isOfOutside: Bool { request.kind == .edge || request.kind == .hear }
}

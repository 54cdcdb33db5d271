import SimulatedParts

/// Where in a log, and how, the power goes.
struct CutPoint: Hashable, Sendable {
  /// How many events have happened.
  var position: Int
  var cut: Cut
  /// Whether it goes a second time, while the diary is opened again.
  var isTwofold: Bool

  /// By which it can be had again: `713-spoilt4096-1a2b`.
  var words: String {
    "\(position)-\(cut.kind.rawValue)-\(String(cut.seed, radix: 16))\(isTwofold ? "-twice" : "")"
  }
}

/// Chooses the points of a log: around everything that keeps something for good first, then anywhere.
struct CutPlan {
  var points: [CutPoint]

  init(_ log: DiskLog, count: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let kinds = Cut.Kind.allCases
    let turns = log.events.indices.filter { log.events[$0].isTurn }.flatMap { [$0, $0 + 1] }
    points = (0..<count).map { index in
      // Half of them at the turns, from all over the log.
      let isAtTurn = index % 2 == 0 && !turns.isEmpty
      let position =
        isAtTurn
        ? turns[(index / 2 * 7919) % turns.count]
        : Int(random.next() % UInt64(log.events.count + 1))
      return CutPoint(
        position: position,
        cut: Cut(kind: kinds[(index / 2) % kinds.count], seed: random.next()),
        isTwofold: random.next() % 5 == 0)
    }.sorted { $0.position < $1.position }
  }
}

extension DiskLog.Event {
  /// Whether it changes what is there for good, or is said to be.
  fileprivate var isTurn: Bool {
    switch self {
    case .sync, .syncFolder, .unlink, .rename, .link, .truncate, .create, .mark: true
    case .checkpointBegan, .checkpointEnded: true
    case .exists, .write: false
    }
  }
}

/// The requests that have not been answered yet, track by track, oldest first.
struct Waiting {
  private struct Asked {
    var id: UInt64
    /// Whether nothing of a turn is lost with it.
    var isResting: Bool
  }

  private var tracks: [String: [Asked]] = [:]
  private var lastID: UInt64 = 0

  mutating func add(_ request: Request, on track: String, isBetweenTurns: Bool) -> UInt64 {
    lastID += 1
    let isResting =
      switch request.kind {
      case .sleep: isBetweenTurns
      case .edge, .hear: true
      default: false
      }
    tracks[track, default: []].append(Asked(id: lastID, isResting: isResting))
    return lastID
  }

  /// Takes a request out; how many of its track were asked before it and still wait.
  mutating func remove(_ id: UInt64, on track: String) -> Int {
    guard let index = tracks[track]?.firstIndex(where: { $0.id == id }) else { return 0 }
    tracks[track]?.remove(at: index)
    return index
  }

  /// Whether every loop is between two turns.
  var isAtRest: Bool { tracks.values.allSatisfy { $0.allSatisfy(\.isResting) } }
}

package import Readings

/// What took a damaged diary's place: a copy, and what could still be read of the damaged file.
package struct Recovery: Hashable, Sendable {
  /// The copy; nil where there was none that proved good, and a new diary began.
  package var copy: BackupManifest?
  package var salvage: Salvage
}

/// What could be read of a damaged diary, and was added to another.
package struct Salvage: Hashable, Sendable {
  /// Rows that were added, by table; none that were there already.
  package var added: [String: Int] = [:]
  /// Rows that could be read, and made no sense.
  package var refused = 0
  /// Times of which taps, or the air, could not be read; in order.
  package var missing: [Gap] = []
  /// Why the file could not be opened at all.
  package var problem: String?

  /// A time of which something is missing.
  package struct Gap: Hashable, Sendable {
    /// `session` or `air`.
    package var table: String
    /// What was read last before it; nil where there is nothing before.
    package var from: Timestamp?
    /// What was read first after it; nil where there is nothing after.
    package var to: Timestamp?
  }

  package var sessions: Int { added["session"] ?? 0 }
  package var airSamples: Int { added["air"] ?? 0 }
  /// Events, scores and whatever else was added.
  package var others: Int {
    ["event", "score", "withdrawal", "notice", "epoch", "calibration", "limits"].reduce(0) {
      $0 + (added[$1] ?? 0)
    }
  }
}

extension Salvage {
  /// Adds what could be read of another damaged file.
  mutating func add(_ other: Salvage) {
    added.merge(other.added) { $0 + $1 }
    refused += other.refused
    missing += other.missing
    problem = other.problem ?? problem
  }
}

extension Recovery {
  /// What took the damaged diary's place, for a person.
  ///
  /// - Parameter time: Words a moment on the person's clock.
  /// - Returns: A sentence or two, without a full stop at the end.
  package func words(_ time: (Timestamp) -> String) -> String {
    let place =
      copy.map { "the copy of \(time($0.madeUTC)) took its place" } ?? "a new one has begun"
    return "\(place); \(salvage.words(time))"
  }
}

extension Salvage {
  /// What was read and what was not, for a person.
  package func words(_ time: (Timestamp) -> String) -> String {
    if let problem { return "nothing could be read of the damaged file (\(problem))" }
    let read = [
      Self.counted(sessions, "tap", "taps"),
      Self.counted(airSamples, "sample of the air", "samples of the air"),
      Self.counted(others, "other entry", "other entries"),
    ].joined(separator: ", ")
    let gaps = missing.map { gap in
      let what = gap.table == "air" ? "air" : "taps"
      switch (gap.from, gap.to) {
      case (let from?, let to?): return "\(what) between \(time(from)) and \(time(to))"
      case (let from?, nil): return "\(what) after \(time(from))"
      case (nil, let to?): return "\(what) before \(time(to))"
      case (nil, nil): return "\(what) of an unknown time"
      }
    }
    let lost =
      gaps.isEmpty ? "nothing else was lost" : "not to be read: " + gaps.joined(separator: ", ")
    return "\(read) were read from the damaged file; \(lost)"
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}

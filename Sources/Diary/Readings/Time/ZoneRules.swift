/// The offsets of one IANA time zone from UTC, as the system's own zoneinfo file gives them.
///
/// The file is read, rather than a copy in a library, so that the rules of the next ten years
/// arrive with the system's updates of tzdata.
package struct ZoneRules: Hashable, Sendable {
  /// The IANA name: `Europe/Berlin`.
  package let name: String
  /// Transition times in seconds since 1970, ascending, and the offset in force from each.
  let transitions: [Int64]
  let offsets: [Int32]
  /// The offset before the first transition.
  let firstOffset: Int32
  /// The rule after the last transition.
  let tail: POSIXZone?

  /// Coordinated Universal Time, which needs no file.
  package static let utc = ZoneRules(
    name: "UTC", transitions: [], offsets: [], firstOffset: 0, tail: nil)

  init(
    name: String, transitions: [Int64], offsets: [Int32], firstOffset: Int32, tail: POSIXZone?
  ) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.firstOffset = firstOffset
    self.tail = tail
  }

  package static func == (a: ZoneRules, b: ZoneRules) -> Bool { a.name == b.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// Seconds to add to UTC to get local time, at a moment in seconds since 1970.
  package func offsetSeconds(at time: Int64) -> Int {
    guard let first = transitions.first, let last = transitions.last, time >= first else {
      return transitions.isEmpty ? tail?.offset(at: time) ?? Int(firstOffset) : Int(firstOffset)
    }
    if time >= last, let tail { return tail.offset(at: time) }
    var low = 0
    var high = transitions.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle] <= time { low = middle } else { high = middle }
    }
    return Int(offsets[low])
  }

  /// The moment at which the local clock shows a minute of a day.
  ///
  /// A minute that a change of clocks leaves out gives the moment of the change; one that it
  /// repeats gives the first.
  package func timestamp(date: LocalDate, minute: Int) -> Timestamp {
    let wall = Int64(date.daysSince1970) * 86_400 + Int64(minute) * 60
    let before = Int64(offsetSeconds(at: wall - 86_400))
    let after = Int64(offsetSeconds(at: wall + 86_400))
    for offset in [max(before, after), min(before, after)]
    where Int64(offsetSeconds(at: wall - offset)) == offset {
      return .seconds(wall - offset)
    }
    return .seconds(changeOfClocks(between: wall - 86_400, and: wall + 86_400))
  }

  /// The first second with another offset, in an interval that holds one change.
  private func changeOfClocks(between start: Int64, and end: Int64) -> Int64 {
    let offset = offsetSeconds(at: start)
    var low = start
    var high = end
    while high - low > 1 {
      let middle = (low + high) / 2
      if offsetSeconds(at: middle) == offset { low = middle } else { high = middle }
    }
    return high
  }
}

import Readings

/// Turns times on a wall into UTC, with care where the clocks change.
struct ImportClock {
  /// The zone of times without an offset; nil where nobody has said.
  let zone: ZoneRules?
  /// The latest moment a line may be of.
  let now: Int64
  /// Times that a change of clocks repeats, and which of the two was taken, by the order of lines.
  private(set) var repeated = 0

  init(zone: ZoneRules?, now: Timestamp) {
    self.zone = zone
    self.now = now.microseconds
  }

  /// The moment of a time.
  ///
  /// - Parameters:
  ///   - wall: As the line has it.
  ///   - last: The moment of the line before it in the same series; a time that happens twice is
  ///     the first of the two, unless that would not be later.
  ///   - column: Named in refusals.
  /// - Returns: Microseconds since 1970 in UTC.
  /// - Throws: `LineFault` for a time that never was, is yet to come, or is of nobody knows where.
  mutating func utc(
    _ wall: WallTime, after last: Int64, _ column: String
  ) throws(LineFault) -> Int64 {
    let time: Int64
    if let offset = wall.offset {
      time = wall.microseconds - offset * CivilTime.microsecondsPerSecond
    } else {
      time = try local(wall.microseconds, after: last, column)
    }
    guard time >= 0 else {
      throw LineFault(
        column, "the time is before 1970", mend: "look at the column, or at --time-format")
    }
    guard time <= now else {
      throw LineFault(
        column, "the time has not come yet", mend: "look at the column, --time-format and --zone")
    }
    return time
  }

  private mutating func local(
    _ wall: Int64, after last: Int64, _ column: String
  ) throws(LineFault) -> Int64 {
    guard let zone else {
      throw LineFault(
        column, "the time does not say its offset from UTC",
        mend: "say which clock it is of: --zone Europe/Berlin, or --zone utc")
    }
    let seconds = wall.flooringDivision(by: CivilTime.microsecondsPerSecond)
    let before = Int64(zone.offsetSeconds(at: seconds - CivilTime.secondsPerDay))
    let after = Int64(zone.offsetSeconds(at: seconds + CivilTime.secondsPerDay))
    let first = wall - max(before, after) * CivilTime.microsecondsPerSecond
    if before == after { return first }
    let second = wall - min(before, after) * CivilTime.microsecondsPerSecond
    switch (shows(wall, at: first, zone), shows(wall, at: second, zone)) {
    case (true, true):
      repeated += 1
      return first > last ? first : second
    case (true, false): return first
    case (false, true): return second
    case (false, false):
      throw LineFault(
        column, "the clocks of \(zone.name) were put forward over this time: it never was",
        mend: "look at --zone; a clock that was not put forward has another zone, as Etc/GMT-1")
    }
  }

  /// Whether the wall clock shows a time at a moment.
  private func shows(_ wall: Int64, at time: Int64, _ zone: ZoneRules) -> Bool {
    let seconds = time.flooringDivision(by: CivilTime.microsecondsPerSecond)
    let offset = Int64(zone.offsetSeconds(at: seconds))
    return time + offset * CivilTime.microsecondsPerSecond == wall
  }
}

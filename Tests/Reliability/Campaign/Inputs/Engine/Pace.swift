/// How long inputs take, by their size; tells which took far too long.
///
/// What is usual is the median of the most frequent size; for a greater size it may be as many times
/// longer. A decoder whose time grows with the square of the size is found as well as one that is slow
/// with a single input.
struct Pace {
  /// By size in powers of two: how many inputs took how long, in quarters of powers of two.
  private var counts = [[UInt32]](repeating: [UInt32](repeating: 0, count: 160), count: 24)
  private var totals = [UInt32](repeating: 0, count: 24)

  /// So often what is usual is too long.
  private static let patience: UInt64 = 100
  /// Shorter than this is never too long: the machine has other things to do.
  private static let least: UInt64 = 50_000_000

  mutating func note(size: Int, nanoseconds: UInt64) {
    let row = Self.row(size)
    counts[row][Self.column(nanoseconds)] += 1
    totals[row] += 1
  }

  /// The time from which an input of a size is too slow.
  func limit(size: Int) -> UInt64 {
    let usual = totals.indices.max { totals[$0] < totals[$1] } ?? 0
    guard totals[usual] >= 20 else { return 2_000_000_000 }
    let times = UInt64(max(1, size >> usual))
    return max(Self.least, median(usual) * times * Self.patience)
  }

  private func median(_ row: Int) -> UInt64 {
    var rest = totals[row] / 2
    for (column, count) in counts[row].enumerated() {
      if rest < count {
        let octave = UInt64(1) << UInt64(column / 4)
        return octave + octave * UInt64(column % 4) / 4
      }
      rest -= count
    }
    return 0
  }

  private static func row(_ size: Int) -> Int { min(23, Int.bitWidth - size.leadingZeroBitCount) }

  private static func column(_ nanoseconds: UInt64) -> Int {
    let time = max(4, nanoseconds)
    let exponent = 63 - time.leadingZeroBitCount
    return min(159, exponent * 4 + Int(time >> UInt64(exponent - 2) & 3))
  }
}

import Quantities

/// Recorded air, played back: hourly values, any of which may be missing.
///
/// Between two values it goes in a straight line. A value before a gap holds for an hour, and then
/// the channel is unknown, as it is before the first value. Channels that were not recorded are
/// unknown always.
package struct AirPlayback: Hashable, Sendable {
  /// One line of the record.
  package struct Row: Hashable, Sendable {
    /// Microseconds since 1970.
    package var utcMicroseconds: Int64
    package var celsius: Double?
    package var percent: Double?
    package var pm2_5: Double?

    package init(utcMicroseconds: Int64, celsius: Double?, percent: Double?, pm2_5: Double?) {
      self.utcMicroseconds = utcMicroseconds
      self.celsius = celsius
      self.percent = percent
      self.pm2_5 = pm2_5
    }
  }

  private static let hour: Int64 = 3_600_000_000

  /// Oldest first.
  package let rows: [Row]

  /// A record whose rows are put in order.
  package init(rows: [Row]) {
    self.rows = rows.sorted { $0.utcMicroseconds < $1.utcMicroseconds }
  }

  /// The air at a moment, in microseconds since 1970.
  package func air(at utc: Int64) -> SimulatedAir {
    let next = firstIndex(after: utc)
    guard next > 0 else { return SimulatedAir() }
    let fine = value(\.pm2_5, before: next, at: utc)
    return SimulatedAir(
      temperature: value(\.celsius, before: next, at: utc).map { .celsius($0) },
      humidity: value(\.percent, before: next, at: utc).map { .percent($0) },
      pm2_5: fine.map { .microgramsPerCubicMetre($0) })
  }

  /// The first row that is later, by bisection; the count where none is.
  private func firstIndex(after utc: Int64) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].utcMicroseconds <= utc { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func value(_ channel: KeyPath<Row, Double?>, before next: Int, at utc: Int64) -> Double? {
    let last = rows[next - 1]
    guard let value = last[keyPath: channel] else { return nil }
    let age = utc - last.utcMicroseconds
    guard next < rows.count, let following = rows[next][keyPath: channel],
      rows[next].utcMicroseconds - last.utcMicroseconds <= Self.hour
    else { return age < Self.hour ? value : nil }
    let share = Double(age) / Double(rows[next].utcMicroseconds - last.utcMicroseconds)
    return value + (following - value) * share
  }
}

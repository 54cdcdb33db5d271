import Bus
import Readings

/// Which channels of a part have settled since it was started: by time, and then by what they say.
struct WarmUp {
  /// So many times the part's own time, at most: something that never settles is said all the same.
  static let longest = 5

  private var settled: Set<Channel> = []
  private var last: [Channel: Double] = [:]

  /// Withholds a value that does not count yet; what was said is kept beside the reason.
  ///
  /// - Parameters:
  ///   - reading: What the part says.
  ///   - running: How long it has been measuring.
  ///   - time: How long it is not to be believed.
  ///   - limit: Two values in a row that are closer than this have settled; nil for at once.
  /// - Returns: The reading, or the reason for none.
  mutating func settle(
    _ reading: AirReading, running: Duration, time: Duration, limit: Double?
  ) -> AirReading {
    guard time > .zero, case .value(let value, _, _) = reading.state,
      !settled.contains(reading.channel)
    else { return reading }
    let before = last.updateValue(value, forKey: reading.channel)
    let isCalm = limit.map { limit in before.map { abs(value - $0) < limit } ?? false } ?? true
    if running >= time, isCalm || running >= time * Self.longest {
      settled.insert(reading.channel)
      return reading
    }
    return AirReading(reading.channel, .absent(.warming), raw: value)
  }
}

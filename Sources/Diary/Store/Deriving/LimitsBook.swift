import FoundationEssentials
import GRDB
import Normalisation
import Readings

/// Every set of limits of the diary, and which is in force when.
struct LimitsBook: Sendable {
  /// In the order in which they were noted.
  private var entries: [Entry] = []

  private struct Entry {
    var from: Timestamp
    /// With a date it rules only what has that date or a later one.
    var since: LocalDate?
    var limits: Limits
  }

  /// A book without an entry: the usual limits are always in force.
  init() {}

  /// Reads every set.
  init(_ db: Database) throws {
    let rows = try Row.fetchAll(
      db, sql: "SELECT valid_from_utc_us, since_date, rules FROM limits ORDER BY limits")
    entries = try rows.map { row in
      Entry(
        from: Timestamp(microseconds: try row.decode(atIndex: 0)),
        since: (try row.decode(String?.self, atIndex: 1)).flatMap { LocalDate($0) },
        // Another version's words must not close the diary: the usual limits are the next best.
        limits: (try? JSONDecoder().decode(
          Limits.self, from: Data((try row.decode(String.self, atIndex: 2)).utf8)))
          ?? Limits())
    }
  }

  /// The limits noted last; nil where there are none.
  var last: Limits? { entries.last?.limits }

  /// The limits in force at a moment: of those that had begun, the ones noted last.
  ///
  /// - Parameters:
  ///   - time: When.
  ///   - date: The local date of what is checked, where that is not the calendar's: a tap after
  ///     midnight belongs to the evening before.
  /// - Returns: The limits.
  func limits(at time: Timestamp, on date: LocalDate? = nil) -> Limits {
    let entry = entries.last { entry in
      guard entry.from <= time else { return false }
      guard let since = entry.since, let date else { return true }
      return since <= date
    }
    return (entry ?? entries.first)?.limits ?? Limits()
  }

  /// Whether one set of limits is in force from a moment on, without end.
  func isRuledOnly(by limits: Limits, from time: Timestamp) -> Bool {
    let times = [time] + entries.map(\.from).filter { $0 > time }
    return times.allSatisfy { self.limits(at: $0) == limits }
  }

  /// The moments at which the limits in force may change.
  var changes: [Int64] { entries.map(\.from.microseconds) }

  /// How much of the past a check of the air can need.
  var memory: Int64 {
    let all = entries.isEmpty ? [Limits()] : entries.map(\.limits)
    return all.map { AirChecker.memory(of: $0).wholeMicroseconds }.max() ?? 0
  }

  /// For how long after a `cleansed` event it can bear on a tap.
  var longestSinceCleansing: Duration {
    let all = entries.isEmpty ? [Limits()] : entries.map(\.limits)
    let minutes = all.flatMap { $0.session.minutesSinceCleansing.values }
    return .seconds((minutes.max() ?? 0) * 60)
  }

  /// How many samples of the air an interval should have.
  func expectedSamples(from: Int64, to: Int64) -> ExpectedSamples {
    let inner = entries.count > 1 ? changes.filter { from < $0 && $0 < to }.sorted() : []
    let bounds = [from] + inner + [to]
    let spans = zip(bounds, bounds.dropFirst()).map { begin, end in
      (limits: limits(at: Timestamp(microseconds: begin)), seconds: Double(end - begin) / 1e6)
    }
    func due(_ channel: Channel? = nil) -> Int {
      let shares = spans.map { limits, seconds in
        let own = channel.flatMap { limits.air[$0]?.periodSeconds }
        let period = own ?? limits.airPeriodSeconds
        return period > 0 ? seconds / period : 0
      }
      return Int(shares.reduce(0, +).rounded())
    }
    var expected = ExpectedSamples(usual: due())
    for span in spans {
      for (channel, air) in span.limits.air where air.periodSeconds != nil {
        expected.own[channel] = due(channel)
      }
    }
    return expected
  }
}

/// How many samples of each channel of the air there should be.
struct ExpectedSamples: Hashable {
  /// Of a channel whose part is read as often as the air usually is.
  var usual = 0
  /// Of the others.
  var own: [Channel: Int] = [:]

  subscript(channel: Channel) -> Int { own[channel] ?? usual }

  static func + (a: ExpectedSamples, b: ExpectedSamples) -> ExpectedSamples {
    var sum = ExpectedSamples(usual: a.usual + b.usual)
    for channel in Set(a.own.keys).union(b.own.keys) { sum.own[channel] = a[channel] + b[channel] }
    return sum
  }

  static func += (a: inout ExpectedSamples, b: ExpectedSamples) { a = a + b }
}

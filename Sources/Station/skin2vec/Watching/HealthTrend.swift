import Glibc
import Readings

/// What of a part has become worse in the last days, from the rows of its hours.
struct HealthTrend {
  /// A kind of failure, as a share of what was asked.
  enum Rate: CaseIterable {
    case corrupted, notAcknowledged, otherFailures

    /// In words, for `4 % …`.
    var words: String {
      switch self {
      case .corrupted: "damaged answers"
      case .notAcknowledged: "NAKs"
      case .otherFailures: "other failures"
      }
    }

    func count(in row: PartHealth) -> Int {
      switch self {
      case .corrupted: row.corrupted
      case .notAcknowledged: row.notAcknowledged
      case .otherFailures: row.otherFailures
      }
    }
  }

  /// A rate that is worse from a date on.
  struct Change: Hashable {
    var part: String
    var rate: Rate
    var since: LocalDate
    /// Shares, 0 to 1.
    var now: Double
    var before: Double
  }

  /// Failures since a date that are no chance.
  static let fewestFailures = 10
  /// A rate is worse when it is so many times what it was, and at least one in a hundred more.
  static let leastFactor = 3.0
  static let leastRise = 0.01
  /// What must have been asked before, so that there is something to compare with.
  static let fewestBefore = 100

  private let days: [String: [LocalDate: (asked: Int, failed: [Rate: Int])]]

  /// Gathers the hours by date.
  init(_ rows: [PartHealth], _ plan: DayPlan) {
    var days: [String: [LocalDate: (asked: Int, failed: [Rate: Int])]] = [:]
    for row in rows {
      let date = plan.local(row.hour).date
      var day = days[row.part]?[date] ?? (0, [:])
      day.asked += row.samples
      for rate in Rate.allCases { day.failed[rate, default: 0] += rate.count(in: row) }
      days[row.part, default: [:]][date] = day
    }
    self.days = days
  }

  /// The changes for the worse, by part.
  var changes: [Change] {
    days.keys.sorted().flatMap { part in
      Rate.allCases.compactMap { change(of: $0, part) }
    }
  }

  /// The day from which on a rate is most clearly worse than on all the days before.
  private func change(of rate: Rate, _ part: String) -> Change? {
    let dates = (days[part] ?? [:]).sorted { $0.key < $1.key }
    let total = dates.reduce(into: (asked: 0, failed: 0)) { sum, day in
      sum.asked += day.value.asked
      sum.failed += day.value.failed[rate] ?? 0
    }
    var before = (asked: 0, failed: 0)
    var best: (change: Change, surprise: Double)?
    for (date, day) in dates {
      let after = (asked: total.asked - before.asked, failed: total.failed - before.failed)
      if let change = Self.change(part, rate, since: date, before, after) {
        // How much better two rates explain the days than one does.
        let surprise =
          Self.likelihood(before) + Self.likelihood(after) - Self.likelihood(total)
        if surprise > best?.surprise ?? 0 { best = (change, surprise) }
      }
      before.asked += day.asked
      before.failed += day.failed[rate] ?? 0
    }
    return best?.change
  }

  private static func change(
    _ part: String, _ rate: Rate, since date: LocalDate, _ before: (asked: Int, failed: Int),
    _ after: (asked: Int, failed: Int)
  ) -> Change? {
    guard before.asked >= fewestBefore, after.failed >= fewestFailures else { return nil }
    let (old, new) = (share(before), share(after))
    guard new >= leastFactor * old, new - old >= leastRise else { return nil }
    return Change(part: part, rate: rate, since: date, now: new, before: old)
  }

  private static func share(_ days: (asked: Int, failed: Int)) -> Double {
    days.asked == 0 ? 0 : Double(days.failed) / Double(days.asked)
  }

  /// The logarithm of how likely the failures are at their own rate.
  private static func likelihood(_ days: (asked: Int, failed: Int)) -> Double {
    let p = min(1, share(days))
    let good = max(0, days.asked - days.failed)
    return (p > 0 ? Double(days.failed) * log(p) : 0) + (p < 1 ? Double(good) * log(1 - p) : 0)
  }
}

extension HealthTrend.Change {
  /// `fdc1004 0x50: 4 % NAKs since Tuesday, 0.1 % before`.
  func words(today: LocalDate) -> String {
    "\(part): \(percent(now)) \(rate.words) since \(since.words(today: today)), "
      + "\(percent(before)) before"
  }
}

/// A share in percent, with a decimal below ten.
func percent(_ share: Double) -> String {
  "\(decimal(100 * share, 100 * share < 9.95 && share > 0 ? 1 : 0)) %"
}

extension LocalDate {
  /// `today`, `yesterday`, a day of the last week by its name, or the date.
  func words(today: LocalDate) -> String {
    let age = today.daysSince1970 - daysSince1970
    // 1970-01-01 was a Thursday.
    let names = [
      "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday",
    ]
    switch age {
    case 0: return "today"
    case 1: return "yesterday"
    case 2...6: return names[(daysSince1970 % 7 + 7) % 7]
    default: return description
    }
  }
}

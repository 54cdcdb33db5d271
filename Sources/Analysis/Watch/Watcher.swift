package import Curves
internal import Mathematics
internal import Readings

/// Watches every curve of a history for drifts and shifts, day by day, with what was known on each day.
///
/// The first 90 days of an epoch teach how a curve wanders by itself; from then on steps and ramps are
/// looked for in the one-step surprises of that model, by likelihood ratios that fit the level (and the
/// air) beside the change. Limits come from simulated quiet years, so that all curves and detectors
/// together alarm falsely as often as the budget says. What an alarm is about is judged by likelihood, on
/// readings up to 75 days after it.
package struct Watcher: Sendable {
  /// False alarms a year, over all curves and detectors together; 0.5.
  package var budgetPerYear: Double
  /// SD beforehand of the year's sine and cosine, in the person's own SD; 0.
  ///
  /// Before two years were seen, a season cannot be told from a drift: at 0 a strong season is alarmed
  /// on, and the alarm says that it may be one; at 0.5 it hardly is, but changes are noticed much later.
  package var seasonSD: Double
  /// Quiet years that the limits rest on: fewer are quicker, and the limits coarser; 240 for one curve,
  /// fewer for each of many.
  package var quietYears: Int?
  private let seed: UInt64

  /// - Parameters:
  ///   - budgetPerYear: false alarms a year; above 0.
  ///   - seasonSD: SD beforehand of the year's sine and cosine, in own SD.
  ///   - quietYears: quiet years that the limits rest on.
  ///   - seed: the same history and seed give the same report.
  package init(
    budgetPerYear: Double = 0.5, seasonSD: Double = 0, quietYears: Int? = nil, seed: UInt64
  ) {
    self.budgetPerYear = budgetPerYear
    self.seasonSD = seasonSD
    self.quietYears = quietYears
    self.seed = seed
  }

  /// - Throws: `Silence` where no curve can be watched; where only some cannot, the report says which.
  package func watch(_ history: History) throws(Silence) -> WatchReport {
    guard budgetPerYear > 0, budgetPerYear.isFinite else {
      throw Silence("a budget of alarms a year must be above 0", "每年允许的误报次数必须大于 0")
    }
    guard !history.curves.isEmpty, history.days > 0 else {
      throw Silence(
        "no readings yet; watching needs \(CurveWatch.needs.english)",
        "尚无读数；监测需要\(CurveWatch.needs.chinese)")
    }
    var session = WatchSession(history, self, seed: seed)
    let report = session.run()
    guard !report.watched.isEmpty else {
      throw report.silences.first?.silence ?? Silence("nothing to watch", "没有可监测的内容")
    }
    return report
  }

  /// How many quiet years are drawn for so many curves: each costs more the more there are.
  func quietYears(curves: Int) -> Int {
    max(20, quietYears ?? max(120, min(240, 480 / max(1, curves))))
  }

  /// The curves that one part measures: all of the probe's, and each channel at its sites.
  static func parts(_ curves: [Curve]) -> [[Int]] {
    let probe = curves.indices.filter { curves[$0].channel.hasPrefix("skin.") }
    let channels = Set(curves.map(\.channel)).sorted()
    let sites = channels.map { channel in curves.indices.filter { curves[$0].channel == channel } }
    return ([probe] + sites.filter { $0 != probe }).filter { $0.count > 1 }
  }
}

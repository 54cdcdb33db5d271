import Curves
import Mathematics
import Readings
import SyntheticSubject
import Watch

/// People of one kind, and what watching them brings.
struct WatchCell: Sendable {
  var world = World.home
  var plan: SubjectPlan
  var words: String
  var seasonSD = 0.0

  /// What one person's year brought: ours first, then the naive methods.
  struct Person: Sendable {
    /// The days of the alarms.
    var alarms: [[Int]]
    /// The first of our alarms since the change began.
    var first: Alarm?
    /// Whether its 90 % interval holds the day on which the change began.
    var isDated = false
  }

  var name: String { "\(world.rawValue), \(plan.days) d, \(words)" }

  /// The day on which the planted change begins; of a quiet year, the first that is watched.
  var begin: Int { plan.changes.first?.day ?? NaiveWatch.learned }

  func people(_ subjects: Int, seed: UInt64) async -> [Person] {
    await asked(subjects, seed: seed) { person($0) }.compactMap { $0 }
  }

  private func person(_ seed: UInt64) -> Person? {
    let history = world.subject(plan, seed: seed).history
    // A person of whom nothing can be said counts as nobody.
    guard let report = try? Watcher(seasonSD: seasonSD, seed: seed).watch(history) else {
      return nil
    }
    let start = history.firstDate
    let days = report.alarms.map { $0.noticedOn.daysSince1970 - start.daysSince1970 }
    let naive = history.curves.map { NaiveWatch($0).alarms }
    let others = NaiveWatch.names.indices.map { method in
      Set(naive.flatMap { $0[method] }).sorted()
    }
    var person = Person(alarms: [days] + others)
    person.first = zip(report.alarms, days).first { $0.1 >= begin }?.0
    if let first = person.first {
      person.isDated = first.began.earliest <= start + begin && start + begin <= first.began.latest
    }
    return person
  }
}

extension [WatchCell.Person] {
  /// Alarms a watched year, by method.
  func rate(_ method: Int, days: Int) -> Double {
    let alarms = reduce(0) { $0 + $1.alarms[method].count }
    return Double(alarms) * 365 / Double(Swift.max(1, count * (days - NaiveWatch.learned)))
  }

  /// Days from a change to the method's first alarm since; infinite where there is none.
  func delays(_ method: Int, since begin: Int) -> [Double] {
    map { person in
      person.alarms[method].first { $0 >= begin }.map { Double($0 - begin) } ?? .infinity
    }
  }

  /// The share of people whose alarm comes within so many days.
  func found(_ method: Int, within days: Double, since begin: Int) -> Double {
    Double(delays(method, since: begin).count { $0 <= days }) / Double(Swift.max(1, count))
  }

  func medianDelay(_ method: Int, since begin: Int) -> Double {
    let sorted = delays(method, since: begin).sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
  }

  /// The share of the noticed whose alarm is of one of these kinds.
  func labelled(_ kinds: Set<AlarmKind>) -> Double {
    let kindsFound = compactMap { $0.first?.kind }
    return Double(kindsFound.count { kinds.contains($0) }) / Double(Swift.max(1, kindsFound.count))
  }
}

internal import Curves
internal import Mathematics
internal import Readings

/// One run over a history, from its first day to its last.
struct WatchSession {
  private let history: History
  private let watcher: Watcher
  private let season: SeasonPrior
  private let pool: NormalPool
  private var generator: SeededGenerator
  private var curves: [CurveWatch]
  private var regressors: Regressors
  private var limits: AlarmLimits?
  private var temper = 1.0
  private var alarms: [Alarm] = []

  init(_ history: History, _ watcher: Watcher, seed: UInt64) {
    self.history = history
    self.watcher = watcher
    generator = SeededGenerator(seed: seed)
    pool = NormalPool(generator: &generator)
    season = SeasonPrior(
      expected: watcher.seasonSD, firstDay: history.firstDate.daysSince1970)
    regressors = Regressors(season: season)
    curves = history.curves.map { curve in
      var whole = curve
      let missing = max(0, history.places - min(curve.values.count, curve.epochs.count))
      whole.values =
        curve.values.prefix(history.places - missing) + Array(repeating: nil, count: missing)
      whole.epochs =
        curve.epochs.prefix(history.places - missing) + Array(repeating: 0, count: missing)
      return CurveWatch(whole)
    }
  }

  mutating func run() -> WatchReport {
    var evidence = Evidence()
    for day in 0..<history.days {
      for index in curves.indices { curves[index].meetEpoch(day: day) }
      if curves.contains(where: { $0.isDue(day: day) }) { learn(day: day) }
      evidence.reset()
      for index in curves.indices {
        curves[index].advance(day: day, regressors)
        curves[index].judge(&evidence, curve: index)
      }
      if let detector = limits?.alarm(evidence) { raise(detector, evidence, day: day) }
    }
    return report()
  }

  private mutating func learn(day: Int) {
    let before = curves.map { $0.noise == nil }
    regressors = Regressors(history, season: season, day: day)
    for index in curves.indices where curves[index].isDue(day: day) || !before[index] {
      curves[index].learn(day: day, regressors)
    }
    let known = curves.indices.filter { curves[$0].noise != nil }
    let quiet = known.compactMap { curves[$0].quiet(day: day) }
    guard !quiet.isEmpty else { return }
    let correlation = Correlation(known.map { curves[$0].surprises })
    temper = correlation.temper
    limits = AlarmLimits(
      quiet, correlation: correlation.matrix, budget: watcher.budgetPerYear, season: season,
      paths: watcher.quietYears(curves: quiet.count), pool: pool, generator: &generator)
  }

  private mutating func raise(_ detector: Detector, _ evidence: Evidence, day: Int) {
    let slot = evidence.slot(detector)
    var alone = Evidence()
    var affected: [(index: Int, log: Double)] = []
    for index in curves.indices where curves[index].scan != nil {
      alone.reset()
      var copy = curves[index]
      copy.judge(&alone, curve: index)
      affected.append((index, alone.joint(detector.shape, slot: slot)))
    }
    affected.sort { $0.log > $1.log }
    let judged = AlarmJudge(history, curves, regressors, temper: temper)
    if let alarm = judged.alarm(noticed: day, clearest: affected[0].index) { alarms.append(alarm) }
    for (order, curve) in affected.enumerated() where order == 0 || curve.log > 1 {
      curves[curve.index].restart(day: day + 1, regressors)
    }
  }

  private func report() -> WatchReport {
    let watched = curves.compactMap { curve -> WatchReport.Watched? in
      guard let since = curve.since, let noise = curve.noise else { return nil }
      return WatchReport.Watched(
        curve: curve.curve.name, since: history.firstDate + since,
        daysWatched: curve.watchedDays, deviation: noise.deviation,
        perDay: noise.wandering.perDay, share: noise.wandering.share)
    }
    let silences = curves.compactMap { curve in
      curve.silence.map { (curve: curve.curve.name, silence: $0) }
    }
    return WatchReport(
      alarms: alarms, watched: watched, silences: silences, budgetPerYear: watcher.budgetPerYear)
  }
}

/// How the curves' surprises go together.
struct Correlation {
  let matrix: Matrix
  /// The share of the curves' evidence that is not repeated by others: 1 where they are independent.
  let temper: Double

  init(_ surprises: [[Int: Double]]) {
    let size = surprises.count
    var matrix = Matrix.identity(size)
    var squares = Double(size)
    for a in 0..<size {
      for b in 0..<a {
        let pairs = surprises[a].keys.sorted().compactMap { place in
          surprises[b][place].map { (surprises[a][place] ?? 0, $0) }
        }
        guard pairs.count > 30 else { continue }
        let product = pairs.reduce(0) { $0 + $1.0 * $1.1 }
        let (x, y) = (pairs.reduce(0) { $0 + $1.0 * $1.0 }, pairs.reduce(0) { $0 + $1.1 * $1.1 })
        guard x * y > 0 else { continue }
        let value = 0.9 * product / (x * y).squareRoot()
        matrix[a, b] = value
        matrix[b, a] = value
        squares += 2 * value * value
      }
    }
    // Pairwise gaps may leave it indefinite.
    while Cholesky(matrix) == nil {
      for a in 0..<size { for b in 0..<size where a != b { matrix[a, b] *= 0.8 } }
    }
    self.matrix = matrix
    temper = Double(size) / max(squares, 1)
  }
}

internal import Curves
internal import Mathematics

/// How much evidence is an alarm: such that quiet years bring as many alarms as the budget allows.
///
/// Parametric bootstrap: quiet futures of all curves are drawn from what is known of their wandering,
/// with how unsure that is and with their correlation, and scanned as the real readings are.
struct AlarmLimits: Sendable {
  /// A statistic above its limit is an alarm.
  let limits: [Detector: Double]

  /// One curve, as the bootstrap sees it.
  struct Quiet {
    var noise: CurveNoise
    /// Share of mornings and evenings that have a reading.
    var isRead: (morning: Double, evening: Double)
    /// Days of baseline so far.
    var learned: Int
  }

  /// Days that each is watched: half a year brings half the budget, for half the work.
  static let horizon = 182
  /// Baselines longer than this are as good as this.
  static let mostLearned = 180

  /// - Parameters:
  ///   - curves: those that are watched.
  ///   - correlation: of the curves' surprises, positive definite.
  ///   - budget: alarms a year, over all curves and detectors.
  ///   - season: what is believed of the year.
  ///   - paths: quiet years that are drawn.
  ///   - pool: where deviates come from.
  ///   - generator: where randomness comes from.
  init(
    _ curves: [Quiet], correlation: Matrix, budget: Double, season: SeasonPrior,
    paths: Int, pool: NormalPool, generator: inout SeededGenerator
  ) {
    let detectors = Detector.all(curves: curves.count)
    var simulation = QuietYears(
      curves, correlation: correlation, season: season, paths: paths, pool: pool,
      generator: &generator)
    let maxima = simulation.maxima(detectors, generator: &generator)
    let quiet = (-budget * Double(Self.horizon) / 365).exponential
    let shrinkage = curves.map(Self.shrinkage).reduce(0, +) / Double(max(1, curves.count))
    limits = Self.split(maxima, detectors, quiet: quiet).mapValues { $0 + shrinkage }
  }

  /// What a limit lacks because a short baseline draws every curve towards the average skin: one that
  /// wanders longer looks tamer than it is, and the other way round.
  ///
  /// Measured on made-up people of the home world, whose wandering keeps 0.3, 0.5 and 0.8 over a day.
  private static func shrinkage(_ curve: Quiet) -> Double {
    let weight = min(1, 200 / Double(max(1, curve.learned)))
    return weight * (0.15 + 2.4 * (curve.noise.perDay - 0.5))
  }

  /// The limits at which each detector alarms in as many years as the next, and all of them together
  /// leave the share `quiet` of years without an alarm.
  static func split(
    _ maxima: [[Double]], _ detectors: [Detector], quiet: Double
  ) -> [Detector: Double] {
    let paths = maxima.first?.count ?? 0
    let sorted = maxima.map { $0.sorted(by: >) }
    let aim = (1 - quiet) * Double(paths)
    func alarmed(_ rank: Int) -> Int {
      (0..<paths).reduce(0) { sum, path in
        sum + (maxima.indices.contains { maxima[$0][path] > sorted[$0][rank] } ? 1 : 0)
      }
    }
    var (low, high) = (0, max(0, paths - 1))
    while high - low > 1 {
      let middle = (low + high) / 2
      if Double(alarmed(middle)) <= aim { low = middle } else { high = middle }
    }
    return Dictionary(
      uniqueKeysWithValues: detectors.indices.map { (detectors[$0], sorted[$0][low]) })
  }

  /// The clearest alarm of a day, if there is one.
  func alarm(_ evidence: Evidence) -> Detector? {
    limits.filter { evidence.statistic($0.key) > $0.value }
      .max { excess($0, evidence) < excess($1, evidence) }?.key
  }

  private func excess(_ limit: (key: Detector, value: Double), _ evidence: Evidence) -> Double {
    evidence.statistic(limit.key) - limit.value
  }
}

/// Normal deviates to take by the run.
struct NormalPool: Sendable {
  private let values: [Double]
  private static let size = 1 << 16

  init(generator: inout SeededGenerator) {
    var values: [Double] = []
    values.reserveCapacity(Self.size)
    for _ in 0..<Self.size { values.append(generator.normal()) }
    self.values = values
  }

  /// Adds `scale` times a run of deviates from a random place of the pool.
  func add(_ scale: Double, to sum: inout [Double], generator: inout SeededGenerator) {
    let start = Int(truncatingIfNeeded: generator.next() >> 40) % (Self.size - sum.count)
    values.withUnsafeBufferPointer { values in
      sum.withUnsafeMutableBufferPointer { sum in
        for index in sum.indices { sum[index] += scale * values[start + index] }
      }
    }
  }
}

internal import Curves
internal import Mathematics
internal import Readings

/// All methods going along a curve, each forecast judged when its reading comes.
struct ForecastTrial {
  /// What was foretold from one place.
  struct Origin {
    var place: Int
    /// Of each method, then of each place ahead.
    var means: [[Double]]
    var deviations: [[Double]]
    /// The method used for each place ahead.
    var used: [Int]
    /// Half widths of 80 % and 90 % in standard deviations: of the next reading, then of each place
    /// ahead.
    var halves: [(Double, Double)]
  }

  private static let methods = ForecastMethod.allCases
  private static let naive = methods.firstIndex(of: .naive) ?? 0
  private static let blend = methods.firstIndex(of: .blend) ?? 0
  /// How far one miss moves the intervals of the next reading, so that the share within is right
  /// over any hundred or so; they are about an eighth wider for it.
  private static let rates = (of80: 0.16, of90: 0.12)
  /// Of the places after it: their misses are known later, and come together.
  private static let laterRate = 0.02
  private static let leastErrors = 20
  /// Errors of less than this share of the mean's are clearly better.
  private static let clearly = 0.97

  private let history: History
  private let curve: Curve
  private let opening: Opening
  private var courses: [any Course]
  private var records: [[ErrorRecord]]
  private var sums: [ScoreSum]
  private var usedSum = ScoreSum()
  private var streams: [(ConformalStream, ConformalStream)]
  private var origins: [Origin?] = Array(repeating: nil, count: reach + 1)
  private var latest: Origin?
  private var within: (of80: [Bool], of90: [Bool]) = ([], [])

  init(_ history: History, _ curve: Curve) {
    self.history = history
    self.curve = curve
    opening = Opening(curve)
    let events = KnownEvents(history)
    courses = [
      SmoothingCourse.ewma(opening), SmoothingCourse.ets(opening),
      LagRidge(opening, LagRidge.Surroundings(history, events)),
      StructuralCourse(opening, curve, history, events), NaiveCourse(opening),
    ]
    let records = Array(repeating: ErrorRecord(), count: reach)
    self.records = Array(repeating: records, count: Self.methods.count)
    sums = Array(repeating: ScoreSum(), count: Self.methods.count)
    streams = (0...reach).map { ahead in
      let rates = ahead == 0 ? Self.rates : (Self.laterRate, Self.laterRate)
      return (
        ConformalStream(target: 0.2, rate: rates.0), ConformalStream(target: 0.1, rate: rates.1)
      )
    }
  }

  mutating func step(_ place: Int, _ value: Double?) {
    if let value { judge(place, value) }
    for index in courses.indices { courses[index].step(place, value) }
    origins[place % origins.count] = nil
    guard value != nil, place >= opening.end - 1 else { return }
    let origin = foretell(place)
    origins[place % origins.count] = origin
    latest = origin
  }

  // MARK: What was foretold of this reading

  private mutating func judge(_ place: Int, _ value: Double) {
    if let latest, place - latest.place <= reach { judgeNext(latest, place, value) }
    for ahead in 1...reach where place >= ahead {
      guard let origin = origins[(place - ahead) % origins.count], origin.place == place - ahead
      else { continue }
      for method in Self.methods.indices {
        let error = value - origin.means[method][ahead - 1]
        records[method][ahead - 1].learn(error)
        sums[method].learnOfWeek(error)
      }
      let used = origin.used[ahead - 1]
      let error = value - origin.means[used][ahead - 1]
      usedSum.learnOfWeek(error)
      teach(ahead, error.magnitude / origin.deviations[used][ahead - 1], origin.halves[ahead])
    }
  }

  private mutating func judgeNext(_ origin: Origin, _ place: Int, _ value: Double) {
    let ahead = place - origin.place - 1
    let z = (StandardNormal.quantile(0.9), StandardNormal.quantile(0.95))
    for method in Self.methods.indices {
      let error = value - origin.means[method][ahead]
      let deviation = origin.deviations[method][ahead]
      sums[method].learn(
        error: error, deviation: deviation, within80: error.magnitude <= z.0 * deviation,
        within90: error.magnitude <= z.1 * deviation)
    }
    let used = origin.used[ahead]
    let error = value - origin.means[used][ahead]
    let deviation = origin.deviations[used][ahead]
    let (in80, in90) = teach(0, error.magnitude / deviation, origin.halves[0])
    usedSum.learn(error: error, deviation: deviation, within80: in80, within90: in90)
    within.of80.append(in80)
    within.of90.append(in90)
  }

  @discardableResult
  private mutating func teach(
    _ stream: Int, _ score: Double, _ halves: (Double, Double)
  ) -> (Bool, Bool) {
    let (in80, in90) = (score <= halves.0, score <= halves.1)
    streams[stream].0.learn(isWithin: in80, score: score)
    streams[stream].1.learn(isWithin: in90, score: score)
    return (in80, in90)
  }

  // MARK: What is foretold from here

  private mutating func foretell(_ place: Int) -> Origin {
    var means = courses.indices.map { courses[$0].outlook() }
    means.insert(blended(means), at: Self.blend)
    let deviations = records.map { record in
      record.map { $0.deviation(opening: opening.deviation) }
    }
    let used = (0..<reach).map(best)
    let halves = streams.map { ($0.0.half, max($0.0.half, $0.1.half)) }
    return Origin(place: place, means: means, deviations: deviations, used: used, halves: halves)
  }

  /// The first four, each weighing by the inverse square of its late squared errors.
  private func blended(_ means: [[Double]]) -> [Double] {
    (0..<reach).map { ahead in
      var (sum, weights) = (0.0, 0.0)
      for method in 0..<ForecastMethod.blended {
        let deviation = records[method][ahead].deviation(opening: opening.deviation)
        let square = deviation * deviation / (opening.deviation * opening.deviation)
        let weight = 1 / max(square * square, 1e-12)
        sum += weight * means[method][ahead]
        weights += weight
      }
      return sum / weights
    }
  }

  /// The mean of the four, unless one of them did clearly better so far.
  private func best(_ ahead: Int) -> Int {
    var best = Self.blend
    guard records[best][ahead].count >= Self.leastErrors,
      var least = records[best][ahead].meanAbsolute
    else { return best }
    least *= Self.clearly
    for method in 0..<ForecastMethod.blended {
      guard let error = records[method][ahead].meanAbsolute, error < least else { continue }
      (best, least) = (method, error)
    }
    return best
  }

  // MARK: What came of it

  func result(readings: Int) throws(Silence) -> ForecastResult {
    guard let latest, usedSum.count > 0 else {
      throw Silence(
        "the readings of \(curve.name) are too far apart to foretell one from another",
        "\(curve.chineseName)的读数间隔过大，无法由前一次预测后一次")
    }
    let outlooks = (0..<reach).map { ahead -> ForecastResult.Outlook in
      let used = latest.used[ahead]
      let (mean, deviation) = (latest.means[used][ahead], latest.deviations[used][ahead])
      // The first place's intervals are those that were judged on every next reading.
      let halves = latest.halves[ahead == 0 ? 0 : ahead + 1]
      let place = latest.place + 1 + ahead
      func estimate(_ half: Double, _ level: Double) -> Estimate {
        let width = half * deviation
        return Estimate(value: mean, low: mean - width, high: mean + width, level: level)
      }
      return ForecastResult.Outlook(
        date: history.date(place), slot: Grid.slot(place), place: place,
        likely80: estimate(halves.0, 0.8), likely90: estimate(halves.1, 0.9),
        method: Self.methods[used])
    }
    let naive = sums[Self.naive]
    return ForecastResult(
      curve: curve.name, unit: curve.unit, outlooks: outlooks,
      scores: Self.methods.indices.map { sums[$0].score(Self.methods[$0], over: naive) },
      used: usedSum.score(Self.methods[latest.used[0]], over: naive), within80: within.of80,
      within90: within.of90, readings: readings)
  }
}

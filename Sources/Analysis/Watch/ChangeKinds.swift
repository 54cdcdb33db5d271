internal import Curves
internal import Mathematics

/// What happened, as all curves together tell it: each kind's probability, when it began, how large it is.
struct ChangeKinds: Sendable {
  /// Changes of a kind a year, beforehand: skin drifts rather than jumps; a part is changed or set anew
  /// once in two years, and half of that is known as an epoch.
  static let perYear: [AlarmKind: Double] = [.shift: 0.35, .drift: 0.5, .deviceJump: 0.25]
  /// Chance that a person's change shows in a given curve, where there are several.
  static let showing = 0.5
  /// The least probability of a label.
  static let clear = 0.6

  private let curves: [Hindsight]
  /// Curves that one part measures.
  private let parts: [[Int]]
  /// How much of the curves' evidence is their own: 1 for independent curves.
  private let temper: Double
  /// One scenario: of which kind, by which possibility, with which curves surely changed.
  private struct Scenario {
    var kind: AlarmKind
    var index: Int
    var begin: Int
    var part: [Int]?
    var log: Double
  }
  private var scenarios: [Scenario] = []
  let probabilities: [AlarmKind: Double]

  init(_ curves: [Hindsight], parts: [[Int]], temper: Double) {
    self.curves = curves
    self.parts = parts
    self.temper = temper
    var scenarios = [Scenario(kind: .quiet, index: 0, begin: 0, part: nil, log: 0)]
    func daily(_ kind: AlarmKind) -> Double {
      (Self.perYear[kind, default: 0.5] / 365).logarithm
    }
    let showing = curves.count > 1 ? Self.showing : 1
    func together(_ possibilities: [Possibility]) -> Double {
      possibilities.reduce(0) { $0 + Self.mixed($1.log * temper, showing) }
    }
    func everywhere(_ possibilities: [Possibility]) -> Double {
      possibilities.reduce(0) { $0 + $1.log * temper }
    }
    let first = curves.first
    for index in first?.steps.indices ?? 0..<0 {
      let column = curves.map { $0.steps[index] }
      let begin = column[0].begin
      scenarios.append(
        Scenario(
          kind: .shift, index: index, begin: begin, part: nil, log: daily(.shift) + together(column)
        ))
      for part in parts where part.count > 1 {
        let sum = part.reduce(0) { $0 + column[$1].log * temper }
        scenarios.append(
          Scenario(
            kind: .deviceJump, index: index, begin: begin, part: part,
            log: daily(.deviceJump) - Double(parts.count).logarithm + sum))
      }
    }
    let share = (Double(Hindsight.driftStride) / Double(Hindsight.durations.count)).logarithm
    for index in first?.drifts.indices ?? 0..<0 {
      let column = curves.map { $0.drifts[index] }
      scenarios.append(
        Scenario(
          kind: .drift, index: index, begin: column[0].begin, part: nil,
          log: daily(.drift) + share + Self.either(together(column), everywhere(column))))
    }
    let top = scenarios.map(\.log).max() ?? 0
    var sums: [AlarmKind: Double] = [:]
    for index in scenarios.indices {
      scenarios[index].log = (scenarios[index].log - top).exponential
      sums[scenarios[index].kind, default: 0] += scenarios[index].log
    }
    let total = scenarios.reduce(0) { $0 + $1.log }
    self.scenarios = scenarios
    probabilities = sums.mapValues { $0 / total }
  }

  /// `log((1 − p) + p·exp(log))`.
  private static func mixed(_ log: Double, _ p: Double) -> Double {
    guard p < 1 else { return log }
    return log > 30 ? log + p.logarithm : (1 - p + p * log.exponential).logarithm
  }

  /// The logarithm of the mean of two likelihoods.
  ///
  /// A step of all of a part's curves is the part's; a
  /// drift may as well be of the skin as a whole.
  private static func either(_ a: Double, _ b: Double) -> Double {
    max(a, b) + ((1 + (-abs(a - b)).exponential) / 2).logarithm
  }

  /// The likeliest kind where it is clear, else undecided.
  var kind: AlarmKind {
    guard let top = likeliest, probabilities[top, default: 0] >= Self.clear else {
      return .undecided
    }
    return top
  }

  private var likeliest: AlarmKind? {
    AlarmKind.allCases.max { probabilities[$0, default: 0] < probabilities[$1, default: 0] }
  }

  /// 5 and 95 % of the beginning's posterior if there was a change of any kind, and the likeliest day.
  func began() -> (earliest: Int, likely: Int, latest: Int) {
    var byDay: [Int: Double] = [:]
    for scenario in scenarios where scenario.kind != .quiet {
      byDay[scenario.begin, default: 0] += scenario.log
    }
    let days = byDay.keys.sorted()
    let total = days.reduce(0) { $0 + byDay[$1, default: 0] }
    var (sum, earliest, latest) = (0.0, days.first ?? 0, days.last ?? 0)
    var isBefore = true
    for day in days {
      sum += byDay[day, default: 0] / total
      if isBefore, sum >= 0.05 { (earliest, isBefore) = (day, false) }
      if sum >= 0.95 {
        latest = day
        break
      }
    }
    let likely = days.max { byDay[$0, default: 0] < byDay[$1, default: 0] } ?? earliest
    return (earliest, min(max(likely, earliest), latest), latest)
  }

  /// How sure it is that a curve changed, and its size in own SD if it did.
  func change(of curve: Int) -> (probability: Double, size: Estimate) {
    let showing = curves.count > 1 ? Self.showing : 1
    var parts: [(weight: Double, mean: Double, variance: Double)] = []
    var (changed, total) = (0.0, 0.0)
    for scenario in scenarios where scenario.kind != .quiet && scenario.log > 1e-9 {
      let found = scenario.kind == .drift ? curves[curve].drifts : curves[curve].steps
      let possibility = found[scenario.index]
      total += scenario.log
      var chance = showing
      if let part = scenario.part {
        chance = part.contains(curve) ? 1 : 0
      } else if showing < 1 {
        let log = possibility.log * temper
        chance = (showing.logarithm + log - Self.mixed(log, showing)).exponential
      }
      changed += scenario.log * chance
      parts.append((scenario.log * chance, possibility.mean, possibility.variance))
    }
    return (total > 0 ? changed / total : 0, Self.interval(parts))
  }

  /// The mean of a mixture of normals and its 90 % interval.
  private static func interval(
    _ parts: [(weight: Double, mean: Double, variance: Double)]
  ) -> Estimate {
    let total = parts.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return Estimate(value: 0, low: 0, high: 0) }
    func below(_ x: Double) -> Double {
      parts.reduce(0) { sum, part in
        sum + part.weight * StandardNormal.cdf((x - part.mean) / part.variance.squareRoot())
      } / total
    }
    func quantile(_ p: Double) -> Double {
      var (low, high) = (-20.0, 20.0)
      while high - low > 1e-4 {
        let middle = (low + high) / 2
        if below(middle) < p { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
    let mean = parts.reduce(0) { $0 + $1.weight * $1.mean } / total
    return Estimate(value: mean, low: quantile(0.05), high: quantile(0.95))
  }
}

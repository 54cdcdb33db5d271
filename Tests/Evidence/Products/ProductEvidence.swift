import Curves
import Mathematics
import Products

/// G18: split-face trials with planted truth, ours beside what is done without a design.
func productRows(subjects: Int, seed: UInt64) -> [EvidenceRow] {
  productPower(subjects, seed) + productClaims(subjects, seed) + productPlans(subjects, seed)
}

private func productPower(_ subjects: Int, _ seed: UInt64) -> [EvidenceRow] {
  var single = PlantedTrial()
  single.gap = 0.3
  var triple = single
  triple.taps = 3
  return [(single, 40, "single taps"), (triple, 24, "3 taps a reading")].flatMap {
    trial, days, taps -> [EvidenceRow] in
    let cell = "30 % gap, \(days) applications, \(taps)"
    let tally = ProductTally(trial, days: days, subjects: subjects, seed: seed)
    return [
      EvidenceRow(
        goal: "G18", measure: "gap found, right product named", cell: cell,
        ours: tally.share(\.right), naive: tally.naive(\.right), target: "≥ 0.80",
        isMet: tally.share(\.right) >= 0.8, subjects: tally.count),
      tally.coverage(cell),
    ]
  }
}

private func productClaims(_ subjects: Int, _ seed: UInt64) -> [EvidenceRow] {
  var heavy = PlantedTrial()
  (heavy.heavyTails, heavy.missing) = (true, 0.08)
  var still = PlantedTrial()
  still.alternates = false
  let cells: [(PlantedTrial, Int, String)] = [
    (PlantedTrial(), 8, "no gap, 8 applications"), (PlantedTrial(), 16, "no gap, 16 applications"),
    (PlantedTrial(), 40, "no gap, 40 applications"),
    (heavy, 40, "no gap, 40 applications, heavy tails, 8 % missing"),
  ]
  let rows = cells.flatMap { trial, days, cell -> [EvidenceRow] in
    let tally = ProductTally(trial, days: days, subjects: subjects, seed: seed &+ 1)
    return [
      EvidenceRow(
        goal: "G18", measure: "false claims of a difference", cell: cell,
        ours: tally.share(\.claims), naive: tally.naive(\.claims), target: "≤ 0.10",
        isMet: tally.share(\.claims) <= 0.1, subjects: tally.count),
      tally.coverage(cell),
    ]
  }
  let silent = ProductTally(still, days: 40, subjects: subjects, seed: seed &+ 2)
  return rows + [
    EvidenceRow(
      goal: "G18", measure: "false claims where the sides never change",
      cell: "no gap, 40 applications, cream always left", ours: silent.share(\.claims),
      naive: silent.naive(\.claims), target: "0: refused", isMet: silent.claims == 0,
      subjects: subjects)
  ]
}

/// Whether so many applications as are planned after ten give the power that is promised.
private func productPlans(_ subjects: Int, _ seed: UInt64) -> [EvidenceRow] {
  var trial = PlantedTrial()
  // 30 % of the mean of both, as is planned for.
  trial.gap = 0.3 / 0.85
  let names = PlantedTrial.products
  let needs = (0..<UInt64(subjects)).compactMap { subject -> Int? in
    let pilot = trial.applications(days: 40, seed: seed &+ 9001 &* (subject + 1))
    // A pilot that says nothing plans nothing.
    return (try? Comparison(names.first, with: names.second, in: pilot))?.need.total
  }
  guard let median = Robust.median(needs.map(Double.init)) else { return [] }
  let days = Int(median.rounded())
  let tally = ProductTally(trial, days: days, subjects: subjects, seed: seed &+ 3)
  let triple = PlantedTrial(taps: 3)
  let equal = ProductTally(triple, days: 60, subjects: subjects, seed: seed &+ 4)
  return [
    EvidenceRow(
      goal: "G18", measure: "power at the planned applications (80 % promised)",
      cell: "gap of 30 % of the mean, \(days) applications: the median plan",
      ours: tally.share(\.right),
      target: "0.75 to 0.87", isMet: (0.75...0.87).contains(tally.share(\.right)),
      subjects: tally.count),
    EvidenceRow(
      goal: "G18", measure: "equal products found equal within 20 %",
      cell: "no gap, 60 applications, 3 taps a reading", ours: equal.share(\.equal),
      target: "≥ 0.80", isMet: equal.share(\.equal) >= 0.8, subjects: equal.count),
  ]
}

extension PlantedTrial {
  fileprivate init(taps: Int) {
    self.init()
    self.taps = taps
  }
}

/// What many trials of one kind come to.
private struct ProductTally {
  private(set) var claims = 0
  private(set) var right = 0
  private(set) var covered = 0
  private(set) var equal = 0
  /// Trials that gave an answer.
  private(set) var count = 0
  private var unpaired = Naive()
  private var byEye = Naive()
  private let subjects: Int

  /// Claims of a simpler method.
  struct Naive {
    var claims = 0
    var right = 0

    mutating func count(_ difference: Double, isClaimed: Bool) {
      guard isClaimed else { return }
      claims += 1
      if difference > 0 { right += 1 }
    }
  }

  init(_ trial: PlantedTrial, days: Int, subjects: Int, seed: UInt64) {
    self.subjects = subjects
    let truth = trial.trueDifference(until: 8)
    for subject in 0..<UInt64(subjects) {
      let applications = trial.applications(days: days, seed: seed &+ 7919 &* (subject + 1))
      countNaive(applications)
      count(applications, truth)
    }
  }

  private mutating func count(_ applications: [Application], _ truth: Double) {
    let names = PlantedTrial.products
    // Silence is counted by what is missing from `count`.
    guard let found = try? Comparison(names.first, with: names.second, in: applications) else {
      return
    }
    count += 1
    if found.difference.low <= truth, truth <= found.difference.high { covered += 1 }
    if found.equivalence.isShown { equal += 1 }
    switch found.verdict {
    case .higher(let product), .higherWithinMargin(let product):
      claims += 1
      if product == names.first { right += 1 }
    case .equal, .undecided: break
    }
  }

  /// What is done without a design: moisture an hour after, with no baseline, no pairs and no sides.
  private mutating func countNaive(_ applications: [Application]) {
    func after(_ product: String) -> [Double] {
      applications.filter { $0.product == product }
        .compactMap { $0.readings.first { $0.minutes == 60 }?.value }
    }
    let (one, two) = (
      after(PlantedTrial.products.first), after(PlantedTrial.products.second)
    )
    guard let mean = Robust.mean(one), let other = Robust.mean(two),
      let spread = Robust.deviation(one), let otherSpread = Robust.deviation(two)
    else { return }
    let error =
      (spread * spread / Double(one.count) + otherSpread * otherSpread / Double(two.count))
      .squareRoot()
    let quantile = StudentT(df: Double(one.count + two.count - 2)).quantile(0.95)
    unpaired.count(mean - other, isClaimed: abs(mean - other) > quantile * error)
    // "30 % more" from the first five uplifts, as on a package.
    let uplifts = [PlantedTrial.products.first, PlantedTrial.products.second].map { product in
      applications.filter { $0.product == product }.prefix(5).compactMap { application in
        application.readings.first { $0.minutes == 60 }.map {
          $0.value - (application.baseline?.value ?? 0)
        }
      }
    }
    guard let first = Robust.mean(uplifts[0]), let second = Robust.mean(uplifts[1]) else { return }
    let least = min(first, second)
    byEye.count(first - second, isClaimed: least <= 0 || max(first, second) / least >= 1.3)
  }

  func share(_ part: KeyPath<ProductTally, Int>) -> Double {
    count == 0 ? 0 : Double(self[keyPath: part]) / Double(count)
  }

  func naive(_ part: KeyPath<Naive, Int>) -> [(name: String, value: Double)] {
    [
      ("t-test of readings after 1 h", Double(unpaired[keyPath: part]) / Double(subjects)),
      ("30 % more in the first five", Double(byEye[keyPath: part]) / Double(subjects)),
    ]
  }

  func coverage(_ cell: String) -> EvidenceRow {
    EvidenceRow(
      goal: "G18", measure: "90 % interval of the difference covers the truth", cell: cell,
      ours: share(\.covered), target: "0.88 to 0.93",
      isMet: (0.88...0.93).contains(share(\.covered)), subjects: count)
  }
}

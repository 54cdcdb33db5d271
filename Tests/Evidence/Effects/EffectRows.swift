import SyntheticSubject

/// G1 to G5 and G7: false claims, coverage, power, bias and delay of effects.
struct EffectRows: Sendable {
  var subjects: Int
  var seed: UInt64

  /// Nothing planted: season and weekday confound.
  private var nullCells: [EffectCell] {
    func cell(
      _ world: World, _ days: Int, _ words: String = "",
      _ change: (inout SubjectPlan) -> Void = { _ in }
    ) -> EffectCell {
      var plan = SubjectPlan(days: days, events: [PlantedEvent(kind: "late_night", peak: 0)])
      change(&plan)
      return EffectCell(world: world, plan: plan, words: words)
    }
    let lengths = World.allCases.flatMap { world in
      [60, 90, 180, 365, 730].map { cell(world, $0) }
    }
    let sweep = [90, 365].flatMap { days in
      [
        cell(.home, days, "φ 0.3") { $0.autocorrelation = 0.3 },
        cell(.home, days, "φ 0.8") { $0.autocorrelation = 0.8 },
        cell(.home, days, "informative missingness") { $0.isMissingInformative = true },
        cell(.home, days, "a device jump of 1 SD") {
          $0.changes = [PlantedChange(kind: .deviceJump, day: days / 2, size: 1)]
        },
      ]
    }
    let several = [180, 365].map { days in
      cell(.home, days, Self.several) { $0.channels = Self.probe }
    }
    return lengths + sweep + several
  }

  private static let several = "any of three outcomes that go together"
  private static let probe: [PlantedChannel] = [.moisture, .sebum, .temperature]

  private var plantedCells: [EffectCell] {
    func cell(
      _ world: World, _ days: Int, _ peak: Double, _ channels: [PlantedChannel] = [.moisture]
    ) -> EffectCell {
      EffectCell(
        world: world,
        plan: SubjectPlan(
          days: days, channels: channels, events: [PlantedEvent(kind: "late_night", peak: peak)]),
        words: "peak \(peak) SD" + (channels.count > 1 ? ", \(Self.several)" : ""))
    }
    return [
      cell(.home, 90, 0.5), cell(.home, 90, 0.8), cell(.home, 180, 0.5), cell(.home, 365, 0.3),
      cell(.home, 365, 0.5), cell(.home, 90, 0.5, Self.probe),
      cell(.home, 180, 0.5, Self.probe), cell(.other, 180, 0.5), cell(.other, 365, 0.5),
      cell(.other, 180, 0.5, Self.probe),
    ]
  }

  /// Figures that others have reached, for power: peak and days to a share.
  private static let peers: [String: Double] = [
    "90 0.5": 0.36, "90 0.8": 0.74, "180 0.5": 0.7, "365 0.5": 0.88, "365 0.3": 0.42,
  ]

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for cell in nullCells {
      let count = await cell.count(subjects: subjects, seed: seed, isNaiveToo: true)
      let claims = count.share(count.claims)
      rows.append(
        EvidenceRow(
          goal: "G1", measure: "false claims where nothing is planted", cell: cell.name,
          ours: claims,
          naive: [
            ("with/without", count.share(count.withAndWithout)),
            ("best of 8 lags, Pearson", count.share(count.bestLag)),
            ("picked kernel, HAC", count.share(count.picked)),
          ], target: "≤ 0.10", isMet: claims <= 0.1, subjects: count.answered))
      rows.append(coverage(count, cell))
      say("\(cell.name): \(count.answered) answers, false claims \(rounded(claims))")
    }
    for cell in plantedCells {
      let count = await cell.count(subjects: subjects, seed: seed, isNaiveToo: false)
      rows += planted(count, cell)
      say("\(cell.name): found \(rounded(count.share(count.claims)))")
    }
    return rows + [await abstention()]
  }

  private func coverage(_ count: EffectCell.Count, _ cell: EffectCell) -> EvidenceRow {
    let share = count.share(count.covered)
    return EvidenceRow(
      goal: "G2", measure: "90 % intervals of the cumulative effect that hold the truth",
      cell: cell.name, ours: share, target: "0.88 to 0.93", isMet: (0.88...0.93).contains(share),
      subjects: count.answered)
  }

  private func planted(_ count: EffectCell.Count, _ cell: EffectCell) -> [EvidenceRow] {
    let peak = cell.plan.events[0].peak
    let power = count.share(count.claims)
    let goal = Self.peers["\(cell.plan.days) \(peak)"]
    var rows = [
      EvidenceRow(
        goal: "G3", measure: "planted effects that are found", cell: cell.name, ours: power,
        target: goal.map { "≥ \(rounded($0))" } ?? "none set", isMet: goal.map { power >= $0 },
        subjects: count.answered), coverage(count, cell),
    ]
    let width = count.halfWidths.sorted()[safe: count.halfWidths.count / 2] ?? 0
    let widest = [90: 1.5, 365: 0.9][cell.plan.days]
    rows.append(
      EvidenceRow(
        goal: "G2", measure: "median half width of the cumulative effect's interval, SD times days",
        cell: cell.name, ours: width, target: widest.map { "≤ \(rounded($0))" } ?? "none set",
        isMet: widest.map { width <= $0 }, subjects: count.answered))
    guard cell.plan.days == 365 else { return rows }
    let bias = abs(count.bias / Double(max(count.answered, 1)))
    rows.append(
      EvidenceRow(
        goal: "G4", measure: "bias of the cumulative effect, SD times days", cell: cell.name,
        ours: bias, target: "≤ 0.10", isMet: bias <= 0.1, subjects: count.answered))
    guard cell.world == .home else { return rows }
    let found = count.share(count.delayFound)
    rows.append(
      EvidenceRow(
        goal: "G5", measure: "likeliest delay within a day of the planted one", cell: cell.name,
        ours: found, target: "≥ 0.95", isMet: found >= 0.95, subjects: count.answered))
    let error = count.calibrationError
    rows.append(
      EvidenceRow(
        goal: "G5", measure: "calibration error of the delay's probabilities", cell: cell.name,
        ours: error, target: "≤ 0.05", isMet: error <= 0.05, subjects: count.answered))
    return rows
  }

  /// Too few days or events: any answer is one too many.
  private func abstention() async -> EvidenceRow {
    let cell = EffectCell(
      world: .home,
      plan: SubjectPlan(
        days: 29, events: [PlantedEvent(kind: "late_night", perYear: 200, peak: 1)]),
      words: "29 d")
    let count = await cell.count(subjects: subjects, seed: seed, isNaiveToo: false)
    let share = Double(count.answered) / Double(max(count.asked, 1))
    return EvidenceRow(
      goal: "G7", measure: "answers below 30 days", cell: "home, 29 d, peak 1 SD", ours: share,
      target: "0", isMet: share == 0, subjects: count.asked)
  }
}

/// Three digits behind the point at most.
func rounded(_ value: Double) -> String {
  let thousandths = Int((abs(value) * 1000).rounded())
  let fraction = String(thousandths % 1000)
  var text =
    "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  if text.hasSuffix("0") { text.removeLast() }
  return (value < 0 && thousandths > 0 ? "−" : "") + text
}

extension Array {
  /// Nil outside.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

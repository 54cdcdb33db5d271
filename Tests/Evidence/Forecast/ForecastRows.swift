import Curves
import Forecast
import Mathematics
import SyntheticSubject

/// G12 and G13: how wrong forecasts are, and how often their intervals hold.
///
/// Every reading after a person's first twenty was foretold from those before it alone.
struct ForecastRows: Sendable {
  var subjects: Int
  var seed: UInt64

  /// Simpler methods, which run beside on the same readings.
  private static let simpler: [(method: ForecastMethod, name: String)] = [
    (.naive, "slot's last reading"), (.ewma, "EWMA"), (.ets, "ETS"), (.ridge, "ridge"),
  ]
  /// Those that what is used may hardly be worse than.
  private static let rivals: [ForecastMethod] = [.ewma, .ets, .ridge]
  /// Over so many readings intervals must hold their share.
  private static let window = 120

  /// What one person's forecasts came to.
  private struct Person: Sendable {
    var used: ForecastScore
    var scores: [ForecastScore]
    /// Of all windows, how many have their share within two points of the promised one.
    var windows: Int
    var right80: Int
    var right90: Int
    /// Of the next reading's 90 % interval, in the channel's unit.
    var width: Double
    /// The error of one who knows all that was planted; nil where that is not worked out.
    var least: Double?

    func score(_ method: ForecastMethod) -> ForecastScore? { scores.first { $0.method == method } }

    /// Whether what was used is at most 2 % worse than the best simpler method.
    func keepsUp(_ error: (ForecastScore) -> Double) -> Bool {
      let best = rivals.compactMap { score($0).map(error) }.min() ?? .infinity
      return error(used) <= 1.02 * best
    }
  }

  func rows(say: @Sendable (String) -> Void) async -> [EvidenceRow] {
    var rows: [EvidenceRow] = []
    for world in World.allCases {
      for days in [120, 365] {
        let plan = SubjectPlan(
          days: days, events: [PlantedEvent(kind: "late_night", peak: 0.5)])
        let people = await people(world, plan)
        let cell = "\(world.rawValue), \(days) d"
        rows += errors(people, cell, goal: days == 120 ? (world == .home ? 0.75 : 0.8) : nil)
        rows += intervals(people, cell)
        say("forecasts, \(cell): MASE \(rounded(mean(people.map(\.used.mase))))")
      }
    }
    let shifted = SubjectPlan(
      days: 365, events: [PlantedEvent(kind: "late_night", peak: 0.5)],
      changes: [PlantedChange(kind: .shift, day: 180, size: 2)])
    rows += intervals(await people(.home, shifted), "home, 365 d, a shift of 2 SD")
    return rows
  }

  // MARK: G12

  private func errors(_ people: [Person], _ cell: String, goal: Double?) -> [EvidenceRow] {
    let next = mean(people.map(\.used.mase))
    let least = Robust.mean(people.compactMap(\.least))
    let (keeping, ofWeek) = (
      mean(people.map { $0.keepsUp(\.mase) ? 1 : 0 }),
      mean(people.map { $0.keepsUp(\.weekMASE) ? 1 : 0 })
    )
    return [
      EvidenceRow(
        goal: "G12", measure: "error of the next reading by that of the slot's last one (MASE)",
        cell: cell, ours: next,
        naive: beside(people, \.mase) + (least.map { [("who knows all", $0)] } ?? []),
        target: goal.map { "≤ \(rounded($0))" } ?? "reported", isMet: goal.map { next <= $0 },
        subjects: people.count),
      EvidenceRow(
        goal: "G12", measure: "the same over all places of the next seven days", cell: cell,
        ours: mean(people.map(\.used.weekMASE)), naive: beside(people, \.weekMASE),
        target: "reported", subjects: people.count),
      EvidenceRow(
        goal: "G12",
        measure: "people whose next reading is foretold at most 2 % worse than by the best of "
          + "EWMA, ETS and ridge", cell: cell, ours: keeping, target: "≥ 0.95",
        isMet: keeping >= 0.95, subjects: people.count),
      EvidenceRow(
        goal: "G12", measure: "people whose next seven days are foretold so", cell: cell,
        ours: ofWeek,
        target: "≥ 0.95", isMet: ofWeek >= 0.95, subjects: people.count),
    ]
  }

  /// The mean over the people for each simpler method.
  private func beside(
    _ people: [Person], _ figure: (ForecastScore) -> Double
  ) -> [(name: String, value: Double)] {
    Self.simpler.map { method, name in
      (name, mean(people.compactMap { $0.score(method).map(figure) }))
    }
  }

  private func mean(_ values: [Double]) -> Double { Robust.mean(values) ?? .nan }

  // MARK: G13

  private func intervals(_ people: [Person], _ cell: String) -> [EvidenceRow] {
    let readings = people.reduce(0) { $0 + $1.used.count }
    let windows = people.reduce(0) { $0 + $1.windows }
    let levels: [(Double, (ForecastScore) -> Double, Int)] = [
      (0.8, \.coverage80, people.reduce(0) { $0 + $1.right80 }),
      (0.9, \.coverage90, people.reduce(0) { $0 + $1.right90 }),
    ]
    var rows: [EvidenceRow] = []
    for (level, coverage, right) in levels {
      let held = people.reduce(0) { $0 + coverage($1.used) * Double($1.used.count) }
      let share = held / Double(max(readings, 1))
      let percent = Int((level * 100).rounded())
      rows.append(
        EvidenceRow(
          goal: "G13", measure: "next readings within their \(percent) % intervals", cell: cell,
          ours: share, naive: beside(people, coverage),
          target: "\(rounded(level - 0.02)) to \(rounded(level + 0.02))",
          isMet: (share - level).magnitude <= 0.02, subjects: people.count))
      let rightShare = Double(right) / Double(max(windows, 1))
      rows.append(
        EvidenceRow(
          goal: "G13",
          measure: "stretches of \(Self.window) readings of which \(percent) ± 2 % are within",
          cell: cell, ours: rightShare, naive: [("by chance", Self.coin(level))],
          target: "1.00", isMet: rightShare == 1, subjects: people.count))
    }
    let ratio = mean(
      people.compactMap { person in
        person.score(.ridge).map { person.used.crps / $0.crps }
      })
    rows.append(
      EvidenceRow(
        goal: "G13", measure: "CRPS of the next reading by that of ridge", cell: cell, ours: ratio,
        target: "≤ 1.00", isMet: ratio <= 1, subjects: people.count))
    rows.append(
      EvidenceRow(
        goal: "G13", measure: "mean width of the next reading's 90 % interval, SD", cell: cell,
        ours: mean(people.map(\.width)) / PlantedChannel.moisture.deviation,
        target: "reported", subjects: people.count))
    return rows
  }

  /// Whether so many hits of a window are the promised share, to two points.
  private static func isRight(_ hits: Int, _ level: Double) -> Bool {
    (Double(hits) / Double(window) - level).magnitude <= 0.02 + 1e-9
  }

  /// How often tosses of a coin that never learns would be right over a window.
  private static func coin(_ level: Double) -> Double {
    var chance = (1 - level).power(Double(window))
    var sum = 0.0
    for hits in 0...window {
      if isRight(hits, level) { sum += chance }
      chance *= Double(window - hits) / Double(hits + 1) * level / (1 - level)
    }
    return sum
  }

  /// Of all windows of one person's readings, each a reading later, how many are right.
  private static func right(_ within: [Bool], _ level: Double) -> Int {
    var (hits, right) = (0, 0)
    for index in within.indices {
      if within[index] { hits += 1 }
      if index >= window, within[index - window] { hits -= 1 }
      if index >= window - 1, isRight(hits, level) { right += 1 }
    }
    return right
  }

  // MARK: The people

  private func people(_ world: World, _ plan: SubjectPlan) async -> [Person] {
    await asked(subjects, seed: seed) { seed -> Person? in
      let history = world.subject(plan, seed: seed).history
      // Whose readings are too few or too old says so; such people are not counted.
      guard let result = try? Forecaster(history: history, curve: history.curves[0]).run(),
        let next = result.next
      else { return nil }
      return Person(
        used: result.used, scores: result.scores,
        windows: max(0, result.within90.count - Self.window + 1),
        right80: Self.right(result.within80, 0.8), right90: Self.right(result.within90, 0.9),
        width: next.likely90.high - next.likely90.low,
        least: world == .home ? KnowsAll.error(plan, seed: seed) : nil)
    }.compactMap { $0 }
  }
}

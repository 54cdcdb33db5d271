/// A way to foretell readings; all run side by side, and the best so far is used.
package enum ForecastMethod: String, Sendable, Codable, CaseIterable {
  /// The mean of past readings, the later ones weighing more, and the slot's habit.
  case ewma
  /// Exponential smoothing of level, slot or weekday, and damped trend (additive ETS).
  case ets
  /// Ridge regression on earlier readings, weekday, events and air.
  case ridge
  /// The structural model: a walking level, a part that comes back, slot, week and events.
  case structural
  /// The mean of these four, each weighing by how well it did.
  case blend
  /// The last reading of the same slot: what every other method is measured against. Never used.
  case naive

  /// For a person.
  package var name: String {
    switch self {
    case .ewma: "the weighted mean of past readings"
    case .ets: "exponential smoothing"
    case .ridge: "regression on past readings"
    case .structural: "the structural model"
    case .blend: "the mean of four methods"
    case .naive: "the last reading of the slot"
    }
  }

  /// So many, the first, are blended.
  static let blended = 4
}

/// How a method did on readings that it had not seen, each foretold from those before it.
package struct ForecastScore: Hashable, Sendable, Codable {
  package var method: ForecastMethod
  /// How many readings were foretold.
  package var count: Int
  /// Mean absolute error of the next reading, over that of the slot's last reading; below 1 is
  /// better.
  package var mase: Double
  /// The same over all places of the next seven days.
  package var weekMASE: Double
  /// Continuous ranked probability score of the next reading, in the curve's unit; less is better.
  package var crps: Double
  /// Share of next readings within the intervals of this level.
  package var coverage80: Double
  package var coverage90: Double
}

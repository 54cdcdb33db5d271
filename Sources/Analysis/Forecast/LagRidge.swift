internal import Curves
internal import Mathematics

/// Ridge regression on earlier readings, slot, weekday, the air and events: one for each place
/// ahead.
///
/// Each regression grows by a row a reading, so that a year of forecasts costs little more than
/// one.
struct LagRidge: Course {
  /// What is known of the places themselves, whatever was read.
  struct Surroundings {
    var events: KnownEvents
    /// Each channel of the air at each place, in its own SD; where not measured, nil.
    var air: [[Double?]]
    /// Days since 1970 of the first place.
    var firstDay: Int
  }

  private let opening: Opening
  private let surroundings: Surroundings
  private var regressions: [GrowingLeastSquares]
  /// What each of the latest places knew of its next fourteen: the rows to learn from.
  private var rows: [[[Double]]] = Array(repeating: [], count: reach + 1)
  private var place = -1
  /// Latest readings first, in the opening's SD, without the slot's habit.
  private var latest = [0.0, 0.0, 0.0]
  private var means = [0.0, 0.0, 0.0]
  private var lastOfSlot: [Double]
  private var slots: [Double]
  private var airMeans: [Double]

  private static let meanRates = [0.3, 0.1, 0.03]
  private static let slotRate = 0.03
  private static let airRate = 0.4

  init(_ opening: Opening, _ surroundings: Surroundings) {
    self.opening = opening
    self.surroundings = surroundings
    let air = surroundings.air.count
    let penalties =
      [0.01, 0.3] + Array(repeating: 20, count: 6) + [4, 6, 6, 3, 2, 2, 4]
      + Array(repeating: 15, count: 2 * air)
      + Array(repeating: 10, count: surroundings.events.traces.count)
    regressions = Array(repeating: GrowingLeastSquares(penalties: penalties), count: reach)
    slots = opening.slots.map { $0 / opening.deviation }
    lastOfSlot = slots
    airMeans = Array(repeating: 0, count: air)
  }

  mutating func step(_ place: Int, _ value: Double?) {
    self.place = place
    for (index, channel) in surroundings.air.enumerated() {
      guard let air = channel[place] else { continue }
      airMeans[index] += Self.airRate * (air - airMeans[index])
    }
    rows[place % rows.count] = []
    guard let value else { return }
    let scaled = (value - opening.mean) / opening.deviation
    learn(scaled)
    let slot = place % Grid.perDay
    let own = scaled - slots[slot]
    slots[slot] += Self.slotRate * (own - means[1])
    lastOfSlot[slot] = scaled
    latest = [own, latest[0], latest[1]]
    for index in means.indices { means[index] += Self.meanRates[index] * (own - means[index]) }
    let known = shared
    rows[place % rows.count] = (1...reach).map { row(ahead: $0, known) }
  }

  /// The reading is what every earlier place that was read foretold, well or badly.
  private mutating func learn(_ value: Double) {
    for ahead in 1...reach where place >= ahead {
      let earlier = rows[(place - ahead) % rows.count]
      guard !earlier.isEmpty else { continue }
      regressions[ahead - 1].add(earlier[ahead - 1], value)
    }
  }

  /// What does not depend on how far is looked ahead.
  private var shared: [Double] {
    let air = surroundings.air.indices.flatMap { index -> [Double] in
      let now = surroundings.air[index][place] ?? airMeans[index]
      return [now, airMeans[index]]
    }
    return latest + means + air
  }

  private func row(ahead: Int, _ shared: [Double]) -> [Double] {
    let target = place + ahead
    let slot = target % Grid.perDay
    let day = surroundings.firstDay + Grid.day(target)
    var row = [1, slot == 0 ? -0.5 : 0.5]
    row.reserveCapacity(regressions[0].count)
    row += weekdays[(day % 7 + 7) % 7]
    row += shared[0..<6]
    row.append(lastOfSlot[slot])
    row += shared[6...]
    for trace in surroundings.events.traces {
      row.append(trace.value(from: place, ahead: ahead))
    }
    return row
  }

  mutating func outlook() -> [Double] {
    let rows = rows[place % rows.count]
    guard !rows.isEmpty else { return Array(repeating: opening.mean, count: reach) }
    return (0..<reach).map { ahead in
      let weights = regressions[ahead].coefficients
      var sum = 0.0
      for index in weights.indices { sum += weights[index] * rows[ahead][index] }
      return opening.mean + opening.deviation * sum
    }
  }
}

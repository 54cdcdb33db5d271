internal import Mathematics
package import Curves
internal import Readings

/// A regressor that an effect is adjusted for, with how large it may be expected to be.
package struct Regressor: Sendable {
  /// What it adjusts for, for a person: `season`; several regressors share a name.
  package var name: String
  /// One value a reading.
  package var values: [Double]
  /// Standard deviation of its coefficient beforehand, in the outcome's own SD.
  package var expected: Double

  package init(name: String, values: [Double], expected: Double) {
    self.name = name
    self.values = values
    self.expected = expected
  }
}

extension [Regressor] {
  /// What they adjust for, each once; a level is no adjustment.
  package var names: [String] {
    var names: [String] = []
    for regressor in self where regressor.name != "level" && !names.contains(regressor.name) {
      names.append(regressor.name)
    }
    return names
  }
}

/// What every comparison of readings is adjusted for.
package struct Adjustments: Sendable {
  package var history: History
  package var curve: Curve
  /// The places with a reading, ascending.
  package var places: [Int]

  /// Adjusts the readings of a curve in these places.
  package init(history: History, curve: Curve, places: [Int]) {
    self.history = history
    self.curve = curve
    self.places = places
  }

  /// Level and epochs, slot, weekday, season, logged cycle, time since cleansing, and the air.
  ///
  /// - Parameter left: channels of the air that are left out, as they are what is asked about.
  /// - Returns: one value a place each.
  package func regressors(withoutAir left: Set<String> = []) -> [Regressor] {
    levels() + slot() + week() + season() + cycle() + cleansing() + air(without: left)
  }

  private func levels() -> [Regressor] {
    let epochs = places.map { curve.epochs[$0] }
    let level = Regressor(name: "level", values: places.map { _ in 1 }, expected: 10)
    let later = Set(epochs).sorted().dropFirst().map { epoch in
      Regressor(name: "epoch", values: epochs.map { $0 >= epoch ? 1 : 0 }, expected: 3)
    }
    return [level] + later
  }

  private func slot() -> [Regressor] {
    let values = places.map { Grid.slot($0) == .morning ? -0.5 : 0.5 }
    return Set(values).count < 2 ? [] : [Regressor(name: "slot", values: values, expected: 2)]
  }

  private func harmonic(_ name: String, expected: Double, _ turns: (Int) -> Double) -> [Regressor] {
    let angles = places.map { turns($0) * 2 * Double.pi }
    return [
      Regressor(name: name, values: angles.map(\.sine), expected: expected),
      Regressor(name: name, values: angles.map(\.cosine), expected: expected),
    ]
  }

  private func week() -> [Regressor] {
    (1...3).flatMap { harmonic in
      self.harmonic("weekday", expected: 0.3) {
        Double(harmonic * history.date($0).daysSince1970) / 7
      }
    }
  }

  private func season() -> [Regressor] {
    harmonic("season", expected: 0.8) { Double(history.date($0).daysSince1970) / 365.2425 }
      + harmonic("season", expected: 0.3) { 2 * Double(history.date($0).daysSince1970) / 365.2425 }
  }

  /// By phase between logged starts: a fixed period would drift out of step.
  private func cycle() -> [Regressor] {
    guard let starts = history.events.first(where: { $0.kind == "cycle_start" }) else { return [] }
    let days = starts.doses.indices.filter { starts.doses[$0] > 0 }.map(Grid.day)
    guard days.count >= 3 else { return [] }
    func phase(_ day: Int) -> Double? {
      guard let from = days.last(where: { $0 <= day }), let to = days.first(where: { $0 > day }),
        (15...60).contains(to - from)
      else { return nil }
      return Double(day - from) / Double(to - from)
    }
    let phases = places.map { phase(Grid.day($0)) }
    return [
      Regressor(
        name: "cycle", values: phases.map { $0.map { ($0 * 2 * Double.pi).sine } ?? 0 },
        expected: 0.3),
      Regressor(
        name: "cycle", values: phases.map { $0.map { ($0 * 2 * Double.pi).cosine } ?? 0 },
        expected: 0.3),
    ]
  }

  private func cleansing() -> [Regressor] {
    guard let cleansed = history.events.first(where: { $0.kind == "cleansed" }) else { return [] }
    let values = places.map { cleansed.doses[$0] > 0 ? 1.0 : 0 }
    return Set(values).count < 2
      ? [] : [Regressor(name: "cleansing", values: values, expected: 0.5)]
  }

  /// Each channel about its mean, in its own SD; where it was not measured, 0 and a flag for it.
  private func air(without left: Set<String>) -> [Regressor] {
    history.air.filter { !left.contains($0.channel) }.flatMap { channel -> [Regressor] in
      guard let values = Self.standardised(channel, places) else { return [] }
      var made = [Regressor(name: channel.channel, values: values, expected: 0.4)]
      if channel.channel == "air.humidity" {
        let squares = values.map { $0 * $0 - 1 }
        made.append(Regressor(name: channel.channel, values: squares, expected: 0.3))
      }
      return made
    } + absence(without: left)
  }

  private func absence(without left: Set<String>) -> [Regressor] {
    guard let channel = history.air.first(where: { !left.contains($0.channel) }) else { return [] }
    let values = places.map { channel.values[$0] == nil ? 1.0 : 0 }
    let absent = values.reduce(0, +)
    guard absent > 0, absent < Double(values.count) else { return [] }
    return [Regressor(name: "air not measured", values: values, expected: 0.3)]
  }

  /// Nil where the channel was hardly measured, or never changed.
  package static func standardised(_ channel: AirCurve, _ places: [Int]) -> [Double]? {
    let seen = places.compactMap { channel.values[$0] }
    guard seen.count * 2 > places.count, let mean = Robust.mean(seen),
      let deviation = Robust.deviation(seen), deviation > 1e-9
    else { return nil }
    return places.map { channel.values[$0].map { ($0 - mean) / deviation } ?? 0 }
  }
}

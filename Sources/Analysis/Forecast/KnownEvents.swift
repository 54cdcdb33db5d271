internal import Curves
internal import Mathematics

/// What the doses that are known at one place still do at a later one.
struct KnownEvents {
  /// One kind of event through one kernel.
  struct Trace {
    var name: String
    /// In places.
    var delay: Int
    /// From place to place.
    var kept: Double
    /// At each place and fourteen beyond, of all doses that are old enough.
    var values: [Double]

    /// At `ahead` places after `place`, of doses up to `place` alone.
    func value(from place: Int, ahead: Int) -> Double {
      if ahead <= delay { return values[place + ahead] }
      return values[place + delay] * kept.power(Double(ahead - delay))
    }
  }

  private(set) var traces: [Trace] = []
  /// More kinds than these, the commonest, are not looked at.
  private static let kinds = 8

  init(_ history: History) {
    let common = history.events.filter { $0.count >= 8 }.sorted { $0.count > $1.count }
    for event in common.prefix(Self.kinds) {
      for (delay, tau) in [(0, 1.5), (Grid.perDay, 3.0)] {
        let kept = (-1 / (tau * Double(Grid.perDay))).exponential
        var values = Array(repeating: 0.0, count: history.places + reach + 1)
        for place in values.indices {
          let dosed = place - delay
          let dose = event.doses.indices.contains(dosed) ? event.doses[dosed] : 0
          values[place] = (place > 0 ? kept * values[place - 1] : 0) + dose
        }
        traces.append(Trace(name: event.kind, delay: delay, kept: kept, values: values))
      }
    }
  }
}

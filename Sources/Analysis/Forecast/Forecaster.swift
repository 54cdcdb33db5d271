package import Curves
internal import Mathematics
internal import Readings

/// Foretells a curve's next reading and its next seven days, from what foretold best so far.
///
/// Every reading after the first twenty was foretold by every method from those before it (rolling
/// origin); scores and intervals come from these forecasts alone.
package struct Forecaster: Sendable {
  package var history: History
  package var curve: Curve
  /// Fewer readings are not enough to say how wrong a forecast is.
  package static let leastReadings = 30

  /// Foretells a curve; events and air are taken from the history.
  package init(history: History, curve: Curve) {
    self.history = history
    self.curve = curve
  }

  /// - Throws: `Silence` where there are too few readings of the last epoch, they are all equal, or
  ///   the last one is more than seven days before the history's end.
  package func run() throws(Silence) -> ForecastResult {
    let curve = try usable()
    var trial = ForecastTrial(history, curve)
    for place in curve.values.indices { trial.step(place, curve.values[place]) }
    return try trial.result(readings: curve.count)
  }

  /// The readings of the last epoch, up to the last of them.
  private func usable() throws(Silence) -> Curve {
    var usable = curve
    guard let last = curve.values.lastIndex(where: { $0 != nil }) else {
      throw Silence(
        "no readings of \(curve.name) so far; at least \(Self.leastReadings) are needed",
        "尚无\(curve.chineseName)读数，至少需要 \(Self.leastReadings) 次")
    }
    usable.values = Array(curve.values[...last])
    usable.epochs = Array(curve.epochs[...last])
    let epoch = curve.epochs[last]
    for place in usable.values.indices where usable.epochs[place] != epoch {
      usable.values[place] = nil
    }
    let read = usable.values.compactMap { $0 }
    guard read.count >= Self.leastReadings else {
      let since = read.count < curve.count ? " since its last calibration" : " so far"
      throw Silence(
        "\(read.count) readings of \(curve.name)\(since); at least \(Self.leastReadings) are needed",
        "\(read.count < curve.count ? "上次校准以来" : "目前")有 \(read.count) 次\(curve.chineseName)读数，至少需要 \(Self.leastReadings) 次"
      )
    }
    guard let least = read.min(), let most = read.max(), most > least else {
      throw Silence(
        "all \(read.count) readings of \(curve.name) are equal",
        "\(curve.chineseName)的 \(read.count) 次读数全都相等")
    }
    guard history.places - 1 - last <= reach else {
      let days = history.days - 1 - Grid.day(last)
      throw Silence(
        "the last reading of \(curve.name) is \(days) days old; one of the last 7 days is needed",
        "\(curve.chineseName)的最后一次读数已是 \(days) 天前，需要最近 7 天内的读数")
    }
    return usable
  }
}

extension LagRidge.Surroundings {
  init(_ history: History, _ events: KnownEvents) {
    self.events = events
    firstDay = history.firstDate.daysSince1970
    air = history.air.compactMap { Self.standardised($0, places: history.places) }
  }

  /// By the first twenty values, as the later ones are not known then.
  private static func standardised(_ channel: AirCurve, places: Int) -> [Double?]? {
    let first = channel.values.lazy.compactMap { $0 }.prefix(20)
    guard first.count == 20, let mean = Robust.mean(Array(first)),
      let deviation = Robust.deviation(Array(first)), deviation > 1e-9
    else { return nil }
    return (0..<places).map { place in
      guard place < channel.values.count, let value = channel.values[place] else { return nil }
      return min(max((value - mean) / deviation, -4), 4)
    }
  }
}

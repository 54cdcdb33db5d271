internal import Curves
internal import Mathematics
internal import Readings
internal import StateSpace

/// How one outcome of a person wanders without any trial: what a plan's power rests on.
struct OwnNoise {
  var noise: Noise
  /// SD of the noise, in the person's own SD.
  var deviation: Double
  /// The share of mornings, and of evenings, that have a reading.
  var read: (morning: Double, evening: Double)
  /// Standard error of the logarithm of the SD of a few days' mean.
  ///
  /// As measured in the home world: 0.21 from 60 days, 0.14 from 120. Of a made-up person 0.2, as people
  /// differ.
  var doubt = 0.2
  /// Days with a reading that it is estimated from; nil where a made-up person's is taken.
  var days: Int?

  /// People as the home world makes them up: correlation 0.5 over a day in 60 % of the variance, the
  /// rest each reading's own; 15 % are missing.
  static let home = OwnNoise(
    noise: Noise(perDay: 0.5, share: 0.6), deviation: 1, read: (0.85, 0.85))

  /// Fewer days with a reading say too little about the noise.
  static let leastDays = 30
  /// The season of more days than this would be taken for noise; and older habits of reading are over.
  private static let recentDays = 120

  private init(noise: Noise, deviation: Double, read: (morning: Double, evening: Double)) {
    (self.noise, self.deviation, self.read) = (noise, deviation, read)
  }

  /// The diary's where it is long enough, else the home world's.
  init(of curve: Curve, in history: History) {
    self = .home
    let recent = max(0, history.days - Self.recentDays)..<history.days
    var late = curve
    for place in late.values.indices where !recent.contains(Grid.day(place)) {
      late.values[place] = nil
    }
    let read = Set(late.values.indices.filter { late.values[$0] != nil }.map(Grid.day)).count
    var model = StructuralModel()
    model.isWalking = false
    // What cannot be fitted is as good as too short a diary.
    guard read >= Self.leastDays, let fit = try? model.fit(late, from: history.firstDate),
      let own = Robust.deviation(curve.values.compactMap { $0 })
    else { return }
    let (returning, white) = (fit.wander.returning, fit.wander.noise)
    noise = Noise(perDay: fit.wander.keptPerDay, share: returning / (returning + white))
    deviation = (returning + white).squareRoot() / own
    func share(_ slot: Slot) -> Double {
      let kept = recent.count { late.values[Grid.index(day: $0, slot: slot)] != nil }
      return Double(kept) / Double(recent.count)
    }
    self.read = (share(.morning), share(.evening))
    doubt = 1.55 / Double(read).squareRoot()
    days = read
  }
}

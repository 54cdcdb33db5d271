internal import Curves
internal import Mathematics
internal import Readings

/// The readings of one curve in one slot over a month.
struct SlotMonth {
  /// Fewer readings have no mean.
  static let leastReadings = 5

  let curve: Curve
  /// The places of the slot in the month that have a reading, ascending.
  let places: [Int]

  init(_ history: History, _ curve: Curve, _ slot: Slot, _ month: Month) {
    self.curve = curve
    places = history.places(from: month.first, to: month.last).filter {
      curve.values.indices.contains($0) && Grid.slot($0) == slot && curve.values[$0] != nil
    }
  }

  var count: Int { places.count }
  var epochs: Set<Int> { Set(places.map { curve.epochs[$0] }) }

  /// In the curve's unit; silent where the readings are few or of several epochs.
  var mean: Result<Double, Silence> {
    guard count >= Self.leastReadings else {
      return .failure(
        Silence("\(Words.counted(count, "reading")); a mean needs \(Self.leastReadings)"))
    }
    guard epochs.count == 1 else {
      return .failure(Silence("a new epoch began: what was read before and after is not averaged"))
    }
    guard let mean = Robust.mean(places.compactMap { curve.values[$0] }) else {
      return .failure(Silence("no readings"))
    }
    return .success(mean)
  }
}

/// One slot's readings of a month against those of the month before.
struct SlotComparison {
  /// Fewer readings in either month have no difference.
  static let leastReadings = 10

  let slot: Slot
  let present: SlotMonth
  let before: SlotMonth
  private let month: Month
  private let history: History

  init(_ history: History, _ curve: Curve, _ slot: Slot, _ month: Month) {
    self.history = history
    self.slot = slot
    self.month = month
    present = SlotMonth(history, curve, slot, month)
    before = SlotMonth(history, curve, slot, month.previous)
  }

  /// This month's mean minus that of the month before, in the curve's unit, with a 90 % interval.
  ///
  /// Neighbouring readings go together, and levels wander by themselves: the variance of the means is
  /// averaged over ``NoiseGrid`` by how well each noise explains the last year. Adjusted for nothing else.
  var difference: Result<Estimate, Silence> {
    guard min(present.count, before.count) >= Self.leastReadings else {
      return .failure(
        Silence("a difference needs \(Self.leastReadings) readings in both months"))
    }
    guard let epoch = present.epochs.first, present.epochs == before.epochs,
      case .success(let mean) = present.mean, case .success(let earlier) = before.mean
    else { return .failure(Silence("the months are of several epochs, which are not compared")) }
    guard let noise = YearsNoise(history, present.curve, slot, epoch, month) else {
      return .failure(Silence("the readings are all the same"))
    }
    let deviation = noise.variance(of: weighted).squareRoot()
    let half = StudentT(df: noise.df).quantile(0.95) * deviation
    let value = mean - earlier
    return .success(Estimate(value: value, low: value - half, high: value + half))
  }

  /// What each reading counts in the difference of the two means.
  private var weighted: [(place: Int, weight: Double)] {
    present.places.map { ($0, 1 / Double(present.count)) }
      + before.places.map { ($0, -1 / Double(before.count)) }
  }
}

internal import Curves
internal import Effects
internal import Mathematics
internal import Products
internal import Readings
internal import StateSpace

/// What a trial of so many pairs would see, were it done: by formula, over a few tosses of its coin.
struct TrialReach {
  var noise: OwnNoise
  /// Doses on a day of the arm with the event.
  var dosesPerDay: Double
  /// The probability of each of ``LagKernel/all``; they sum to 1.
  var kernels: [Double]
  /// A single outcome's level of the test.
  var level: Double

  /// Orders and missing readings that the power is averaged over.
  private static let tosses: ClosedRange<UInt64> = 1...8

  /// One toss: the difference's standard error, in own SD, and what each kernel's whole dose makes of it.
  private struct Toss {
    var error: Double
    var shown: [Double]
  }

  /// How far the noise may be off, in standard errors, with weights: Gauss and Hermite's three points.
  private static let doubts: [(errors: Double, weight: Double)] = [
    (-3.0.squareRoot(), 1.0 / 6), (0, 2.0 / 3), (3.0.squareRoot(), 1.0 / 6),
  ]

  /// The probability of a claim, for an event that does `peak` own SD at its strongest.
  ///
  /// Averaged over what is not known: when the effect comes and stays, and how large the noise is.
  func power(_ plan: NOf1Plan, peak: Double) -> Double {
    // As few orders as there are cannot show less than this by chance.
    guard 2 / Double(1 << min(plan.pairs, 40)) <= level else { return 0 }
    let pairs = Double(plan.pairs)
    return mean(plan) { toss in
      Self.doubts.reduce(0) { sum, doubt in
        let error = toss.error * (doubt.errors * noise.doubt).exponential
        let powers = toss.shown.map {
          TrialPower.difference(
            gap: peak * $0, deviation: error * pairs.squareRoot(), pairs: plan.pairs,
            level: 1 - level)
        }
        return sum + doubt.weight * zip(kernels, powers).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }

  /// What the arms' compared days differ by on average, for a peak of 1.
  func difference(_ plan: NOf1Plan) -> Double {
    mean(plan) { toss in zip(kernels, toss.shown).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private func mean(_ plan: NOf1Plan, _ value: (Toss) -> Double) -> Double {
    let values = Self.tosses.compactMap { toss($0, plan).map(value) }
    return Robust.mean(values) ?? 0
  }

  private func toss(_ seed: UInt64, _ plan: NOf1Plan) -> Toss? {
    guard
      let tossed = try? NOf1Plan(
        person: plan.person, event: plan.event, arms: plan.arms, start: plan.start,
        blocks: plan.blocks, blockDays: plan.blockDays, washoutDays: plan.washoutDays, seed: seed)
    else { return nil }
    var random = SeededGenerator(seed: seed)
    let history = History(person: plan.person.rawValue, firstDate: plan.start, days: plan.days)
    let places = (0..<history.places).filter { place in
      let share = Grid.slot(place) == .morning ? noise.read.morning : noise.read.evening
      return random.chance(share) && tossed.isCompared(history.date(place))
    }
    let doses = (0..<history.places).map { place in
      Grid.slot(place) == .evening && tossed.arm(on: history.date(place)) == .with
        ? dosesPerDay : 0
    }
    let blank = Curve(channel: "", values: Array(repeating: nil, count: history.places))
    let adjusted = Adjustments(history: history, curve: blank, places: places).regressors()
    let arm = places.map { tossed.arm(on: history.date($0)) == .with ? 0.5 : -0.5 }
    let effects = LagKernel.all.map { kernel in
      let spread = kernel.spread(doses)
      return places.map { spread[$0] }
    }
    let widths = [Double.infinity] + adjusted.map(\.expected)
    let columns = Matrix(columns: [arm] + adjusted.map(\.values) + effects)
    let gram = Whitening(places: places, noise: noise.noise).whitened(columns).gram
    return solved(gram, widths)
  }

  /// The arm is the first column, effects come after the widths' columns.
  private func solved(_ gram: Matrix, _ widths: [Double]) -> Toss? {
    let used = Array(widths.indices)
    var inner = gram.minor(used)
    for index in used { inner[index, index] += 1 / (widths[index] * widths[index]) }
    guard let factor = Cholesky(inner) else { return nil }
    var unit = Array(repeating: 0.0, count: widths.count)
    unit[0] = 1
    let row = factor.solve(unit)
    let shown = (widths.count..<gram.columns).map { effect in
      used.reduce(0) { $0 + row[$1] * gram[$1, effect] }
    }
    return Toss(error: row[0].squareRoot() * noise.deviation, shown: shown)
  }
}

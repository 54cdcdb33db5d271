internal import Curves
internal import Mathematics

/// Fisher's exact test of a difference: how many orders that the coin could have given show as much.
///
/// Right whatever the readings' noise: it takes nothing for granted but the coin. The interval holds
/// the differences that the test does not refuse. Source: R. A. Fisher, "The Design of Experiments",
/// 1935, section 21; P. Rosenbaum, "Observational Studies", 2002, section 2.6.
struct Rerandomisation {
  /// All orders are counted up to so many; of more, draws are.
  static let most = 4096
  static let draws = 4999

  /// The difference by least squares.
  let value: Double
  /// Each order's products with the readings and with the tossed order, and 1 over its length.
  ///
  /// The tossed one is first.
  private let orders: [(reading: Double, tossed: Double, scale: Double)]

  /// Nil where no reading tells the arms apart.
  ///
  /// - Parameters:
  ///   - tossed: 1 where a pair begins with the event, −1 where it ends with it.
  ///   - products: of each pair's column with the readings.
  ///   - squares: of the pairs' columns with each other.
  ///   - seed: of the draws, where all orders are too many.
  init?(tossed: [Double], products: [Double], squares: Matrix, seed: UInt64) {
    let toTossed = squares.times(tossed)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    guard dot(tossed, toTossed) > 1e-9 else { return nil }
    value = dot(tossed, products) / dot(tossed, toTossed)
    orders = Self.orders(of: tossed, seed: seed).map { order in
      let square = Self.square(order, squares)
      return (
        dot(order, products), dot(order, toTossed), square > 1e-9 ? 1 / square.squareRoot() : 0
      )
    }
  }

  /// The tossed orders, then all there are, or as many as are drawn.
  private static func orders(of tossed: [Double], seed: UInt64) -> [[Double]] {
    let pairs = tossed.count
    if pairs < Int.bitWidth - 2, 1 << pairs <= most {
      let all = (0..<(1 << pairs)).map { number in
        (0..<pairs).map { (number >> $0) & 1 == 1 ? 1.0 : -1 }
      }
      return [tossed] + all.filter { $0 != tossed }
    }
    var coin = SeededGenerator(seed: seed)
    return [tossed]
      + (0..<draws).map { _ in (0..<pairs).map { _ in coin.next() >> 63 == 1 ? 1.0 : -1 } }
  }

  private static func square(_ order: [Double], _ squares: Matrix) -> Double {
    squares.elements.withUnsafeBufferPointer { squares in
      var square = 0.0
      for row in order.indices {
        var sum = 0.0
        let first = row * order.count
        for column in order.indices { sum += squares[first + column] * order[column] }
        square += order[row] * sum
      }
      return square
    }
  }

  /// The share of orders that speak as strongly against a difference, the tossed one included.
  func p(of difference: Double = 0) -> Double {
    func size(_ order: (reading: Double, tossed: Double, scale: Double)) -> Double {
      abs(order.reading - difference * order.tossed) * order.scale
    }
    let seen = size(orders[0]) * (1 - 1e-9) - 1e-12
    return Double(orders.count { size($0) >= seen }) / Double(orders.count)
  }

  /// The differences whose p is above 1 − level.
  func interval(level: Double = 0.9) -> Estimate {
    Estimate(value: value, low: end(-1, level), high: end(1, level), level: level)
  }

  /// Outwards by doubling, then by halving; infinite where no order is rare enough.
  private func end(_ sign: Double, _ level: Double) -> Double {
    var (inside, step) = (0.0, 0.05)
    while p(of: value + sign * step) > 1 - level {
      (inside, step) = (step, 2 * step)
      guard step < 1e6 else { return sign * .infinity }
    }
    for _ in 0..<30 {
      let middle = (inside + step) / 2
      if p(of: value + sign * middle) > 1 - level { inside = middle } else { step = middle }
    }
    return value + sign * step
  }
}

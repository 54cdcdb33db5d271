internal import Curves
internal import Mathematics

/// What is believed of the year before two of them were seen: SD of its sine and cosine, in own SD.
struct SeasonPrior: Sendable {
  var expected: Double
  /// The date of the grid's first day, in days since 1970.
  var firstDay: Int

  /// Prior precisions of the regressors: level, and the year's sine and cosine where they are thought of.
  var ridge: [Double] {
    expected > 0 ? [0, 1 / (expected * expected), 1 / (expected * expected)] : [0]
  }

  func row(_ place: Int) -> [Double] { expected > 0 ? [1] + year(place) : [1] }

  /// The year's sine and cosine at a place.
  func year(_ place: Int) -> [Double] {
    let turn = 2 * Double.pi * Double(firstDay + Grid.day(place)) / 365.2425
    return [turn.sine, turn.cosine]
  }
}

/// A year as it was found in two years or more: taken out of the readings before they are watched.
struct SeasonPart: Sendable {
  /// Days of an epoch before its year is told from a change.
  static let leastDays = 730

  private(set) var coefficients = [0.0, 0.0]
  private var season = SeasonPrior(expected: 0, firstDay: 0)

  init() {}

  /// By least squares, with a level for each baseline; nil where that cannot be solved.
  ///
  /// - Parameters:
  ///   - places: those with a reading.
  ///   - values: a reading a place.
  ///   - starts: the first place of each baseline, ascending.
  ///   - season: which date the grid begins at.
  init?(places: [Int], values: [Double], starts: [Int], season: SeasonPrior) {
    self.season = season
    let used = starts.filter { start in places.contains { $0 >= start } }
    guard let deviation = Robust.deviation(values), deviation > 0 else { return nil }
    let size = used.count + 2
    var normal = Matrix(rows: size, columns: size)
    var products = Array(repeating: 0.0, count: size)
    // As if two months of an average day had been seen: a little shrinkage keeps it solvable.
    for index in 0..<size { normal[index, index] = index < 2 ? 8 : 1e-6 }
    for (place, value) in zip(places, values) {
      let level = (used.lastIndex { $0 <= place } ?? 0) + 2
      let row = season.year(place)
      for a in 0..<2 {
        products[a] += row[a] * value
        normal[level, a] += row[a]
        normal[a, level] += row[a]
        for b in 0..<2 { normal[a, b] += row[a] * row[b] }
      }
      products[level] += value
      normal[level, level] += 1
    }
    guard let solved = Cholesky(normal)?.solve(products) else { return nil }
    coefficients = Array(solved.prefix(2))
  }

  func value(_ place: Int) -> Double {
    guard coefficients != [0, 0] else { return 0 }
    let year = season.year(place)
    return coefficients[0] * year[0] + coefficients[1] * year[1]
  }
}

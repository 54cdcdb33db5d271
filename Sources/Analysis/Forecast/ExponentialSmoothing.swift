/// Additive exponential smoothing: level, damped trend, season (ETS(A,Ad,A); without a trend,
/// ETS(A,N,A)).
///
/// Source: R. Hyndman et al., "Forecasting with exponential smoothing", 2008, chapter 2.
package struct ExponentialSmoothing: Sendable {
  /// How far one surprise moves the level, the trend and the season.
  package var level, trend, season: Double
  /// What is kept of the trend from place to place; 0 for none.
  package var damping: Double
  /// The state: level, trend, and the seasons from the next place on.
  package var height: Double
  package var slope: Double
  package var seasons: [Double]
  /// The place in `seasons` of the next place's.
  private var next = 0

  /// The seasons are one a place of a season, from the first place on; at least one.
  package init(
    level: Double, trend: Double, season: Double, damping: Double, height: Double,
    slope: Double = 0, seasons: [Double]
  ) {
    precondition(!seasons.isEmpty)
    (self.level, self.trend, self.season, self.damping) = (level, trend, season, damping)
    (self.height, self.slope, self.seasons) = (height, slope, seasons)
  }

  /// Comes to the next place.
  ///
  /// - Returns: the reading less what was expected of it.
  @discardableResult
  package mutating func step(_ value: Double?) -> Double? {
    height += damping * slope
    slope *= damping
    let error = value.map { $0 - height - seasons[next] }
    if let error {
      height += level * error
      slope += trend * error
      seasons[next] += season * error
    }
    next = (next + 1) % seasons.count
    return error
  }

  /// What is expected so many places on, from 1.
  package func expected(ahead: Int) -> Double {
    var (sum, kept) = (0.0, 1.0)
    if slope != 0 {
      for _ in 0..<ahead {
        kept *= damping
        sum += kept
      }
    }
    return height + sum * slope + seasons[(next + ahead - 1) % seasons.count]
  }
}

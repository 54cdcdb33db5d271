internal import Curves
internal import Mathematics

/// What a curve is adjusted for while it is watched: level, season, and the air as far as it was known.
struct Regressors: Sendable {
  let season: SeasonPrior
  /// Each channel of the air about its mean, in its own SD; 0 where it was not measured.
  private var air: [[Double]] = []
  private(set) var names: [String] = []
  /// SD beforehand of what one SD of an air channel does, in own SD.
  static let expectedAir = 0.3

  init(season: SeasonPrior) { self.season = season }

  /// Means and SDs of the air are those of the days before this one.
  init(_ history: History, season: SeasonPrior, day: Int) {
    self.season = season
    names = season.expected > 0 ? ["season"] : []
    for channel in history.air where ["air.temperature", "air.humidity"].contains(channel.channel) {
      let seen = channel.values.prefix(day * Grid.perDay).compactMap { $0 }
      guard seen.count > day, let mean = Robust.mean(seen), let deviation = Robust.deviation(seen),
        deviation > 1e-9
      else { continue }
      air.append(channel.values.map { $0.map { ($0 - mean) / deviation } ?? 0 })
      names.append(channel.channel)
    }
  }

  var ridge: [Double] {
    season.ridge + air.map { _ in 1 / (Self.expectedAir * Self.expectedAir) }
  }

  func row(_ place: Int) -> [Double] { season.row(place) + air.map { $0[place] } }
}

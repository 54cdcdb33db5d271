internal import Curves
internal import Mathematics

/// Years in which nothing happens, drawn for all curves at once and scanned for changes.
struct QuietYears {
  private var curves: [QuietCurve] = []
  private let factor: Matrix
  private let season: SeasonPrior
  private let pool: NormalPool
  private let begin: Int
  private let paths: Int

  init(
    _ quiet: [AlarmLimits.Quiet], correlation: Matrix, season: SeasonPrior, paths: Int,
    pool: NormalPool,
    generator: inout SeededGenerator
  ) {
    self.season = season
    self.pool = pool
    self.paths = paths
    factor = Cholesky(correlation)?.factor ?? .identity(quiet.count)
    let longest = quiet.map { min($0.learned, AlarmLimits.mostLearned) }.max() ?? 0
    begin = longest
    for curve in quiet {
      let first = longest - min(curve.learned, AlarmLimits.mostLearned)
      curves.append(
        QuietCurve(
          curve, firstDay: first, watchedFrom: longest, paths: paths, season: season,
          generator: &generator))
    }
  }

  /// Each detector's largest statistic in each path's year.
  mutating func maxima(
    _ detectors: [Detector], generator: inout SeededGenerator
  ) -> [[Double]] {
    var maxima = detectors.map { _ in Array(repeating: 0.0, count: paths) }
    var evidence = Evidence(width: paths, isJoint: curves.count > 1)
    for day in 0..<(begin + AlarmLimits.horizon) {
      for slot in 0..<Grid.perDay { advance(day * Grid.perDay + slot, generator: &generator) }
      guard day >= begin else { continue }
      evidence.reset()
      for index in curves.indices { curves[index].scan.judge(&evidence) }
      for (index, detector) in detectors.enumerated() {
        let statistics = evidence.statistics(detector)
        maxima[index].withUnsafeMutableBufferPointer { maxima in
          for path in 0..<paths { maxima[path] = max(maxima[path], statistics[path]) }
        }
      }
    }
    return maxima
  }

  private mutating func advance(_ place: Int, generator: inout SeededGenerator) {
    let none = Array(repeating: 0.0, count: paths)
    func fresh() -> [[Double]] {
      curves.map { _ in
        var run = none
        pool.add(1, to: &run, generator: &generator)
        return run
      }
    }
    let (moving, noise) = (fresh(), fresh())
    for index in curves.indices {
      curves[index].advance(
        place, moving: mixed(moving, index), noise: mixed(noise, index), row: season.row(place),
        generator: &generator)
    }
  }

  /// One curve's deviates, correlated with those of the others.
  private func mixed(_ runs: [[Double]], _ curve: Int) -> [Double] {
    guard curve > 0 else { return runs[0] }
    var sum = Array(repeating: 0.0, count: paths)
    for other in 0...curve {
      let weight = factor[curve, other]
      for path in sum.indices { sum[path] += weight * runs[other][path] }
    }
    return sum
  }
}

/// One curve's quiet years: each path has a model drawn from what is believed of it.
struct QuietCurve {
  var scan: ChangeScan
  private let isRead: (morning: Double, evening: Double)
  private let firstPlace: Int
  /// Candidates that begin before are forgotten before they are asked.
  private let opens: Int
  private var states: [Double]
  private var keptInDay: [Double] = []
  private var keptOverNight: [Double] = []
  private var moves: [Double] = []
  private var whites: [Double] = []
  private var buffer: [Double]
  private var isFirst = true

  init(
    _ curve: AlarmLimits.Quiet, firstDay: Int, watchedFrom: Int, paths: Int, season: SeasonPrior,
    generator: inout SeededGenerator
  ) {
    scan = ChangeScan(curve.noise.wandering, ridge: season.ridge, width: paths)
    isRead = curve.isRead
    firstPlace = firstDay * Grid.perDay
    opens = watchedFrom - (ChangeShape.allCases.map { $0.capacity * $0.stride }.max() ?? 0)
    states = Array(repeating: 0, count: paths)
    buffer = states
    for _ in 0..<paths {
      let (wandering, deviation) = curve.noise.draw(&generator)
      let size = deviation / curve.noise.deviation
      keptInDay.append(wandering.kept(after: 0))
      keptOverNight.append(wandering.kept(after: 1))
      moves.append(wandering.share.squareRoot() * size)
      whites.append(wandering.white.squareRoot() * size)
    }
  }

  mutating func advance(
    _ place: Int, moving: [Double], noise: [Double], row: [Double],
    generator: inout SeededGenerator
  ) {
    guard place >= firstPlace else { return }
    let kept = place.isMultiple(of: Grid.perDay) ? keptOverNight : keptInDay
    for path in states.indices {
      let keeps = isFirst ? 0 : kept[path]
      states[path] =
        keeps * states[path] + (1 - keeps * keeps).squareRoot() * moves[path] * moving[path]
      buffer[path] = states[path] + whites[path] * noise[path]
    }
    isFirst = false
    let isMorning = place.isMultiple(of: Grid.perDay)
    if isMorning, Grid.day(place) >= opens { scan.open(day: Grid.day(place)) }
    let chance = isMorning ? isRead.morning : isRead.evening
    guard generator.chance(chance) else { return scan.skip(place) }
    buffer.withUnsafeBufferPointer { scan.take(place, row: row, values: $0) }
  }
}

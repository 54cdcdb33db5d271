internal import Mathematics
internal import Curves

/// How likely readings are, for one way of wandering.
struct StructuralProfile {
  /// Restricted: what the regressors explain is left out of account.
  var logLikelihood: Double
  /// By what all variances are to be multiplied to be most likely.
  var scale: Double
}

extension StructuralDesign {
  /// Regressors and readings, a row each place that was read.
  private var readColumns: (visits: [WanderFilter.Visit], columns: Matrix) {
    let places = isRead.indices.filter { isRead[$0] }
    var last = places.first ?? 0
    let visits = places.map { place in
      defer { last = place }
      return WanderFilter.Visit(gap: place - last, isRead: true)
    }
    let columns = terms.map { places.map($0.value) } + [places.map { values[$0] }]
    return (visits, Matrix(columns: columns))
  }

  /// The most likely way of wandering, with a fast variance of 1, and the scale of its variances.
  func search(isWalking: Bool, start: Wander?) throws -> (Wander, scale: Double) {
    let (visits, columns) = readColumns
    let penalties = penalties
    func cost(_ place: [Double]) -> Double {
      let wander = Self.wander(place)
      return -(Self.profile(visits, columns, penalties, wander)?.logLikelihood ?? -.infinity)
    }
    let starts = start.map { [Self.place($0, isWalking: isWalking)] } ?? Self.grid(isWalking)
    let costs = starts.map(cost)
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[best].isFinite else {
      throw Silence(
        "the readings cannot be told apart from the influences on them", "无法把读数与其影响因素区分开")
    }
    let found = Minimum.simplex(
      start: starts[best], step: 0.7, tolerance: 1e-7, rounds: 120, cost)
    let wander = Self.wander(found.place)
    guard let profile = Self.profile(visits, columns, penalties, wander) else {
      throw Silence(
        "the readings cannot be told apart from the influences on them", "无法把读数与其影响因素区分开")
    }
    return (wander, profile.scale)
  }

  /// Nil where the regressors cannot be told apart, or explain everything.
  static func profile(
    _ visits: [WanderFilter.Visit], _ columns: Matrix, _ penalties: [Double], _ wander: Wander,
    scale given: Double? = nil
  ) -> StructuralProfile? {
    let filter = WanderFilter(visits, wander: wander)
    let count = penalties.count
    var gram = filter.whitened(columns).gram
    var logDeterminant = filter.logDeterminant
    var free = filter.readings
    for index in 0..<count {
      gram[index, index] += penalties[index]
      if penalties[index] > 0 { logDeterminant -= penalties[index].logarithm } else { free -= 1 }
    }
    guard free > 0, let cholesky = Cholesky(gram) else { return nil }
    for index in 0..<count { logDeterminant += 2 * cholesky.factor[index, index].logarithm }
    let squares = cholesky.factor[count, count] * cholesky.factor[count, count]
    let scale = given ?? squares / Double(free)
    let constant = (2 * Double.pi * scale).logarithm
    return StructuralProfile(
      logLikelihood: -0.5 * (Double(free) * constant + logDeterminant + squares / scale),
      scale: scale)
  }

  /// From numbers that may be anything: the returning part's share, its correlation over a day, the
  /// walk.
  private static func wander(_ place: [Double]) -> Wander {
    let share = logistic(place[0])
    let perDay = 0.98 * logistic(place[1])
    let walk = place.count > 2 ? 10.0.power(min(max(place[2], -8), 0)) : 0
    return Wander(
      kept: perDay.power(1 / Double(Grid.perDay)), returning: share, walk: walk,
      noise: max(1 - share, 1e-6))
  }

  private static func place(_ wander: Wander, isWalking: Bool) -> [Double] {
    let fast = max(wander.returning + wander.noise, 1e-300)
    let place = [logit(wander.returning / fast), logit(wander.keptPerDay / 0.98)]
    let walk = max(wander.walk / fast, 1e-8).logarithm / 10.0.logarithm
    return isWalking ? place + [walk] : place
  }

  private static func grid(_ isWalking: Bool) -> [[Double]] {
    [-1, 0.5, 2].flatMap { share in
      [-1.0, 0.5].flatMap { kept in
        isWalking ? [-5, -3.5, -2].map { [share, kept, $0] } : [[share, kept]]
      }
    }
  }

  private static func logistic(_ x: Double) -> Double { 1 / (1 + (-x).exponential) }

  private static func logit(_ p: Double) -> Double {
    let inside = min(max(p, 1e-3), 1 - 1e-3)
    return (inside / (1 - inside)).logarithm
  }
}

/// Minima of functions of one or a few numbers.
package enum Minimum {
  /// Of one number within `low…high`, by golden sections.
  ///
  /// - Returns: the place of the minimum, to `tolerance`.
  package static func golden(
    low: Double, high: Double, tolerance: Double = 1e-6, _ function: (Double) -> Double
  ) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (a, b) = (low, high)
    var (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
    var (atC, atD) = (function(c), function(d))
    while b - a > tolerance {
      if atC < atD {
        (b, d, atD) = (d, c, atC)
        c = b - ratio * (b - a)
        atC = function(c)
      } else {
        (a, c, atC) = (c, d, atD)
        d = a + ratio * (b - a)
        atD = function(d)
      }
    }
    return (a + b) / 2
  }

  /// Of several numbers, by Nelder and Mead's simplex, without derivatives.
  ///
  /// - Returns: the best place found, and the function's value there.
  package static func simplex(
    start: [Double], step: Double = 0.5, tolerance: Double = 1e-9, rounds: Int = 2000,
    _ function: ([Double]) -> Double
  ) -> (place: [Double], value: Double) {
    var corners = [(place: start, value: function(start))]
    for index in start.indices {
      var place = start
      place[index] += step
      corners.append((place, function(place)))
    }
    for _ in 0..<rounds {
      corners.sort { $0.value < $1.value }
      let (best, worst) = (corners[0], corners[corners.count - 1])
      if abs(worst.value - best.value) <= tolerance * (abs(best.value) + tolerance) { break }
      let others = corners.dropLast()
      let centre = start.indices.map { index in
        others.reduce(0) { $0 + $1.place[index] } / Double(others.count)
      }
      func along(_ factor: Double) -> (place: [Double], value: Double) {
        let place = start.indices.map { centre[$0] + factor * (worst.place[$0] - centre[$0]) }
        return (place, function(place))
      }
      let reflected = along(-1)
      let last = corners.count - 1
      if reflected.value < best.value {
        let expanded = along(-2)
        corners[last] = expanded.value < reflected.value ? expanded : reflected
      } else if reflected.value < corners[last - 1].value {
        corners[last] = reflected
      } else {
        let contracted = along(reflected.value < worst.value ? -0.5 : 0.5)
        if contracted.value < min(worst.value, reflected.value) {
          corners[last] = contracted
        } else {
          for index in 1...last {
            let place = start.indices.map { (best.place[$0] + corners[index].place[$0]) / 2 }
            corners[index] = (place, function(place))
          }
        }
      }
    }
    corners.sort { $0.value < $1.value }
    return corners[0]
  }
}

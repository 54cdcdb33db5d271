internal import Curves
internal import Mathematics

extension StructuralFit {
  /// The parts of the curve given all its readings, each with a band of this level at each place.
  package func components(level: Double = 0.9) -> [Component] {
    var names: [String] = []
    for term in design.terms.dropFirst() where !names.contains(term.name) {
      names.append(term.name)
    }
    return [component(.level, "level", level), component(.returning, "returning", level)]
      + names.map { component(.terms($0), $0, level) }
      + [component(.expected, "expected", level)]
  }

  private enum Part {
    case level, returning, terms(String), expected
  }

  private func component(_ part: Part, _ name: String, _ level: Double) -> Component {
    let z = StandardNormal.quantile(0.5 + level / 2)
    var weights = Array(repeating: 0.0, count: beta.count)
    let values = smoother.spreads.indices.map { place in
      let (state, variance) = weigh(part, place, &weights)
      var value = state
      for index in beta.indices { value += weights[index] * beta[index] }
      let half = z * (variance + (solution.variance(of: weights) ?? .infinity)).squareRoot()
      return Estimate(value: value, low: value - half, high: value + half, level: level)
    }
    return Component(name: name, values: values)
  }

  /// What a part is made of at a place: a number, its variance, and the weights of the
  /// coefficients.
  private func weigh(_ part: Part, _ place: Int, _ weights: inout [Double]) -> (Double, Double) {
    let spread = smoother.spreads[place]
    let last = beta.count
    for index in beta.indices {
      let (level, returning) = (smoother.level[place, index], smoother.returning[place, index])
      weights[index] =
        switch part {
        case .level: (index == 0 ? 1 : 0) - level
        case .returning: -returning
        case .terms(let name): design.terms[index].name == name ? columns[index][place] : 0
        case .expected: columns[index][place] - level - returning
        }
    }
    let (level, returning) = (smoother.level[place, last], smoother.returning[place, last])
    return switch part {
    case .level: (design.reference + level, spread.level)
    case .returning: (returning, spread.returning)
    case .terms: (0, 0)
    case .expected: (design.reference + level + returning, spread.sum)
    }
  }

  /// What is expected of the next places of the grid, were they read.
  ///
  /// Inputs are taken as known; where their values end, at what they are taken to be beyond.
  package func forecast(places count: Int) -> [Expectation] {
    let last = design.values.count - 1
    var kept = 1.0
    return (0..<max(0, count)).map { step in
      kept *= wander.kept
      let place = last + 1 + step
      let state = smoother.last
      var weights = Array(repeating: 0.0, count: beta.count)
      var mean = design.reference + state.level[beta.count] + kept * state.returning[beta.count]
      for index in beta.indices {
        weights[index] =
          design.terms[index].value(place) - state.level[index] - kept * state.returning[index]
        mean += weights[index] * beta[index]
      }
      let spread = state.spread
      let wandering =
        spread.level + wander.walk * Double(step + 1) + 2 * kept * spread.both
        + kept * kept * spread.returning + wander.returning * (1 - kept * kept)
      let unknown = solution.variance(of: weights) ?? .infinity
      return Expectation(
        place: place, mean: mean, variance: wandering + wander.noise + unknown)
    }
  }
}

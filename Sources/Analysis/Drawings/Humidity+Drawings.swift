package import Curves
package import Figures
package import Humidity

extension BellFigure {
  /// What is lost at each humidity that was seen; with PM2.5, a line below its mean and one above.
  ///
  /// - Parameters:
  ///   - optimum: the bell's top.
  ///   - title: what the figure is about; default: the outcome.
  ///   - history: where the humidities with a reading of the outcome are; nil shows none.
  package init(
    _ optimum: Optimum, title: FigureWord? = nil, in history: History?
  ) {
    let best = optimum.optimum.value
    let lines =
      optimum.shift.map {
        [
          Line(optimum, at: best - $0.value, .lowParticles),
          Line(optimum, at: best + $0.value, .highParticles),
        ]
      } ?? [Line(optimum, at: best, .curve(optimum.outcome))]
    self.init(
      title: title ?? .outcome(optimum.outcome), quantity: .relativeHumidity, unit: .againstBest,
      lines: lines)
    self.optimum = .success(optimum.optimum)
    seen = history.map { Self.seen(optimum, in: $0) } ?? []
  }

  /// Humidities with a reading of the outcome, to a whole percent.
  private static func seen(_ optimum: Optimum, in history: History) -> [Double] {
    guard let humidity = history.air("air.humidity"),
      let curve = history.curves.first(where: { $0.name == optimum.outcome })
    else { return [] }
    let places = curve.values.indices.filter { curve.values[$0] != nil }
    let values = places.compactMap { humidity.values[$0] }.filter(optimum.seen.contains)
    return Set(values.map { $0.rounded() }).sorted()
  }
}

extension BellFigure.Line {
  /// What is lost at each humidity that was seen, with the loss's interval.
  fileprivate init(_ optimum: Optimum, at best: Double, _ name: FigureWord) {
    let humidities = stride(
      from: optimum.seen.lowerBound, through: optimum.seen.upperBound, by: 0.5)
    self.init(
      name: name,
      points: humidities.map { humidity in
        let square = (humidity - best) * (humidity - best) / 100
        return BellFigure.Point(
          x: humidity, value: -optimum.loss.value * square, low: -optimum.loss.high * square,
          high: -optimum.loss.low * square)
      })
  }
}

package import Curves

/// What an event does so many days later: a bar a lag, with its interval.
package struct LagFigure: Sendable {
  package struct Bar: Hashable, Sendable {
    /// Days after the event.
    package var lag: Double
    package var effect: Estimate

    package init(lag: Double, effect: Estimate) {
      self.lag = lag
      self.effect = effect
    }
  }

  package var title: String
  package var unit: String
  package var bars: [Bar]

  package init(title: String, unit: String, bars: [Bar]) {
    self.title = title
    self.unit = unit
    self.bars = bars
  }

  /// The drawing.
  package var figure: Figure {
    let bars = bars.filter {
      $0.lag.isFinite && $0.effect.value.isFinite && $0.effect.low.isFinite
        && $0.effect.high.isFinite
    }.sorted { $0.lag < $1.lag }
    let ends = bars.flatMap { [$0.effect.low, $0.effect.high, $0.effect.value] }
    guard let first = bars.first, let last = bars.last, let y = Scale.range(ends + [0]) else {
      return .empty(title: title, reason: "No lags to show.")
    }
    let apart = zip(bars, bars.dropFirst()).map { $1.lag - $0.lag }.filter { $0 > 0 }.min() ?? 1
    var plot = Plot(title: title, x: (first.lag - apart)...(last.lag + apart), y: y)
    plot.upright(unit: unit)
    plot.level(name: "days after", at: bars.map(\.lag))
    plot.reference(0)
    for bar in bars {
      let (middle, half) = (plot.x(bar.lag), (plot.x(apart) - plot.x(0)) * 0.35)
      plot.add(
        rectangle(middle - half, plot.y(0), middle + half, plot.y(bar.effect.value), "s2v-bar"))
      let (low, high) = (plot.y(bar.effect.low), plot.y(bar.effect.high))
      plot.add(line(middle, low, middle, high, "s2v-epoch"))
      for end in [low, high] { plot.add(line(middle - 4, end, middle + 4, end, "s2v-axis")) }
    }
    let said = bars.map {
      "\(shortNumber($0.lag)) d: \(shortNumber($0.effect.value)) "
        + "(\(shortNumber($0.effect.low)) to \(shortNumber($0.effect.high)))"
    }
    return plot.figure("Effect by days after, \(unit): " + said.joined(separator: ", ") + ".")
  }
}

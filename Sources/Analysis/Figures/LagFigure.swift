package import Curves
package import Readings

/// What an event does so many days later: a bar a lag, with its interval.
package struct LagFigure: Hashable, Sendable, Codable {
  package struct Bar: Hashable, Sendable, Codable {
    /// Days after the event.
    package var lag: Double
    package var effect: Estimate

    package init(lag: Double, effect: Estimate) {
      self.lag = lag
      self.effect = effect
    }
  }

  package var title: FigureWord
  package var unit: String
  package var bars: [Bar]

  package init(title: FigureWord, unit: String, bars: [Bar]) {
    self.title = title
    self.unit = unit
    self.bars = bars
  }

  /// The drawing.
  package func figure(in language: Language = .english) -> Figure {
    let title = title.text(in: language)
    let bars = bars.filter {
      $0.lag.isFinite && $0.effect.value.isFinite && $0.effect.low.isFinite
        && $0.effect.high.isFinite
    }.sorted { $0.lag < $1.lag }
    let ends = bars.flatMap { [$0.effect.low, $0.effect.high, $0.effect.value] }
    guard let first = bars.first, let last = bars.last, let y = Scale.range(ends + [0]) else {
      let reason = Saying("No lags to show.", "没有可显示的滞后曲线。")
      return .empty(title: title, reason: reason.text(in: language), in: language)
    }
    let apart = zip(bars, bars.dropFirst()).map { $1.lag - $0.lag }.filter { $0 > 0 }.min() ?? 1
    var plot = Plot(
      title: title, x: (first.lag - apart)...(last.lag + apart), y: y, in: language)
    plot.upright(unit: Spoken.unit(unit, in: language))
    plot.level(name: Saying("days after", "之后的天数").text(in: language), at: bars.map(\.lag))
    plot.reference(0)
    for bar in bars { Self.draw(bar, apart: apart, in: &plot) }
    return plot.figure(description(bars, in: language))
  }

  private static func draw(_ bar: Bar, apart: Double, in plot: inout Plot) {
    let (middle, half) = (plot.x(bar.lag), (plot.x(apart) - plot.x(0)) * 0.35)
    plot.add(
      rectangle(middle - half, plot.y(0), middle + half, plot.y(bar.effect.value), "s2v-bar"))
    let (low, high) = (plot.y(bar.effect.low), plot.y(bar.effect.high))
    plot.add(line(middle, low, middle, high, "s2v-epoch"))
    for end in [low, high] { plot.add(line(middle - 4, end, middle + 4, end, "s2v-axis")) }
  }

  private func description(_ bars: [Bar], in language: Language) -> String {
    let said = bars.map { bar in
      let lag = shortNumber(bar.lag)
      return Saying("\(lag) d: ", "\(lag) 天：").text(in: language)
        + "\(shortNumber(bar.effect.value)) "
        + "(\(interval(bar.effect.low, bar.effect.high, in: language)))"
    }
    let unit = Spoken.unit(unit, in: language)
    let all = listed(said, in: language)
    return Saying("Effect by days after, \(unit): \(all).", "按之后天数的影响（\(unit)）：\(all)。")
      .text(in: language)
  }
}

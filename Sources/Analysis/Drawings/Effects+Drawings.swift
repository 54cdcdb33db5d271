internal import Curves
package import Effects
package import Figures
internal import Mathematics
internal import StateSpace

extension IntervalFigure {
  /// The effects of events on one outcome, an event a row.
  ///
  /// - Parameters:
  ///   - outcome: `skin.moisture at cheek`.
  ///   - answers: those of that outcome, in the order of the rows.
  ///   - part: 0, or the number of the figure that goes on with an earlier one's rows.
  package init(effectsOn outcome: String, _ answers: some Collection<EffectAnswer>, part: Int = 0) {
    self.init(
      title: .heading(.effects(outcome: outcome, part: part)), quantity: .peakEffect,
      unit: "own SD",
      rows: answers.map { answer in
        Row(
          label: .event(answer.event), result: answer.result.map(\.peak),
          occasions: (try? answer.result.get())?.occasions)
      })
  }
}

extension LagFigure {
  /// So many days after the event are shown.
  private static let days = 10

  /// What is expected so many days after: a mixture over all kernels, by the probabilities of their delays
  /// and decays.
  package init(_ effect: Effect) {
    let peak = effect.inUnits
    let width = StandardNormal.quantile((1 + peak.level) / 2)
    let error = (peak.high - peak.low) / 2 / width
    let weights = effect.delays.flatMap { delay in effect.decays.map { delay * $0 } }
    let bars = (0...Self.days).map { day in
      let parts = zip(LagKernel.all, weights).map { kernel, weight in
        let share = kernel.weight(daysAfter: Double(day))
        return StudentMixture.Part(
          weight: weight, mean: peak.value * share, scale: error * share, df: 1000)
      }
      return Bar(lag: Double(day), effect: StudentMixture(parts).estimate(level: peak.level))
    }
    self.init(
      title: .heading(.lags(outcome: effect.outcome, event: effect.event)),
      unit: effect.unit.isEmpty ? "index" : effect.unit, bars: bars)
  }
}

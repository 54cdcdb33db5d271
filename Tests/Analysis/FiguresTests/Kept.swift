import Curves
import Figures
import Readings

/// Kept figures of every kind, with planted numbers.
enum Kept {
  static let date = LocalDate(daysSince1970: 20_000)  // 2024-10-04
  static let outcome = "skin.moisture at left_cheek"

  static func figure(
    _ name: String, _ heading: FigureHeading, _ drawing: KeptFigure.Drawing?,
    analysis: String = "effects", silence: Silence? = nil
  ) -> KeptFigure {
    KeptFigure(
      name: name, analysis: analysis, person: "me", heading: heading, readings: 412,
      occasions: 31, silence: silence, drawing: drawing)
  }

  static let forest: KeptFigure = {
    let heading = FigureHeading.effects(outcome: outcome, part: 0)
    var figure = IntervalFigure(
      title: .heading(heading), quantity: .peakEffect, unit: "own SD",
      rows: [
        .init(
          label: .event("late_night"),
          result: .success(Estimate(value: -0.8, low: -1.25, high: -0.5)), occasions: 31),
        .init(
          label: .event("my, own \"word\""),
          result: .failure(Silence("3 times, 8 are needed", "3 次，需要 8 次"))),
      ])
    figure.showsOccasions = true
    return Kept.figure("effects-me", heading, .intervals(figure))
  }()

  static let lag: KeptFigure = {
    let heading = FigureHeading.lags(outcome: outcome, event: "alcohol")
    return Kept.figure(
      "lag-me", heading,
      .lags(
        LagFigure(
          title: .heading(heading), unit: "°C",
          bars: [
            .init(lag: 0, effect: Estimate(value: 0, low: 0, high: 0)),
            .init(lag: 1, effect: Estimate(value: -0.25, low: -0.5, high: 0.125)),
          ])))
  }()

  static let bell: KeptFigure = {
    let heading = FigureHeading.humidity(outcome: outcome)
    var figure = BellFigure(
      title: .heading(heading), quantity: .relativeHumidity, unit: .againstBest,
      lines: [FigureWord.lowParticles, .highParticles].map { name in
        .init(
          name: name, points: [.init(x: 40, value: -1, low: -2, high: -0.5)])
      })
    figure.seen = [41, 42]
    figure.optimum = .success(Estimate(value: 54, low: 51, high: 57))
    return Kept.figure("humidity-me", heading, .bell(figure), analysis: "humidity")
  }()

  static let fan: KeptFigure = {
    let heading = FigureHeading.forecast(outcome: "score.oil")
    return Kept.figure(
      "forecast-me", heading,
      .fan(
        FanFigure(
          title: .heading(heading), unit: "", firstDate: date, values: [nil, 3.5, .nan],
          steps: [.init(place: 3, value: 4, bands: [2...6, 3...5])], levels: [0.9, 0.8])),
      analysis: "forecast")
  }()

  static let series: KeptFigure = {
    let heading = FigureHeading.alarm(outcome: outcome, noticed: date + 2)
    var figure = SeriesFigure(
      title: .heading(heading), unit: "", firstDate: date, values: [1, nil, 2, 3, nil, 5])
    figure.began = 2...3
    figure.marks = [.init(place: 3, kind: .alarm, label: .changeFrom(date + 1))]
    return Kept.figure("alarm-me", heading, .series(figure), analysis: "watch")
  }()

  static let silent = Kept.figure(
    "products-me", .products([]), nil, analysis: "products",
    silence: Silence("no trial, yet", "尚无产品试验"))

  static let all = [forest, lag, bell, fan, series, silent]
}

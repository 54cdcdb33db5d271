import Curves
import Drawings
import Figures
import Forecast
import Humidity
import Readings
import Watch

extension KeptFigure {
  /// An outcome's bell.
  init(humidity outcome: String, _ result: Result<Optimum, Silence>, in history: History) {
    let heading = FigureHeading.humidity(outcome: outcome)
    self.init(
      name: Self.name("humidity", history.person, outcome), analysis: "humidity",
      person: history.person, heading: heading)
    switch result {
    case .success(let optimum):
      readings = optimum.readings
      drawing = .bell(BellFigure(optimum, title: .heading(heading), in: history))
    case .failure(let reason):
      readings = Self.count(outcome, in: history)
      silence = reason
    }
  }

  /// The readings about an alarm; nil where its curve is not in the history.
  init?(_ alarm: Alarm, in history: History) {
    guard let figure = SeriesFigure(alarm, in: history) else { return nil }
    self.init(
      name: Self.name("alarm", history.person, alarm.curve, "\(alarm.noticedOn)"),
      analysis: "watch", person: history.person,
      heading: .alarm(outcome: alarm.curve, noticed: alarm.noticedOn), readings: alarm.readings,
      drawing: .series(figure))
  }

  /// How an outcome may go on.
  init(_ forecast: CurveForecast, in history: History) {
    self.init(
      name: Self.name("forecast", history.person, forecast.curve), analysis: "forecast",
      person: history.person, heading: .forecast(outcome: forecast.curve))
    switch forecast.result {
    case .success(let result):
      readings = result.readings
      drawing = FanFigure(result, in: history).map { .fan($0) }
      if drawing == nil { silence = Silence("nothing is foretold", "没有可说的预测") }
    case .failure(let reason):
      readings = Self.count(forecast.curve, in: history)
      silence = reason
    }
  }

  private static func count(_ outcome: String, in history: History) -> Int {
    history.curves.first { $0.name == outcome }?.count ?? 0
  }
}

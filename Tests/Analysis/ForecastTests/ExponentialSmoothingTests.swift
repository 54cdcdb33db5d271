import Forecast
import Foundation
import Testing

/// What ets.py wrote.
private struct Example: Decodable {
  struct Parameters: Decodable { var level, trend, season, damping: Double }
  var parameters: Parameters
  var y, seasons, fitted, forecast: [Double]
  var height, slope: Double

  static func load(_ file: String = #filePath) throws -> [Example] {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return try JSONDecoder().decode(
      [Example].self, from: Data(contentsOf: folder.appending(path: "ets.json")))
  }

  var smoothing: ExponentialSmoothing {
    ExponentialSmoothing(
      level: parameters.level, trend: parameters.trend, season: parameters.season,
      damping: parameters.damping, height: height, slope: slope, seasons: seasons)
  }
}

@Suite("exponential smoothing") struct ExponentialSmoothingTests {
  @Test func `fitted values and forecasts agree with statsmodels`() throws {
    let examples = try Example.load()
    #expect(examples.count == 3)
    for example in examples {
      var smoothing = example.smoothing
      for (value, fitted) in zip(example.y, example.fitted) {
        let expected = smoothing.expected(ahead: 1)
        #expect((expected - fitted).magnitude < 1e-8)
        let surprise = smoothing.step(value)
        let error = try #require(surprise)
        #expect((error - (value - fitted)).magnitude < 1e-8)
      }
      for (ahead, expected) in example.forecast.enumerated() {
        #expect((smoothing.expected(ahead: ahead + 1) - expected).magnitude < 1e-8)
      }
    }
  }

  @Test func `a missing reading moves time and nothing else`() throws {
    for example in try Example.load() {
      var smoothing = example.smoothing
      for value in example.y { smoothing.step(value) }
      let foretold = (1...20).map { smoothing.expected(ahead: $0) }
      for step in 0..<5 {
        let surprise = smoothing.step(nil)
        #expect(surprise == nil)
        #expect((smoothing.expected(ahead: 1) - foretold[step + 1]).magnitude < 1e-9)
      }
    }
  }
}

import Foundation
import Products
import Readings

/// What trials.py wrote: trials, and what NumPy, SciPy and statsmodels make of them.
struct TrialsFixture: Decodable {
  struct Day: Decodable {
    var left: Bool
    var first, second, control: [Double]
  }

  struct Trial: Decodable {
    var days: [Day]
    var first, second, plain, adjusted, ratio: [Double]
    var tost, marginTwoSided: Double
    var halfLife: [Double]?

    var pairs: [ApplicationPair] {
      days.enumerated().map { index, day in
        func application(_ product: String, _ side: Side, _ values: [Double]) -> Application {
          Application(
            date: LocalDate(daysSince1970: 20_000 + index), product: product, side: side,
            readings: timed(values), control: timed(day.control))
        }
        return ApplicationPair(
          first: application("cream", day.left ? .left : .right, day.first),
          second: application("lotion", day.left ? .right : .left, day.second))
      }
    }
  }

  var trials: [Trial]
  var power, needed: [[Double]]

  static func load(_ file: String = #filePath) throws -> TrialsFixture {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return try JSONDecoder().decode(
      TrialsFixture.self, from: Data(contentsOf: folder.appending(path: "trials.json")))
  }
}

/// Readings at the planned times.
func timed(_ values: [Double]) -> [TimedReading] {
  zip([0.0, 15, 60, 240, 480], values).map { TimedReading(minutes: $0, value: $1) }
}

/// Whether all differ by less than `tolerance`.
func near(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-8) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= tolerance }
}

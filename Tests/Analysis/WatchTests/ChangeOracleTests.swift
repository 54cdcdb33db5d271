import Curves
import Foundation
import Testing

@testable import Watch

/// What `changes.py` found, by ruptures and by dense matrices.
private struct Oracle: Decodable {
  struct Located: Decodable {
    var values: [Double]
    var begin: Int
    var saved: Double
  }
  struct Bayes: Decodable {
    var perDay: Double
    var share: Double
    var withinDay: Double
    var places: [Int]
    var values: [Double]
    var regressors: [[Double]]
    var ridge: [Double]
    var cases: [Case]
  }
  struct Case: Decodable {
    var begin: Int
    var duration: Int
    var log: Double
    var mean: Double
    var variance: Double
  }
  var located: [Located]
  var bayes: Bayes

  init() throws {
    let here = URL(filePath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: here.appending(path: "changes.json"))
    self = try JSONDecoder().decode(Oracle.self, from: data)
  }
}

@Suite("changes against other programs") struct ChangeOracleTests {
  @Test("on white noise a step is where ruptures puts it, and explains as many squares")
  func ruptures() throws {
    let located = try Oracle().located
    #expect(located.count == 15)
    for series in located {
      let readings = series.values.enumerated().map {
        Hindsight.Reading(place: $0.offset * Grid.perDay, value: $0.element, row: [1])
      }
      let white = Wandering(perDay: 0.5, share: 0, withinDay: 0.5)
      let begins = 5..<(series.values.count - 4)
      let steps = Hindsight(readings, white, ridge: [0], begins: begins).steps
      let best = try #require(steps.max { $0.ratio < $1.ratio })
      #expect(best.begin == series.begin)
      #expect(abs(best.ratio - series.saved) < 1e-9)
    }
  }

  @Test("with wandering, gaps and regressors a Bayes factor is the dense matrices'")
  func dense() throws {
    let oracle = try Oracle().bayes
    let readings = oracle.places.indices.map {
      Hindsight.Reading(
        place: oracle.places[$0], value: oracle.values[$0], row: oracle.regressors[$0])
    }
    let wandering = Wandering(
      perDay: oracle.perDay, share: oracle.share, withinDay: oracle.withinDay)
    let found = Hindsight(readings, wandering, ridge: oracle.ridge, begins: 5..<60)
    for expected in oracle.cases {
      let possibility = try #require(
        (found.steps + found.drifts).first {
          $0.begin == expected.begin && $0.duration == expected.duration
        })
      #expect(abs(possibility.log - expected.log) < 1e-8)
      #expect(abs(possibility.mean - expected.mean) < 1e-8)
      #expect(abs(possibility.variance - expected.variance) < 1e-8)
    }
  }

  @Test("the running scan has the same evidence as looking back")
  func scan() throws {
    let oracle = try Oracle().bayes
    let wandering = Wandering(
      perDay: oracle.perDay, share: oracle.share, withinDay: oracle.withinDay)
    var scan = ChangeScan(wandering, ridge: oracle.ridge)
    var readings: [Hindsight.Reading] = []
    for place in 0..<120 {
      if place.isMultiple(of: 2) { scan.open(day: place / 2) }
      guard let index = oracle.places.firstIndex(of: place) else {
        scan.skip(place)
        continue
      }
      let value = oracle.values[index]
      withUnsafePointer(to: value) {
        scan.take(
          place, row: oracle.regressors[index],
          values: UnsafeBufferPointer(start: $0, count: 1))
      }
      readings.append(
        Hindsight.Reading(place: place, value: value, row: oracle.regressors[index]))
    }
    var evidence = Evidence()
    scan.judge(&evidence)
    let slot = try #require(Candidates.slot(.step, day: 40))
    let step = try #require(
      Hindsight(
        readings, wandering, ridge: oracle.ridge, begins: 40..<41, expected: ChangeShape.expected
      )
      .steps.first)
    #expect(abs(evidence.joint(.step, slot: slot) - max(0, step.log)) < 1e-9)
    #expect(step.log > 0)
  }
}

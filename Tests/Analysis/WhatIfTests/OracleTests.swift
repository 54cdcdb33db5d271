import Curves
import Foundation
import Readings
import Testing
import WhatIf

/// What paths.py wrote: a diary of 80 days, and its differences by dense matrices.
private struct PathsFixture: Decodable {
  var firstDate: LocalDate
  var air: [Double]
  var moisture: [Double?]
  var question: Double
  var readings: Int
  var kernels, difference: [Double]

  static func load(_ file: String = #filePath) throws -> PathsFixture {
    let folder = URL(filePath: file).deletingLastPathComponent()
    return try JSONDecoder().decode(
      PathsFixture.self, from: Data(contentsOf: folder.appending(path: "paths.json")))
  }
}

@Suite("what-if paths against NumPy") struct WhatIfOracleTests {
  @Test func `differences and kernels' weights agree with dense generalised least squares`() throws
  {
    let fixture = try PathsFixture.load()
    let curve = Curve(channel: "skin.moisture", values: fixture.moisture)
    let history = History(
      person: "me", firstDate: fixture.firstDate, days: fixture.air.count / 2, curves: [curve],
      air: [AirCurve(channel: "air.pm2_5", unit: "µg/m³", values: fixture.air)])
    let path = try WhatIf(channel: "air.pm2_5", value: fixture.question, days: 3)
      .path(of: curve, in: history)
    #expect(path.readings == fixture.readings)
    try #require(path.steps.count == fixture.difference.count)
    // Models of less than a ten-thousandth of the likeliest's weight are left out.
    for (step, expected) in zip(path.steps, fixture.difference) {
      #expect(abs(step.difference.value - expected) < 2e-4)
    }
    for (weight, expected) in zip(path.kernels, fixture.kernels) {
      #expect(abs(weight - expected) < 2e-3)
    }
  }
}

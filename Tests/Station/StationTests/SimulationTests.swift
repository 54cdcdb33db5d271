import Bus
import Readings
import Testing
import TestSupport

@testable import SimulatedParts
@testable import skin2vecd

@Suite("a simulated world", .takingTurns) struct SimulationTests {
  /// The contact's edges, where the world is left and entered again at some moments.
  private func edges(leaving pauses: [Duration]) async throws -> [Edge] {
    var scenario = Scenario(seed: 4, startUTCMicroseconds: 1_772_572_385_000_000)
    scenario.person.missed = 0
    let time = SimulatedTime(utcMicroseconds: scenario.startUTCMicroseconds)
    let house = SimulatedHouse(scenario: scenario, clock: time)
    let start = time.now
    return try await time.run {
      let edges = house.contact.edges()
      for end in pauses + [.seconds(3 * 86_400)] {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { await house.run() }
          try await time.sleep(until: start.advanced(by: end), tolerance: nil)
          group.cancelAll()
        }
      }
      house.contact.close()
      return await edges.reduce(into: []) { $0.append($1) }
    }
  }

  @Test("happens once, however often the station begins a new life in it")
  func once() async throws {
    let whole = try await edges(leaving: [])
    #expect(whole.count > 50)
    #expect(
      try await edges(leaving: [.seconds(90_000), .seconds(90_001), .seconds(200_000)]) == whole)
  }
}

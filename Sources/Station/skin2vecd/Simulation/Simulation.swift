import Acquisition
import Bus
import Readings
import ServiceLifecycle
import SimulatedParts
import Store

/// The world outside a simulated station: its person, its faults, its journeys.
struct Simulation: Service {
  let board: SimulatedBoard
  let order: Daemon.Order
  let store: Store
  let keeper: TimeKeeper
  /// When the scenario began, perhaps in another of the station's lives.
  let start: BootInstant

  func run() async throws {
    await untilShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await board.house.run() }
        group.addTask { await travel() }
        await group.waitForAll()
        // The world goes on without events until the station is stopped.
        _ = await board.clock.wait(for: .seconds(1_000_000_000))
      }
    }
  }

  /// Does what a person does after a journey: sets the station's zone.
  ///
  /// A journey made before now is made once more at once: a life begins with the first zone.
  private func travel() async {
    for (at, zone) in order.scenario?.zoneChanges ?? [] {
      guard await board.clock.wait(until: start.advanced(by: at)) else { return }
      let plan = try? order.settings.dayPlan(default: zone)
      guard let plan else { continue }
      // A zone that cannot be kept shows in the slots; the simulation itself goes on.
      _ = try? await store.adopt(plan, from: keeper.stamp())
    }
  }
}

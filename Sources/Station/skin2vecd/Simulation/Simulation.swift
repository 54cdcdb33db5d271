import Acquisition
import Bus
import ServiceLifecycle
import SimulatedParts

/// The world outside a simulated station: its person and its faults.
struct Simulation: Service {
  let world: SimulatedHouse
  let clock: any StationClock

  func run() async throws {
    await untilShutdown {
      await world.run()
      // The world goes on without events until the station is stopped.
      _ = await clock.wait(for: .seconds(1_000_000_000))
    }
  }
}

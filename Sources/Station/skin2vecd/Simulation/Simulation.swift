import Acquisition
import ServiceLifecycle
import SimulatedParts

/// The world outside a simulated station: its person and its faults.
struct Simulation: Service {
  let board: SimulatedBoard

  func run() async throws {
    await untilShutdown {
      await board.house.run()
      // The world goes on without events until the station is stopped.
      _ = await board.clock.wait(for: .seconds(1_000_000_000))
    }
  }
}

import Bus
import Quantities
import Sensors
import SimulatedParts

/// A simulated bus and a clock that jumps to the next wake-up.
struct Bench: Sendable {
  let time = SimulatedTime(utcMicroseconds: 1_800_000_000_000_000)
  let bus: SimulatedI2CBus

  init() { bus = SimulatedI2CBus(name: "bench", clock: time) }

  /// Runs the test in simulated time.
  func run(_ test: @Sendable @escaping () async throws -> Void) async throws {
    try await time.run(test)
  }

  func wait(_ duration: Duration) async throws {
    try await time.sleep(until: time.now.advanced(by: duration), tolerance: nil)
  }

  /// Plugs a part in and lets it start up.
  func plug(_ part: any SimulatedPart, at address: I2CAddress) async throws {
    bus.attach(part, at: address)
    try await wait(.seconds(2))
  }
}

/// The air of a bedroom.
let bedroom = SimulatedAir(
  temperature: .celsius(21.5), humidity: .percent(48.25),
  pm1: .microgramsPerCubicMetre(3), pm2_5: .microgramsPerCubicMetre(6),
  pm4: .microgramsPerCubicMetre(8), pm10: .microgramsPerCubicMetre(9),
  vocIndex: .value(120), noxIndex: .value(2), pressure: .pascals(98_500),
  carbonDioxide: .partsPerMillion(815))

/// How an operation failed; nil where it did not.
func failure<Result>(
  _ operation: () async throws(SensorError) -> Result
) async -> SensorError? {
  do {
    _ = try await operation()
    return nil
  } catch { return error }
}

extension SensorError {
  /// The bus's kind of failure, where it was the bus.
  var busKind: BusError.Kind? {
    guard case .bus(let error) = self else { return nil }
    return error.kind
  }

  var isCorrupted: Bool {
    if case .corrupted = self { true } else { false }
  }

  var isWrongPart: Bool {
    if case .wrongPart = self { true } else { false }
  }

  var isForgotten: Bool {
    if case .forgotten = self { true } else { false }
  }

  var isNeverReady: Bool {
    if case .neverReady = self { true } else { false }
  }
}

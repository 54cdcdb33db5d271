import Bus
import Settings
import Synchronization

@testable import SimulatedParts
@testable import skin2vecd

/// A simulated board as real ones are: late by some microseconds, now and then by some milliseconds.
struct JitteringBoard: Board {
  let board: SimulatedBoard
  private let jitter: Jitter

  init(board: SimulatedBoard, seed: UInt64) {
    self.board = board
    jitter = Jitter(seed: seed)
  }

  var world: SimulatedHouse? { board.house }
  var clock: any StationClock { JitteringClock(clock: board.time, jitter: jitter) }

  func bus(_ name: String, path: String) -> any I2CBus {
    JitteringBus(bus: board.house.bus, clock: board.time, jitter: jitter)
  }

  func input(_ line: Settings.InputLine, as role: LineRole) -> any EdgeInput {
    board.input(line, as: role)
  }

  func rebind(_ path: String) {}

  func output(_ line: Settings.OutputLine, as role: LineRole) -> any SignalOutput {
    board.output(line, as: role)
  }
}

/// Where the delays come from.
final class Jitter: Sendable {
  private let generator: Mutex<SeededGenerator>

  init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

  /// Up to 400 µs and some nanoseconds; once in a hundred up to 30 ms.
  var delay: Duration {
    generator.withLock { generator in
      let limit: UInt64 = generator.next() % 100 == 0 ? 30_000_000 : 400_000
      return .nanoseconds(Int64(generator.next() % limit))
    }
  }
}

struct JitteringClock: StationClock {
  typealias Instant = BootInstant

  let clock: SimulatedTime
  let jitter: Jitter

  var now: BootInstant { clock.now }
  var minimumResolution: Duration { .nanoseconds(1) }
  func reading() -> ClockReading { clock.reading() }

  func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    try await clock.sleep(until: deadline.advanced(by: jitter.delay), tolerance: tolerance)
  }
}

struct JitteringBus: I2CBus {
  let bus: SimulatedI2CBus
  let clock: SimulatedTime
  let jitter: Jitter

  var name: String { bus.name }

  func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) {
    await late()
    try bus.write(bytes, to: address)
    await late()
  }

  func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    await late()
    let bytes = try bus.read(count, from: address)
    await late()
    return bytes
  }

  func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    await late()
    let bytes = try bus.readRegister(register, count: count, from: address)
    await late()
    return bytes
  }

  func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) {
    await late()
    try bus.writeRegister(register, bytes, to: address)
    await late()
  }

  func answers(at address: I2CAddress) async throws(BusError) -> Bool {
    await late()
    return try bus.answers(at: address)
  }

  /// A transfer cannot be taken back, so a cancellation does not end it.
  private func late() async {
    try? await clock.sleep(until: clock.now.advanced(by: jitter.delay), tolerance: nil)
  }
}

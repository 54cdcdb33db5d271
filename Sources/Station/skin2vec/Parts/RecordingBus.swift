import Bus
import Synchronization

/// A bus that keeps the bytes of the last read, so that what a part said can be shown as it came.
final class RecordingBus: I2CBus {
  private let bus: any I2CBus
  private let bytes = Mutex<[UInt8]>([])

  init(_ bus: any I2CBus) { self.bus = bus }

  var name: String { bus.name }
  /// The bytes of the last read, in the order of the wire.
  var lastRead: [UInt8] { bytes.withLock { $0 } }

  func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) {
    try await bus.write(bytes, to: address)
  }

  func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    let answer = try await bus.read(count, from: address)
    bytes.withLock { $0 = answer }
    return answer
  }

  func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    let answer = try await bus.readRegister(register, count: count, from: address)
    bytes.withLock { $0 = answer }
    return answer
  }

  func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) {
    try await bus.writeRegister(register, bytes, to: address)
  }

  func answers(at address: I2CAddress) async throws(BusError) -> Bool {
    try await bus.answers(at: address)
  }
}

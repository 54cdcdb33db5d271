import Bus
import Synchronization

/// A defect that is planted to see whether the campaign notices it.
enum WiresDefect: String, CaseIterable {
  /// Drivers that believe whatever comes: no checksum is looked at and nothing is read twice.
  case belief
  /// A part whose air is half a degree off the truth.
  case shift
  /// A part that is read 20 ms after its time.
  case slip
  /// Parts that are plugged in again 70 s after it was written down.
  case late
  /// A hand whose every third touch is not what the campaign says it was.
  case hand

  var words: String {
    switch self {
    case .belief: "drivers that believe whatever comes"
    case .shift: "a part that is half a degree off"
    case .slip: "a part that is read 20 ms after its time"
    case .late: "parts plugged in 70 s after it was written down"
    case .hand: "touches of another skin than was written down"
    }
  }
}

/// The wire as drivers without any check would see it: every checksum is made right, and whatever is
/// read again at once says the same again.
final class BelievingBus: I2CBus {
  private struct Memory {
    var key: [UInt8]
    var time: BootInstant
    var answer: [UInt8]
  }

  let name = "believing"
  private let bus: any I2CBus
  private let clock: any StationClock
  private let memory = Mutex<[I2CAddress: Memory]>([:])
  private let lastCommand = Mutex<[I2CAddress: [UInt8]]>([:])

  init(_ bus: any I2CBus, clock: any StationClock) {
    self.bus = bus
    self.clock = clock
  }

  func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) {
    lastCommand.withLock { $0[address] = bytes }
    try await bus.write(bytes, to: address)
  }

  func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    let command = lastCommand.withLock { $0[address] } ?? []
    var bytes = try await bus.read(count, from: address)
    switch address {
    case 0x12: Self.makeSumRight(&bytes)
    default: Self.makeChecksumsRight(&bytes)
    }
    return remembered(bytes, for: command + [UInt8(count)], at: address, within: .milliseconds(200))
  }

  func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    let bytes = try await bus.readRegister(register, count: count, from: address)
    return remembered(bytes, for: [register, UInt8(count)], at: address, within: .milliseconds(1))
  }

  func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) {
    try await bus.writeRegister(register, bytes, to: address)
  }

  func answers(at address: I2CAddress) async throws(BusError) -> Bool {
    try await bus.answers(at: address)
  }

  /// What was said to the same question a moment ago, or now.
  private func remembered(
    _ bytes: [UInt8], for key: [UInt8], at address: I2CAddress, within span: Duration
  ) -> [UInt8] {
    let now = clock.now
    return memory.withLock { memory in
      if let last = memory[address], last.key == key, last.time.duration(to: now) < span {
        return last.answer
      }
      memory[address] = Memory(key: key, time: now, answer: bytes)
      return bytes
    }
  }

  private static func makeChecksumsRight(_ bytes: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count - 2, by: 3) {
      var crc: UInt8 = 0xFF
      for byte in bytes[start...start + 1] {
        crc ^= byte
        for _ in 0..<8 { crc = crc & 0x80 == 0 ? crc << 1 : crc << 1 ^ 0x31 }
      }
      bytes[start + 2] = crc
    }
  }

  private static func makeSumRight(_ bytes: inout [UInt8]) {
    guard bytes.count == 32 else { return }
    let sum = bytes.dropLast(2).reduce(UInt16(0)) { $0 + UInt16($1) }
    bytes[30] = UInt8(sum >> 8)
    bytes[31] = UInt8(sum & 0xFF)
  }
}

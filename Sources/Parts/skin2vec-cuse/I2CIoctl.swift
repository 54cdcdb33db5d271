import Bus
import Glibc
import SimulatedParts

/// The ioctls of /dev/i2c-N (linux/i2c-dev.h), carried out on a simulated bus.
///
/// Nothing is kept between the rounds of one ioctl: each starts from what the kernel has carried.
struct I2CIoctl {
  /// The request's number (linux/i2c-dev.h).
  enum Request: UInt32 {
    case retries = 0x0701
    case timeout = 0x0702
    case address = 0x0703
    case tenBit = 0x0704
    case functions = 0x0705
    case addressByForce = 0x0706
    case transfer = 0x0707
    case packetErrorCheck = 0x0708
    case smbus = 0x0720
  }

  /// The third argument of ioctl(2): a value or a place in the caller's memory.
  var argument: UInt64
  /// What the kernel has carried from the caller's memory so far.
  var input: [UInt8]
  /// How many bytes of the caller's memory may be written so far.
  var outputSize: Int

  /// I2C_FUNC_I2C, and SMBus quick, byte, byte data, word data and I2C block (linux/i2c.h).
  static let functions: UInt64 =
    0x1 | 0x0001_0000 | 0x0006_0000 | 0x0018_0000 | 0x0060_0000 | 0x0C00_0000

  /// I2C_RDWR_IOCTL_MAX_MSGS, and the longest message i2c-dev takes.
  private static let mostMessages = 42
  private static let longestMessage = 8192
  private static let readFlag: UInt16 = 0x0001

  func answerFunctions() -> IoctlAnswer {
    guard outputSize >= 8 else {
      return .needs(reading: [], writing: [CallerMemory(base: argument, count: 8)])
    }
    var bytes: [UInt8] = []
    bytes.append(number: Self.functions)
    return .done(0, bytes)
  }
}

// I2C_RDWR: `struct i2c_rdwr_ioctl_data`, 16 bytes, leads to `struct i2c_msg[]`, 16 bytes each,
// which leads to a buffer each: three rounds.
extension I2CIoctl {
  private struct Message {
    var address: UInt16
    var isRead: Bool
    var buffer: CallerMemory
  }

  func answerTransfer(on bus: SimulatedI2CBus) -> IoctlAnswer {
    let head = CallerMemory(base: argument, count: 16)
    guard let base = input.number(UInt64.self, at: 0), let count = input.number(UInt32.self, at: 8)
    else { return .needs(reading: [head], writing: []) }
    guard (1...Self.mostMessages).contains(Int(count)) else { return .failed(EINVAL) }
    let table = CallerMemory(base: base, count: 16 * Int(count))
    guard input.count >= head.count + table.count else {
      return .needs(reading: [head, table], writing: [])
    }
    guard let messages = messages(Int(count)) else { return .failed(EINVAL) }
    let written = messages.filter { !$0.isRead && $0.buffer.count > 0 }.map(\.buffer)
    let read = messages.filter { $0.isRead && $0.buffer.count > 0 }.map(\.buffer)
    let needed = head.count + table.count + written.reduce(0) { $0 + $1.count }
    guard input.count >= needed, outputSize >= read.reduce(0, { $0 + $1.count }) else {
      return .needs(reading: [head, table] + written, writing: read)
    }
    return carryOut(messages, on: bus)
  }

  /// Nil where a message has flags other than "read", or is too long.
  private func messages(_ count: Int) -> [Message]? {
    var messages: [Message] = []
    for place in (1...count).map({ 16 * $0 }) {
      guard let address = input.number(UInt16.self, at: place),
        let flags = input.number(UInt16.self, at: place + 2), flags & ~Self.readFlag == 0,
        let count = input.number(UInt16.self, at: place + 4), count <= Self.longestMessage,
        let base = input.number(UInt64.self, at: place + 8)
      else { return nil }
      messages.append(
        Message(
          address: address, isRead: flags == Self.readFlag,
          buffer: CallerMemory(base: base, count: Int(count))))
    }
    return messages
  }

  private func carryOut(_ messages: [Message], on bus: SimulatedI2CBus) -> IoctlAnswer {
    var place = 16 + 16 * messages.count
    var transfer: [SimulatedI2CBus.Message] = []
    for message in messages {
      guard let address = UInt8(exactly: message.address).flatMap({ I2CAddress($0) }) else {
        return .failed(EREMOTEIO)
      }
      if message.isRead {
        transfer.append(.init(address, .read(message.buffer.count)))
      } else {
        transfer.append(.init(address, .write(input.bytes(message.buffer.count, at: place) ?? [])))
        place += message.buffer.count
      }
    }
    do throws(BusError) {
      return .done(Int32(messages.count), try bus.transfer(transfer).flatMap { $0 })
    } catch {
      return .failed(error.kind.errnoOnARaspberryPi)
    }
  }
}

extension BusError.Kind {
  /// What i2c-bcm2835 reports.
  var errnoOnARaspberryPi: Int32 {
    switch self {
    case .notAcknowledged: EREMOTEIO
    case .timedOut: ETIMEDOUT
    case .arbitrationLost: EAGAIN
    case .stuck, .taken: EBUSY
    case .unsupported: EOPNOTSUPP
    case .gone: ENODEV
    case .denied: EACCES
    case .other: EIO
    }
  }
}

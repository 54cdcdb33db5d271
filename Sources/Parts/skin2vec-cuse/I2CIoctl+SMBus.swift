import Bus
import Glibc
import SimulatedParts

// I2C_SMBUS: `struct i2c_smbus_ioctl_data`, 16 bytes, leads to `union i2c_smbus_data`. What goes over
// the wires is what the kernel's own emulation sends (i2c_smbus_xfer_emulated).
extension I2CIoctl {
  /// What kind of SMBus transaction it is (linux/i2c.h).
  private enum Size: UInt32 {
    case quick = 0
    case byte = 1
    case byteData = 2
    case wordData = 3
    /// I2C_SMBUS_I2C_BLOCK_BROKEN, which libi2c still uses for every block it writes and for 32 bytes
    /// that it reads; the length of what is read is not told, and is 32.
    case oldI2CBlock = 6
    case i2cBlock = 8
  }

  /// The ioctl's first structure.
  private struct Call {
    var isRead: Bool
    var command: UInt8
    var size: Size
    var data: UInt64

    /// How much of the caller's data is read: a block read is told its length there.
    var countIn: Int {
      switch size {
      case .quick: 0
      case .byte: 0
      case .byteData: isRead ? 0 : 1
      case .wordData: isRead ? 0 : 2
      case .oldI2CBlock: isRead ? 0 : 33
      case .i2cBlock: isRead ? 1 : 33
      }
    }

    var countOut: Int {
      guard isRead else { return 0 }
      switch size {
      case .quick: return 0
      case .byte, .byteData: return 1
      case .wordData: return 2
      case .oldI2CBlock, .i2cBlock: return 33
      }
    }
  }

  func answerSMBus(to address: I2CAddress?, on bus: SimulatedI2CBus) -> IoctlAnswer {
    let head = CallerMemory(base: argument, count: 16)
    guard input.count >= 16 else { return .needs(reading: [head], writing: []) }
    guard let call = call() else { return .failed(EOPNOTSUPP) }
    guard input.count >= 16 + call.countIn, outputSize >= call.countOut else {
      let data = { (count: Int) in
        count == 0 ? [] : [CallerMemory(base: call.data, count: count)]
      }
      return .needs(reading: [head] + data(call.countIn), writing: data(call.countOut))
    }
    guard let contents = contents(of: call) else { return .failed(EINVAL) }
    guard let address else { return .failed(EREMOTEIO) }
    do throws(BusError) {
      let read = try bus.transfer(contents.map { SimulatedI2CBus.Message(address, $0) })
      return .done(0, output(of: call, read.first ?? []))
    } catch {
      return .failed(error.kind.errnoOnARaspberryPi)
    }
  }

  private func call() -> Call? {
    guard let size = input.number(UInt32.self, at: 4).flatMap({ Size(rawValue: $0) }),
      let data = input.number(UInt64.self, at: 8)
    else { return nil }
    return Call(isRead: input[0] == 1, command: input[1], size: size, data: data)
  }

  /// What goes over the wires, or nil where a block is empty or longer than 32 bytes.
  private func contents(of call: Call) -> [SimulatedI2CBus.Message.Content]? {
    let data = [UInt8](input.dropFirst(16))
    switch (call.size, call.isRead) {
    case (.quick, true): return [.read(0)]
    case (.quick, false): return [.write([])]
    case (.byte, true): return [.read(1)]
    case (.byte, false): return [.write([call.command])]
    case (.byteData, true), (.wordData, true):
      return [.write([call.command]), .read(call.countOut)]
    case (.byteData, false), (.wordData, false):
      return [.write([call.command] + data.prefix(call.countIn))]
    case (.oldI2CBlock, true): return [.write([call.command]), .read(32)]
    case (.oldI2CBlock, false), (.i2cBlock, _):
      guard let count = data.first, (1...32).contains(count) else { return nil }
      return call.isRead
        ? [.write([call.command]), .read(Int(count))]
        : [.write([call.command] + data.dropFirst().prefix(Int(count)))]
    }
  }

  /// The caller's data after the call: a word in wire order is a word in memory, low byte first.
  private func output(of call: Call, _ read: [UInt8]) -> [UInt8] {
    guard call.countOut == 33 else { return read }
    let padding = [UInt8](repeating: 0, count: call.countOut - 1 - read.count)
    return [UInt8(read.count)] + read + padding
  }
}

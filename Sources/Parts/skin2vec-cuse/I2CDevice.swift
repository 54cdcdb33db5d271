import Bus
import Glibc
import SimulatedParts

/// A simulated bus as the character device /dev/i2c-N: requests of the kernel in, replies out.
///
/// The protocol is CUSE, character devices in user space (linux/fuse.h). Nothing here touches a file.
struct I2CDevice {
  private let name: String
  private let bus: SimulatedI2CBus
  /// The address each open file has chosen by I2C_SLAVE.
  private var addresses: [UInt64: I2CAddress] = [:]
  private var nextFile: UInt64 = 1

  /// The device node's name will be `/dev/` and this.
  init(name: String, bus: SimulatedI2CBus) {
    self.name = name
    self.bus = bus
  }

  /// What to write back, or nil where the kernel waits for nothing.
  mutating func reply(to bytes: [UInt8]) -> [UInt8]? {
    guard let request = FuseRequest(bytes) else { return nil }
    return reply(to: request).bytes(ticket: request.ticket)
  }

  private mutating func reply(to request: FuseRequest) -> FuseReply {
    switch request.operation {
    case .begin: return begin(request.body)
    case .open: return open()
    case .read: return read(request.body)
    case .write: return write(request.body)
    case .ioctl: return ioctl(request.body)
    case .flush: return .done([])
    case .release:
      if let file = request.body.number(UInt64.self, at: 0) { addresses[file] = nil }
      return .done([])
    case .interrupt: return .silent
    case .poll, nil: return .failed(ENOSYS)
    }
  }

  /// `struct cuse_init_in` and `_out`: which version, which rights, which device.
  private func begin(_ body: [UInt8]) -> FuseReply {
    // Version 7.16 brought the iovec that IoctlAnswer writes; nothing newer is used.
    guard body.number(UInt32.self, at: 0) == 7, let minor = body.number(UInt32.self, at: 4),
      minor >= 16
    else { return .failed(EPROTO) }
    var out: [UInt8] = []
    // CUSE_UNRESTRICTED_IOCTL; the most that is read and written at once; a number of the
    // kernel's choice.
    for number: UInt32 in [7, 16, 0, 1, Self.mostBytes, Self.mostBytes, 0, 0] {
      out.append(number: number)
    }
    out += [UInt8](repeating: 0, count: 40)
    return .done(out + "DEVNAME=\(name)\0".utf8)
  }

  /// Above the 8192 bytes of the longest message, so that none is cut in two.
  static let mostBytes: UInt32 = 16384

  private mutating func open() -> FuseReply {
    defer { nextFile += 1 }
    var out: [UInt8] = []
    out.append(number: nextFile)
    // FOPEN_DIRECT_IO: every read is a transfer of its own.
    out.append(number: UInt32(1))
    out.append(number: UInt32(0))
    return .done(out)
  }

  /// `struct fuse_read_in`: file, offset, size.
  private func read(_ body: [UInt8]) -> FuseReply {
    guard let file = body.number(UInt64.self, at: 0), let count = body.number(UInt32.self, at: 16),
      count <= Self.mostBytes
    else { return .failed(EPROTO) }
    return transfer(.read(Int(count)), file) { $0 }
  }

  /// `struct fuse_write_in`, 40 bytes: file, offset, size; then the bytes.
  private func write(_ body: [UInt8]) -> FuseReply {
    guard let file = body.number(UInt64.self, at: 0), let count = body.number(UInt32.self, at: 16),
      let bytes = body.bytes(Int(count), at: 40)
    else { return .failed(EPROTO) }
    return transfer(.write(bytes), file) { _ in
      var out: [UInt8] = []
      out.append(number: count)
      out.append(number: UInt32(0))
      return out
    }
  }

  private func transfer(
    _ content: SimulatedI2CBus.Message.Content, _ file: UInt64, out: ([UInt8]) -> [UInt8]
  ) -> FuseReply {
    guard let address = addresses[file] else { return .failed(EREMOTEIO) }
    do throws(BusError) {
      return .done(out(try bus.transfer([.init(address, content)]).first ?? []))
    } catch {
      return .failed(error.kind.errnoOnARaspberryPi)
    }
  }

  /// `struct fuse_ioctl_in`, 32 bytes: file, flags, number, argument, sizes; then the bytes.
  private mutating func ioctl(_ body: [UInt8]) -> FuseReply {
    guard let file = body.number(UInt64.self, at: 0),
      let number = body.number(UInt32.self, at: 12),
      let argument = body.number(UInt64.self, at: 16),
      let inputSize = body.number(UInt32.self, at: 24),
      let outputSize = body.number(UInt32.self, at: 28),
      let input = body.bytes(Int(inputSize), at: 32)
    else { return .failed(EPROTO) }
    let call = I2CIoctl(argument: argument, input: input, outputSize: Int(outputSize))
    switch I2CIoctl.Request(rawValue: number) {
    case .address, .addressByForce: return choose(argument, for: file)
    case .functions: return call.answerFunctions().reply
    case .transfer: return call.answerTransfer(on: bus).reply
    case .smbus: return call.answerSMBus(to: addresses[file], on: bus).reply
    case .retries, .timeout: return IoctlAnswer.done(0).reply
    // Switched off they are what we do anyway; switched on they are refused.
    case .tenBit, .packetErrorCheck:
      return (argument == 0 ? IoctlAnswer.done(0) : .failed(EINVAL)).reply
    case nil: return .failed(ENOTTY)
    }
  }

  /// A reserved address may be chosen, as on a real bus; nobody answers there.
  private mutating func choose(_ address: UInt64, for file: UInt64) -> FuseReply {
    guard address <= 0x7F else { return .failed(EINVAL) }
    addresses[file] = I2CAddress(UInt8(address))
    return IoctlAnswer.done(0).reply
  }
}

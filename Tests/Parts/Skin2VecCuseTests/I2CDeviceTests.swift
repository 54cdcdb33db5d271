import Bus
import Foundation
import Glibc
import Quantities
import SimulatedParts
import Testing

@testable import skin2vec_cuse

/// The ioctls' numbers, from linux/i2c-dev.h.
private enum Number {
  static let slave: UInt32 = 0x0703
  static let functions: UInt32 = 0x0705
  static let transfer: UInt32 = 0x0707
  static let smbus: UInt32 = 0x0720
}

@Suite("A simulated bus as a character device")
struct I2CDeviceTests {
  let kernel: Kernel
  let file: UInt64

  init() throws {
    let bus = SimulatedI2CBus(clock: SimulatedTime(utcMicroseconds: 0))
    bus.attach(
      SimulatedFDC1004(electrodes: { _, _ in .picofarads(6.5) }), at: 0x50)
    kernel = Kernel(I2CDevice(name: "i2c-9", bus: bus))
    file = try kernel.open()
  }

  @Test("it introduces itself with its name and asks for unrestricted ioctls")
  func begin() throws {
    var body = Data()
    for number: UInt32 in [7, 38, 0, 1] { body.append(le: number) }
    let reply = try kernel.ask(4096, body)
    #expect(reply.error == 0)
    #expect(reply.body.le(UInt32.self, 12) == 1)
    #expect(reply.body.dropFirst(72) == Data("DEVNAME=i2c-9\0".utf8))
  }

  @Test("a read of more than it said it can give is refused, and takes no memory")
  func longRead() throws {
    #expect(try kernel.ioctl(file, Number.slave, 0x50) == 0)
    var body = Data()
    for number in [UInt32(truncatingIfNeeded: file), 0, 0, 0, .max, 0] { body.append(le: number) }
    #expect(try kernel.ask(15, body).error == -EPROTO)
  }

  @Test("a combined transfer asks three times for the caller's memory, then fills it")
  func transfer() throws {
    // Device id, register 0xFF: 0x1004 (TI SNOSCY5B, table 14).
    kernel.memory = [
      0x1000: rdwr(messages: 0x2000, count: 2),
      0x2000: message(0x50, buffer: 0x3000, 1) + message(0x50, isRead: true, buffer: 0x4000, 2),
      0x3000: [0xFF], 0x4000: [0, 0],
    ]
    #expect(try kernel.ioctl(file, Number.transfer, 0x1000) == 2)
    #expect(kernel.memory[0x4000] == [0x10, 0x04])
    #expect(kernel.rounds == 3 + 1)
  }

  @Test("a transfer to an address where nobody is ends as on a Raspberry Pi")
  func nobody() throws {
    kernel.memory = [
      0x1000: rdwr(messages: 0x2000, count: 1),
      0x2000: message(0x51, isRead: true, buffer: 0x4000, 2), 0x4000: [0, 0],
    ]
    #expect(try kernel.ioctl(file, Number.transfer, 0x1000) == -EREMOTEIO)
  }

  @Test("more messages than i2c-dev takes are refused", arguments: [0, 43])
  func tooMany(count: UInt32) throws {
    kernel.memory = [0x1000: rdwr(messages: 0x2000, count: count)]
    #expect(try kernel.ioctl(file, Number.transfer, 0x1000) == -EINVAL)
  }

  @Test("an SMBus word comes low byte first")
  func word() throws {
    try choose(0x50)
    kernel.memory = [0x1000: smbus(isRead: true, 0xFE, size: 3, data: 0x2000), 0x2000: [0, 0]]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    // Maker, register 0xFE: 0x5449, high byte first on the wire.
    #expect(kernel.memory[0x2000] == [0x54, 0x49])
  }

  @Test("an SMBus block is told its length and says how long it is")
  func block() throws {
    try choose(0x50)
    kernel.memory = [
      0x1000: smbus(isRead: true, 0xFF, size: 8, data: 0x2000),
      0x2000: [2] + [UInt8](repeating: 0xEE, count: 33),
    ]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    #expect(kernel.memory[0x2000]?.prefix(3) == [2, 0x10, 0x04])
    // The last byte of the union belongs to nobody.
    #expect(kernel.memory[0x2000]?.last == 0xEE)
  }

  @Test("an SMBus block longer than 32 bytes is refused", arguments: [0, 33])
  func wrongBlock(count: UInt8) throws {
    try choose(0x50)
    kernel.memory = [
      0x1000: smbus(isRead: false, 0x08, size: 8, data: 0x2000),
      0x2000: [count] + [UInt8](repeating: 0, count: 33),
    ]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == -EINVAL)
  }

  @Test("a written word is there when it is read back")
  func written() throws {
    try choose(0x50)
    // CONF_MEAS1: input 1 against the offset converter's code 8 (0x1100).
    kernel.memory = [0x1000: smbus(isRead: false, 0x08, size: 3, data: 0x2000), 0x2000: [0x11, 0]]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    kernel.memory = [0x1000: smbus(isRead: true, 0x08, size: 3, data: 0x2000), 0x2000: [0, 0]]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    #expect(kernel.memory[0x2000] == [0x11, 0])
  }

  @Test("the block that libi2c sends, by its old number, is taken as the kernel takes it")
  func oldBlock() throws {
    try choose(0x50)
    // CONF_MEAS1 again, and then the identity: 32 bytes, whatever the caller's memory says.
    kernel.memory = [
      0x1000: smbus(isRead: false, 0x08, size: 6, data: 0x2000),
      0x2000: [2, 0x11, 0] + [UInt8](repeating: 0xEE, count: 31),
    ]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    kernel.memory = [0x1000: smbus(isRead: true, 0x08, size: 3, data: 0x2000), 0x2000: [0, 0]]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    #expect(kernel.memory[0x2000] == [0x11, 0])
    kernel.memory = [
      0x1000: smbus(isRead: true, 0xFF, size: 6, data: 0x2000),
      0x2000: [7] + [UInt8](repeating: 0xEE, count: 33),
    ]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == 0)
    #expect(kernel.memory[0x2000]?.prefix(3) == [32, 0x10, 0x04])
  }

  @Test(
    "an empty write finds who is there",
    arguments: [(0x50, 0), (0x51, -EREMOTEIO)] as [(UInt64, Int32)])
  func quick(address: UInt64, answer: Int32) throws {
    try choose(address)
    kernel.memory = [0x1000: smbus(isRead: false, 0, size: 0, data: 0)]
    #expect(try kernel.ioctl(file, Number.smbus, 0x1000) == answer)
  }

  @Test("write(2) and read(2) are a transfer each")
  func plain() throws {
    try choose(0x50)
    #expect(try kernel.ask(16, io(count: 1, at: 40) + [0xFF]).body.le(UInt32.self, 0) == 1)
    #expect(try kernel.ask(15, io(count: 2, at: 40)).body == Data([0x10, 0x04]))
  }

  @Test("a file that has chosen no address reaches nobody, whatever another has chosen")
  func twoFiles() throws {
    try choose(0x50)
    let other = try kernel.open()
    #expect(try kernel.ask(15, io(other, count: 2, at: 40)).error == -EREMOTEIO)
  }

  @Test(
    "it can do what the kernel emulates over plain frames, but no SMBus block with its own length")
  func functions() throws {
    kernel.memory = [0x1000: [UInt8](repeating: 0, count: 8)]
    #expect(try kernel.ioctl(file, Number.functions, 0x1000) == 0)
    let bits = Data(kernel.memory[0x1000] ?? []).le(UInt64.self, 0)
    // I2C, quick, byte, byte data, word data, I2C block; not READ_BLOCK_DATA (linux/i2c.h).
    #expect(bits & 0x0C7F_0001 == 0x0C7F_0001)
    #expect(bits & 0x0100_0000 == 0)
  }

  @Test(
    "what it cannot do it says so: polling, and what no character device is asked",
    arguments: [40, 9])
  func unknown(operation: UInt32) throws {
    #expect(try kernel.ask(operation, Data(count: 24)).error == -ENOSYS)
  }

  @Test("an interrupt is not answered")
  func interrupt() {
    var request = Data()
    for number: UInt32 in [48, 36] { request.append(le: number) }
    #expect(kernel.device.reply(to: [UInt8](request + Data(count: 40))) == nil)
  }

  private func choose(_ address: UInt64) throws {
    #expect(try kernel.ioctl(file, Number.slave, address) == 0)
  }

  /// `struct fuse_read_in` or `fuse_write_in`: 40 bytes, the size at 16.
  private func io(_ file: UInt64? = nil, count: UInt32, at size: Int) -> Data {
    var body = Data()
    let (file, offset) = (file ?? self.file, UInt64(0))
    for number in [file, offset] { body.append(le: number) }
    body.append(le: count)
    return body + Data(count: size - 20)
  }

  private func rdwr(messages: UInt64, count: UInt32) -> [UInt8] {
    var data = Data()
    data.append(le: messages)
    data.append(le: UInt64(count))
    return [UInt8](data)
  }

  private func message(
    _ address: UInt16, isRead: Bool = false, buffer: UInt64, _ count: UInt16 = 2
  ) -> [UInt8] {
    var data = Data()
    for number in [address, isRead ? 1 : 0, count, 0] { data.append(le: number) }
    data.append(le: buffer)
    return [UInt8](data)
  }

  private func smbus(isRead: Bool, _ command: UInt8, size: UInt32, data: UInt64) -> [UInt8] {
    var bytes = Data([isRead ? 1 : 0, command, 0, 0])
    bytes.append(le: size)
    bytes.append(le: data)
    return [UInt8](bytes)
  }
}

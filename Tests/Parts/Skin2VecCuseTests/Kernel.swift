import Bus
import Foundation
import Testing

@testable import skin2vec_cuse

/// The kernel's side of CUSE and a calling program's memory, after fs/fuse/cuse.c and fs/fuse/ioctl.c.
final class Kernel {
  var device: I2CDevice
  /// The calling program's memory, by address.
  var memory: [UInt64: [UInt8]] = [:]
  /// How often the last ioctl was asked.
  private(set) var rounds = 0
  private var ticket: UInt64 = 0x1_0000_0001

  init(_ device: I2CDevice) { self.device = device }

  struct Reply: Equatable {
    var error: Int32
    var body: Data
  }

  /// Sends one request: `struct fuse_in_header`, then the body.
  func ask(_ operation: UInt32, _ body: Data) throws -> Reply {
    ticket += 2
    var request = Data()
    request.append(le: UInt32(40 + body.count))
    request.append(le: operation)
    request.append(le: ticket)
    request.append(Data(repeating: 0, count: 24))
    let bytes = device.reply(to: [UInt8](request + body))
    let answer = try #require(bytes)
    let reply = Data(answer)
    #expect(reply.le(UInt32.self, 0) == UInt32(reply.count))
    #expect(reply.le(UInt64.self, 8) == ticket)
    return Reply(error: reply.le(Int32.self, 4), body: reply.dropFirst(16).rebased)
  }

  /// Opens the device and returns the file's number.
  func open() throws -> UInt64 { try ask(14, Data(count: 8)).body.le(UInt64.self, 0) }

  /// ioctl(2) with FUSE_IOCTL_UNRESTRICTED: carries what the device asks for until it is content.
  func ioctl(_ file: UInt64, _ number: UInt32, _ argument: UInt64) throws -> Int32 {
    var (reading, writing): ([(UInt64, Int)], [(UInt64, Int)]) = ([], [])
    for round in 1...5 {
      rounds = round
      let input = reading.reduce(Data()) { $0 + load($1.0, $1.1) }
      let room = writing.reduce(0) { $0 + $1.1 }
      var body = Data()
      body.append(le: file)
      for number in [UInt32(1 << 1), number] { body.append(le: number) }
      body.append(le: argument)
      for size in [input.count, room] { body.append(le: UInt32(size)) }
      let reply = try ask(39, body + input)
      if reply.error != 0 { return reply.error }
      guard reply.body.le(UInt32.self, 4) & 4 != 0 else {
        store(reply.body.dropFirst(16).rebased, writing)
        return reply.body.le(Int32.self, 0)
      }
      let places = (0..<(reply.body.count - 16) / 16).map { index in
        (
          reply.body.le(UInt64.self, 16 + 16 * index),
          Int(reply.body.le(UInt64.self, 24 + 16 * index))
        )
      }
      reading = Array(places.prefix(Int(reply.body.le(UInt32.self, 8))))
      writing = Array(places.suffix(Int(reply.body.le(UInt32.self, 12))))
    }
    Issue.record("the ioctl is never content")
    return 0
  }

  private func load(_ base: UInt64, _ count: Int) -> Data {
    guard let bytes = memory[base], bytes.count >= count else {
      Issue.record("\(count) bytes are read at \(base), which the program does not have")
      return Data(count: count)
    }
    return Data(bytes.prefix(count))
  }

  private func store(_ bytes: Data, _ places: [(UInt64, Int)]) {
    var rest = bytes
    for (base, count) in places {
      guard let old = memory[base], old.count >= count else {
        Issue.record("\(count) bytes are written at \(base), which the program does not have")
        return
      }
      memory[base] = [UInt8](rest.prefix(count)) + old.dropFirst(min(count, rest.count))
      rest = rest.dropFirst(count)
    }
  }
}

extension Data {
  /// With indices from 0.
  var rebased: Data { Data(self) }

  mutating func append<Number: FixedWidthInteger>(le number: Number) {
    for byte in 0..<MemoryLayout<Number>.size {
      append(UInt8(truncatingIfNeeded: number >> (8 * byte)))
    }
  }

  func le<Number: FixedWidthInteger>(_: Number.Type, _ offset: Int) -> Number {
    (0..<MemoryLayout<Number>.size).reduce(0) { $0 | Number(self[offset + $1]) << (8 * $1) }
  }
}

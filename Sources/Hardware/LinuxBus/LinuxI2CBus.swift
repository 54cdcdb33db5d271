package import Bus
import CHardware
import Glibc

/// An I²C adapter of the kernel's, through its device node `/dev/i2c-N`.
///
/// Plain frames travel by `I2C_RDWR`, one message each, because Sensirion's parts take no repeated
/// start; registers travel by libi2c's SMBus calls. The adapter's own timeout and retries are left
/// alone (`I2C_TIMEOUT` and `I2C_RETRIES` change them for every user of the bus), and a part that a
/// kernel driver has is never taken from it (`I2C_SLAVE_FORCE`).
package final class LinuxI2CBus: I2CBus {
  /// The device node.
  package let name: String

  private let file: OpenFile
  private let functions: UInt64
  private let lane: Lane

  /// Opens an adapter.
  ///
  /// - Parameters:
  ///   - path: The device node, or the adapter's name as `i2cdetect -l` shows it; numbers may change
  ///     from boot to boot, names do not.
  ///   - deadline: How long one call may take, its wait for other calls included. The default is far
  ///     above what 32 bytes need at 100 kHz (3 ms) and what an adapter gives a transfer at most.
  /// - Throws: `.gone`, `.denied`, or `.unsupported` where it is no I²C adapter.
  package init(path: String, deadline: Duration = .milliseconds(500)) throws(BusError) {
    name = path.hasPrefix("/") ? path : try Self.node(ofAdapter: path)
    file = try OpenFile(path: name, flags: O_RDWR)
    var functions: UInt64 = 0
    let attempt = Attempt(path: name, operation: "ask what the adapter can do")
    try attempt.check(hw_i2c_functions(file.descriptor, &functions), during: .claim)
    self.functions = functions
    lane = Lane("i2c " + name, deadline: deadline)
  }

  package func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) {
    precondition(bytes.count <= Self.longestMessage, "8192 bytes at most")
    let attempt = try attempt("write \(bytes.count) bytes", address, needing: hw_i2c_can_plain)
    try await lane.run(attempt) { [file] () throws(BusError) in
      let count = UInt16(bytes.count)
      let answer = hw_i2c_write(file.descriptor, address.value, bytes, count)
      try attempt.check(answer, during: .transfer)
    }
  }

  package func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    precondition((1...Self.longestMessage).contains(count), "1 to 8192 bytes")
    let attempt = try attempt("read \(count) bytes", address, needing: hw_i2c_can_plain)
    return try await lane.run(attempt) { [file] () throws(BusError) in
      var bytes = [UInt8](repeating: 0, count: count)
      let answer = hw_i2c_read(file.descriptor, address.value, &bytes, UInt16(count))
      try attempt.check(answer, during: .transfer)
      return bytes
    }
  }

  /// What i2c-dev takes in one message (drivers/i2c/i2c-dev.c).
  private static let longestMessage = 8192
}

extension LinuxI2CBus {
  package func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    precondition((1...32).contains(count), "1 to 32 bytes")
    let size = UInt8(count)
    let attempt = try attempt(
      "read \(count) bytes of register \(hexadecimal(register))", address,
      needing: hw_i2c_needed_to_read(size))
    return try await lane.run(attempt) { [file] () throws(BusError) in
      try attempt.check(hw_i2c_select(file.descriptor, address.value), during: .claim)
      var bytes = [UInt8](repeating: 0, count: count)
      let answer = hw_i2c_read_register(file.descriptor, register, &bytes, size)
      // Fewer bytes than asked for are as bad as none: the reading they belong to is torn.
      guard try attempt.check(answer, during: .transfer) == Int32(count) else {
        throw attempt.failure(.other, code: EPROTO)
      }
      return bytes
    }
  }

  package func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) {
    precondition((1...32).contains(bytes.count), "1 to 32 bytes")
    let size = UInt8(bytes.count)
    let attempt = try attempt(
      "write \(size) bytes to register \(hexadecimal(register))", address,
      needing: hw_i2c_needed_to_write(size))
    try await lane.run(attempt) { [file] () throws(BusError) in
      try attempt.check(hw_i2c_select(file.descriptor, address.value), during: .claim)
      let answer = hw_i2c_write_register(file.descriptor, register, bytes, size)
      try attempt.check(answer, during: .transfer)
    }
  }

  /// Whether anybody acknowledges the address, asked the way i2cdetect asks.
  ///
  /// The address alone, except where EEPROMs and their write protection live (0x30 to 0x37, 0x50 to
  /// 0x5F): there a byte is read, because some EEPROMs take an empty write for a command. An adapter
  /// that can do only one of the two is asked that way everywhere. An address that a kernel driver
  /// has throws `.taken`.
  package func answers(at address: I2CAddress) async throws(BusError) -> Bool {
    let isDelicate =
      (0x30...0x37).contains(address.value) || (0x50...0x5F).contains(address.value)
    let canRead = functions & hw_i2c_can_read_byte != 0
    let canAddress = functions & hw_i2c_can_quick != 0
    let attempt = try attempt(
      "look for a part", address, needing: canRead ? 0 : hw_i2c_can_quick)
    let reads = canRead && (isDelicate || !canAddress)
    return try await lane.run(attempt) { [file] () throws(BusError) in
      try attempt.check(hw_i2c_select(file.descriptor, address.value), during: .claim)
      let answer =
        reads ? hw_i2c_probe_read(file.descriptor) : hw_i2c_probe_quick(file.descriptor)
      do throws(BusError) {
        try attempt.check(answer, during: .transfer)
        return true
      } catch  where error.kind == .notAcknowledged {
        return false
      }
    }
  }

  private func attempt(
    _ operation: String, _ address: I2CAddress, needing needed: UInt64
  ) throws(BusError) -> Attempt {
    let attempt = Attempt(path: name, address: address, operation: operation)
    guard functions & needed == needed else { throw attempt.failure(.unsupported) }
    return attempt
  }

  private func hexadecimal(_ register: UInt8) -> String {
    "0x" + (register < 16 ? "0" : "") + String(register, radix: 16, uppercase: true)
  }
}

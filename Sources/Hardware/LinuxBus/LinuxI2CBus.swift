package import Bus
import CHardware
import Glibc
import Synchronization

/// An I²C adapter of the kernel's, through its device node `/dev/i2c-N`.
///
/// Plain frames travel by `I2C_RDWR`, one message each, because Sensirion's parts take no repeated
/// start; registers travel by libi2c's SMBus calls. The adapter's own timeout and retries are left
/// alone (`I2C_TIMEOUT` and `I2C_RETRIES` change them for every user of the bus), and a part that a
/// kernel driver has is never taken from it (`I2C_SLAVE_FORCE`). An adapter that was gone is opened
/// anew by the next call.
package final class LinuxI2CBus: I2CBus {
  /// The device node or the adapter's name, as it was given.
  package let name: String

  private let lane: Lane
  private let adapter = Mutex<OpenAdapter?>(nil)

  /// Far above what 32 bytes need at 100 kHz (3 ms), and short enough for a person who waits.
  package static let defaultDeadline = Duration.milliseconds(500)

  /// A bus that is opened by the first call, so that it may come later than the station.
  ///
  /// - Parameters:
  ///   - path: The device node, or the adapter's name as `i2cdetect -l` shows it; numbers may change
  ///     from boot to boot, names do not.
  ///   - deadline: How long one call may take, its wait for other calls included.
  package init(whenPresent path: String, deadline: Duration = LinuxI2CBus.defaultDeadline) {
    name = path
    lane = Lane("i2c " + path, deadline: deadline)
  }

  /// A bus that is there now.
  ///
  /// - Parameters:
  ///   - path: The device node, or the adapter's name.
  ///   - deadline: How long one call may take, its wait for other calls included.
  /// - Throws: `.gone`, `.denied`, or `.unsupported` where it is no I²C adapter.
  package convenience init(
    path: String, deadline: Duration = LinuxI2CBus.defaultDeadline
  ) throws(BusError) {
    self.init(whenPresent: path, deadline: deadline)
    _ = try opened()
  }

  package func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) {
    precondition(bytes.count <= Self.longestMessage, "8192 bytes at most")
    let attempt = attempt("write \(bytes.count) bytes", address)
    try await run(attempt) { adapter throws(BusError) in
      try adapter.demand(hw_i2c_can_plain, for: attempt)
      let count = UInt16(bytes.count)
      let answer = hw_i2c_write(adapter.descriptor, address.value, bytes, count)
      try attempt.check(answer, during: .transfer)
    }
  }

  package func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    precondition((1...Self.longestMessage).contains(count), "1 to 8192 bytes")
    let attempt = attempt("read \(count) bytes", address)
    return try await run(attempt) { adapter throws(BusError) in
      try adapter.demand(hw_i2c_can_plain, for: attempt)
      var bytes = [UInt8](repeating: 0, count: count)
      let answer = hw_i2c_read(adapter.descriptor, address.value, &bytes, UInt16(count))
      try attempt.check(answer, during: .transfer)
      return bytes
    }
  }

  /// What i2c-dev takes in one message (drivers/i2c/i2c-dev.c).
  private static let longestMessage = 8192

  fileprivate func attempt(_ operation: String, _ address: I2CAddress) -> Attempt {
    Attempt(path: name, address: address, operation: operation)
  }

  /// Makes the calls on the open adapter when the bus is free.
  fileprivate func run<Answer: Sendable>(
    _ attempt: Attempt, _ call: @escaping @Sendable (OpenAdapter) throws(BusError) -> Answer
  ) async throws(BusError) -> Answer {
    try await lane.run(attempt) { [self] () throws(BusError) in
      let adapter = try opened()
      do throws(BusError) {
        return try call(adapter)
      } catch {
        if error.kind == .gone { self.adapter.withLock { $0 = nil } }
        throw error
      }
    }
  }

  private func opened() throws(BusError) -> OpenAdapter {
    if let open = adapter.withLock({ $0 }) { return open }
    let open = try OpenAdapter(name)
    adapter.withLock { $0 = open }
    return open
  }
}

// Registers, and who is there.
extension LinuxI2CBus {
  package func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    precondition((1...32).contains(count), "1 to 32 bytes")
    let size = UInt8(count)
    let attempt = attempt("read \(count) bytes of register \(hexadecimal(register))", address)
    return try await run(attempt) { adapter throws(BusError) in
      try adapter.demand(hw_i2c_needed_to_read(size), for: attempt)
      try adapter.select(address, for: attempt)
      var bytes = [UInt8](repeating: 0, count: count)
      let answer = hw_i2c_read_register(adapter.descriptor, register, &bytes, size)
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
    let attempt = attempt("write \(size) bytes to register \(hexadecimal(register))", address)
    try await run(attempt) { adapter throws(BusError) in
      try adapter.demand(hw_i2c_needed_to_write(size), for: attempt)
      try adapter.select(address, for: attempt)
      let answer = hw_i2c_write_register(adapter.descriptor, register, bytes, size)
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
    let attempt = attempt("look for a part", address)
    return try await run(attempt) { adapter throws(BusError) in
      let reads = try adapter.probesByReading(address, for: attempt)
      try adapter.select(address, for: attempt)
      let answer =
        reads ? hw_i2c_probe_read(adapter.descriptor) : hw_i2c_probe_quick(adapter.descriptor)
      do throws(BusError) {
        try attempt.check(answer, during: .transfer)
        return true
      } catch {
        guard error.kind == .notAcknowledged else { throw error }
        return false
      }
    }
  }

  private func hexadecimal(_ register: UInt8) -> String {
    "0x" + (register < 16 ? "0" : "") + String(register, radix: 16, uppercase: true)
  }
}

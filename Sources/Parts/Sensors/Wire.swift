import Bus

/// One part's end of the bus: its address, the bus's calls, and waits, failing as `SensorError`.
struct Wire: Sendable {
  let bus: any I2CBus
  let address: I2CAddress
  let clock: any StationClock

  func write(_ bytes: [UInt8]) async throws(SensorError) {
    do { try await bus.write(bytes, to: address) } catch { throw .bus(error) }
  }

  func read(_ count: Int) async throws(SensorError) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try await bus.read(count, from: address) } catch { throw .bus(error) }
    return try Wire.checked(bytes, count: count)
  }

  func readRegister(_ register: UInt8, count: Int) async throws(SensorError) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try await bus.readRegister(register, count: count, from: address) } catch {
      throw .bus(error)
    }
    return try Wire.checked(bytes, count: count)
  }

  /// What a register holds once it has been read so many times in a row with the same answer.
  ///
  /// For parts that send no checksum. One bit that noise turns round at random is in the same place
  /// of each of *n* reads of *b* bits once in b to the power of n − 1. What the register holds must
  /// stand still meanwhile; where it moved on in between the newer content is taken, once.
  ///
  /// - Parameters:
  ///   - register: The first register.
  ///   - count: How many bytes.
  ///   - times: How many answers in a row must be the same.
  /// - Returns: The bytes.
  /// - Throws: `.corrupted` where the answers differ again and again.
  func readRegister(
    _ register: UInt8, count: Int, agreeing times: Int
  ) async throws(SensorError) -> [UInt8] {
    var bytes = try await readRegister(register, count: count)
    var (same, reads) = (1, 1)
    while same < times {
      guard reads < 2 * times else {
        throw .corrupted("register \(register.hex) says something else each time it is read")
      }
      let again = try await readRegister(register, count: count)
      same = again == bytes ? same + 1 : 1
      bytes = again
      reads += 1
    }
    return bytes
  }

  func writeRegister(_ register: UInt8, _ bytes: [UInt8]) async throws(SensorError) {
    do { try await bus.writeRegister(register, bytes, to: address) } catch { throw .bus(error) }
  }

  /// Waits on the clock that runs since boot.
  func pause(_ duration: Duration) async throws(SensorError) {
    do { try await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil) } catch {
      // A clock's sleep fails only when its task is cancelled.
      throw .cancelled
    }
  }

  /// The bytes, if there are as many as were asked for: conversions index into them.
  private static func checked(_ bytes: [UInt8], count: Int) throws(SensorError) -> [UInt8] {
    guard bytes.count == count else {
      throw .corrupted("\(bytes.count) bytes came, \(count) were asked for")
    }
    return bytes
  }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// As datasheets print it, every digit shown: `0x0A`, `0x1004`.
  var hex: String {
    let digits = String(self, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: Self.bitWidth / 4 - digits.count) + digits
  }
}

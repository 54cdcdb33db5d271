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

/// One I²C bus with parts on it.
///
/// Two families of parts share it. Parts that take plain frames (Sensirion) use `write` and `read`:
/// one transfer each, with a STOP between them. Parts that speak registers use `readRegister` and
/// `writeRegister`. Which system call carries them is the implementation's affair. Every call has a
/// deadline, after which it throws `.timedOut`. There is no word on how many bytes went through
/// before a failure: the caller must treat a failed command as perhaps carried out.
package protocol I2CBus: Sendable {
  /// What people call it: `/dev/i2c-1`.
  var name: String { get }

  /// Sends the bytes to the part: START, address and write bit, bytes, STOP.
  func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError)

  /// Reads exactly `count` bytes from the part: START, address and read bit, bytes, STOP.
  func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8]

  /// Reads `count` bytes, 1 to 32, from a register: pointer byte, repeated START, bytes in wire order.
  func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8]

  /// Writes 1 to 32 bytes to a register: pointer byte, then the bytes in wire order.
  func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError)

  /// Whether anybody acknowledges the address. Throws only where the bus itself fails.
  func answers(at address: I2CAddress) async throws(BusError) -> Bool
}

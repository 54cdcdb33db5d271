/// Where a part answers on an I²C bus: seven bits, 0x03 to 0x77.
///
/// 0x00 to 0x02 and 0x78 to 0x7F are reserved by the I²C specification (UM10204, section 3.1.12).
package struct I2CAddress: Hashable, Sendable, CustomStringConvertible {
  package let value: UInt8

  /// The address, or nil where the specification reserves it.
  package init?(_ value: UInt8) {
    guard (0x03...0x77).contains(value) else { return nil }
    self.value = value
  }

  /// As datasheets print it: `0x69`.
  package var description: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "0x" + (digits.count < 2 ? "0" : "") + digits
  }

  /// Every address a part may have, lowest first: what a scan walks through.
  package static var all: [I2CAddress] { (0x03...0x77).compactMap { I2CAddress($0) } }
}

extension I2CAddress: ExpressibleByIntegerLiteral {
  /// For constants in code; a reserved address here is a programmer's mistake.
  package init(integerLiteral value: UInt8) {
    precondition((0x03...0x77).contains(value), "0x03 to 0x77 only")
    self.value = value
  }
}

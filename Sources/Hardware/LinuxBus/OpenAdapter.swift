import Bus
import CHardware
import Glibc

/// An open `/dev/i2c-N` and what its adapter can do.
struct OpenAdapter: Sendable {
  private let file: OpenFile
  private let functions: UInt64

  /// Opens it by its device node, or by the adapter's name.
  init(_ name: String) throws(BusError) {
    let path = name.hasPrefix("/") ? name : try LinuxI2CBus.node(ofAdapter: name)
    file = try OpenFile(path: path, flags: O_RDWR)
    var functions: UInt64 = 0
    let attempt = Attempt(path: path, operation: "ask what the adapter can do")
    try attempt.check(hw_i2c_functions(file.descriptor, &functions), during: .claim)
    self.functions = functions
  }

  var descriptor: Int32 { file.descriptor }

  /// Throws `.unsupported` where the adapter cannot do all of it.
  func demand(_ needed: UInt64, for attempt: Attempt) throws(BusError) {
    guard functions & needed == needed else { throw attempt.failure(.unsupported) }
  }

  /// Points the SMBus calls at the address.
  func select(_ address: I2CAddress, for attempt: Attempt) throws(BusError) {
    try attempt.check(hw_i2c_select(descriptor, address.value), during: .claim)
  }

  /// Whether an address is asked by reading a byte, and not by its address alone.
  func probesByReading(_ address: I2CAddress, for attempt: Attempt) throws(BusError) -> Bool {
    guard functions & hw_i2c_can_read_byte != 0 else {
      try demand(hw_i2c_can_quick, for: attempt)
      return false
    }
    let isDelicate =
      (0x30...0x37).contains(address.value) || (0x50...0x5F).contains(address.value)
    return isDelicate || functions & hw_i2c_can_quick == 0
  }
}

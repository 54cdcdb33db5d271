import Bus
import Testing

@Suite("I²C addresses")
struct AddressTests {
  @Test("the specification's reserved addresses are refused", arguments: [0x00, 0x02, 0x78, 0xFF])
  func reserved(value: Int) { #expect(I2CAddress(UInt8(value)) == nil) }

  @Test("an address prints as datasheets do", arguments: [(0x69, "0x69"), (0x0A, "0x0A")])
  func description(value: UInt8, text: String) throws {
    let address = try #require(I2CAddress(value))
    #expect(address.description == text)
  }

  @Test("a scan walks through 117 addresses")
  func all() { #expect(I2CAddress.all.count == 117) }
}

@Suite("bus errors")
struct BusErrorTests {
  @Test("an error names the place, the part, what was done and the errno")
  func words() {
    let error = BusError(
      .notAcknowledged, path: "/dev/i2c-1", address: 0x69, operation: "read 24 bytes", code: 121)
    #expect("\(error)" == "/dev/i2c-1 0x69: read 24 bytes: not acknowledged (errno 121)")
  }

  @Test("a missing bus and a missing chip have their own mends")
  func hints() {
    let bus = BusError(.gone, path: "/dev/i2c-1", operation: "open")
    let chip = BusError(.gone, path: "pinctrl-bcm2711 line 17", operation: "open")
    #expect(bus.hint.contains("dtparam=i2c_arm=on"))
    #expect(chip.hint.contains("gpiodetect"))
  }
}

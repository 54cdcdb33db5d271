import Bus
import Testing

@testable import Sensors

@Suite("Sensor errors")
struct SensorErrorTests {
  @Test("each says in plain words what happened and what to do")
  func words() {
    let bus = BusError(.notAcknowledged, path: "/dev/i2c-1", address: 0x69, operation: "write")
    #expect(SensorError.bus(bus).description == "/dev/i2c-1 0x69: write: not acknowledged")
    #expect(SensorError.bus(bus).hint == bus.hint)
    #expect(
      SensorError.wrongPart(expected: "SEN55", found: "SEN50").description
        == "expected SEN55, found SEN50")
    #expect(
      SensorError.neverReady("still measuring").description == "never ready: still measuring")
    #expect(
      SensorError.forgotten("its gain is another").description
        == "the part has forgotten its settings: its gain is another")
    #expect(SensorError.forgotten("").hint.contains("supply"))
    #expect(
      SensorError.corrupted("all zeros").description == "the answer is corrupted: all zeros")
  }

  @Test("numbers show all their digits")
  func digits() {
    #expect(UInt8(0x0A).hex == "0x0A")
    #expect(UInt16(0x1004).hex == "0x1004")
    #expect(UInt32(0).hex == "0x00000000")
  }
}

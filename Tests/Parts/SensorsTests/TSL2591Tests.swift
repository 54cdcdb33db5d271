import Testing

@testable import Sensors

@Suite("TSL2591 registers and counts")
struct TSL2591Tests {
  @Test("gain and time make the control byte")
  func control() {
    #expect(TSL2591.controlByte(gain: .low, integration: .milliseconds100) == 0x00)
    #expect(TSL2591.controlByte(gain: .medium, integration: .milliseconds200) == 0x11)
    #expect(TSL2591.controlByte(gain: .high, integration: .milliseconds300) == 0x22)
    #expect(TSL2591.controlByte(gain: .maximum, integration: .milliseconds600) == 0x35)
  }

  @Test("registers are spoken to with the command bits")
  func commands() {
    #expect(TSL2591.Register.enable.command == 0xA0)
    #expect(TSL2591.Register.id.command == 0xB2)
    #expect(TSL2591.Register.status.command == 0xB3)
  }

  @Test("counts come low byte first, channel 0 before channel 1")
  func counts() throws {
    let light = try TSL2591.Light(control: 0x11, bytes: bytes("01 34 12 CD AB"))
    #expect(light.channel0 == 0x1234)
    #expect(light.channel1 == 0xABCD)
    #expect(light.gain == .medium)
    #expect(light.integrationTime == .milliseconds(200))
    #expect(light.isValid)
    #expect(!light.isSaturated)
  }

  @Test("before the first integration has ended the counts are not valid")
  func notValid() throws {
    #expect(try !TSL2591.Light(control: 0, bytes: bytes("00 00 00 00 00")).isValid)
    #expect(try !TSL2591.Light(control: 0, bytes: bytes("FE 00 00 00 00")).isValid)
  }

  @Test("the converter is full at 36 863 in 100 ms and at 65 535 in longer times")
  func saturation() {
    func light(
      _ channel0: UInt16, _ channel1: UInt16, _ time: TSL2591.Integration
    ) -> TSL2591.Light {
      TSL2591.Light(channel0: channel0, channel1: channel1, gain: .low, integration: time)
    }
    #expect(light(36_863, 0, .milliseconds100).isSaturated)
    #expect(!light(36_862, 0, .milliseconds100).isSaturated)
    #expect(!light(65_534, 0, .milliseconds200).isSaturated)
    #expect(light(65_535, 0, .milliseconds200).isSaturated)
    #expect(light(0, 65_535, .milliseconds600).isSaturated)
    #expect(!light(0, 0, .milliseconds100).isSaturated)
  }

  @Test("a control register with a time that does not exist is refused", arguments: [0x06, 0x07])
  func strangeControl(control: UInt8) {
    #expect(throws: SensorError.self) {
      try TSL2591.Light(control: control, bytes: bytes("01 00 00 00 00"))
    }
  }

  @Test("times are 100 ms a step, and 120 ms at the longest")
  func times() {
    #expect(TSL2591.Integration.milliseconds100.longestTime == .milliseconds(120))
    #expect(TSL2591.Integration.milliseconds600.integrationTime == .milliseconds(600))
    #expect(TSL2591.Integration.milliseconds600.longestTime == .milliseconds(720))
  }
}

import Bus
import Settings
import Testing

@Suite struct ClashTests {
  @Test("two parts at one address of one bus are refused")
  func sharedAddress() {
    let text = """
      parts:
        - part: sht4x
          channels: [air.temperature]
        - {part: sht4x, channels: [air.humidity], address: 0x44}
      """
    #expect(
      faults(text) == [
        "f:4:54: parts[1].address: parts[0] is at 0x44 of bus `main` already: "
          + "give one of them another address or another bus"
      ])
  }

  @Test("the same address on two buses is no clash")
  func twoBuses() throws {
    let settings = try Settings.read(
      text: """
        buses: {a: /dev/i2c-1, b: /dev/i2c-3}
        parts:
          - {part: sht4x, bus: a, channels: [air.temperature]}
          - {part: sht4x, bus: b, channels: [air.humidity]}
        """)
    #expect(settings.parts.map(\.bus) == ["a", "b"])
    #expect(settings.parts.map(\.address) == [0x44, 0x44])
  }

  @Test("with several buses a part must say which")
  func whichBus() {
    #expect(
      faults("buses: {a: /dev/i2c-1, b: /dev/i2c-3}\nparts: [{part: sht4x}]")
        == ["f:2:9: parts[0]: `bus` is missing: there are several: a or b"])
  }

  @Test("a bus nobody named is refused")
  func unknownBus() {
    #expect(
      faults("parts:\n  - {part: sht4x, bus: mian}")
        == ["f:2:24: parts[0].bus: `mian` is not one of the buses: did you mean `main`?"])
  }

  @Test("one device under two names is refused, for it would hide a clash")
  func oneBusTwice() {
    #expect(
      faults("buses:\n  a: /dev/i2c-1\n  b: /dev/i2c-1\nparts: [{part: sht4x, bus: a}]")
        == ["f:3:6: buses.b: /dev/i2c-1 is called `a` already: give each bus one name"])
  }

  @Test("an address the part cannot have is refused with those it can")
  func impossibleAddress() {
    #expect(
      faults("parts:\n  - {part: bme280, address: 0x44}")
        == ["f:2:29: parts[0].address: BME280 cannot be at 0x44: use 0x76 or 0x77"])
  }

  @Test(
    "reserved and malformed addresses are refused",
    arguments: [
      ("0x02", "0x02 is not an I²C address: use 0x03 to 0x77"),
      ("0x78", "0x78 is not an I²C address: use 0x03 to 0x77"),
      ("0x169", "0x169 is not an I²C address: use 0x03 to 0x77"),
      ("105", "`105` is not a hexadecimal address: write `0x69`"),
    ])
  func reservedAddress(text: String, expected: String) {
    let found = faults("parts:\n  - part: sen55\n    address: \(text)")
    #expect(found == ["f:3:14: parts[0].address: " + expected])
  }

  @Test("two parts that give the same channel must be told which gives it")
  func sharedChannel() {
    #expect(
      faults("parts:\n  - part: sen54\n  - part: sht4x")
        == [
          "f:3:11: parts[1].part: parts[0] gives air.temperature, air.humidity already: "
            + "choose with `channels: […]` in each of the two parts"
        ])
  }

  @Test("a choice of channels settles who gives what")
  func chosenChannels() throws {
    let settings = try Settings.read(
      text: """
        parts:
          - {part: pmsa003i}
          - {part: bme280, channels: [air.pressure]}
          - {part: sht4x}
        """)
    #expect(
      settings.parts.map(\.channels) == [
        [.airPM1, .airPM2_5, .airPM10], [.airPressure], [.airTemperature, .airHumidity],
      ])
  }

  @Test("a channel the part does not have is refused")
  func impossibleChannel() {
    #expect(
      faults("parts:\n  - {part: sht4x, channels: [air.pm1]}")
        == [
          "f:2:29: parts[0].channels: SHT4x has no air.pm1: use air.temperature or air.humidity"
        ])
  }

  @Test("a second moisture part is refused")
  func secondProbe() {
    let text = """
      buses: {a: /dev/i2c-1, b: /dev/i2c-3}
      parts: [{part: fdc1004, bus: a}, {part: fdc1004, bus: b}]
      """
    #expect(
      faults(text).first?.contains("parts[0] gives skin.moisture already") == true)
  }

  @Test("one GPIO line for two things is refused at the later one")
  func sharedLine() {
    let text = """
      lines:
        contact: {line: 17}
        buzzer: {line: 17}
      """
    #expect(
      faults(text)
        == [
          "f:3:18: lines.buzzer.line: `lines.contact` uses the same line of the same chip: "
            + "wire one of them elsewhere"
        ])
  }

  @Test("a line that a default uses is refused too, where the file gives it")
  func lineOfADefault() {
    #expect(
      faults("lines:\n  buzzer: {line: 27}")
        == [
          "f:2:18: lines.buzzer.line: `parts[2].lamp` uses the same line of the same chip: "
            + "wire one of them elsewhere"
        ])
  }

  @Test("the same number on another chip is another line")
  func otherChip() {
    #expect(faults("lines:\n  buzzer: {chip: expander, line: 17}") == [])
  }

  @Test("a skin part without a contact switch is refused; without skin parts there need be none")
  func contact() {
    #expect(faults("lines: {contact: none}").count == 1)
    #expect(faults("parts: [{part: sen55}]\nlines: {contact: none}") == [])
  }

  @Test("an unknown part is the only fault of its stanza")
  func unknownPart() {
    #expect(
      faults("parts:\n  - {part: sen56, address: 0x69, channels: [air.pm1]}")
        == ["f:2:12: parts[0].part: `sen56` is not a part the station knows: did you mean `sen54`?"]
    )
  }

  @Test("an option of another part is refused")
  func foreignOption() {
    #expect(faults("parts:\n  - {part: sen55, gain: 25x}").count == 1)
  }
}

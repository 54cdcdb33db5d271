import Bus
import Settings
import Testing

/// The part that reads the force of a touch and the temperature of the skin.
@Suite struct TouchPartTests {
  private func touch(_ options: String) throws -> Settings.Touch? {
    let settings = try Settings.read(text: "parts: [{part: ads1115\(options)}]")
    guard case .touch(let touch) = settings.parts[0].options else { return nil }
    return touch
  }

  @Test("left to itself it reads the force at 0 and the temperature at 1, ±4.096 V, 128 a second")
  func defaults() throws {
    let touch = try #require(try touch(""))
    #expect(touch == Settings.Touch())
    #expect(touch.forceInput == 0)
    #expect(touch.temperatureInput == 1)
    #expect(touch.range.rawValue == "4.096 V")
    #expect(touch.rate.rawValue == "128 /s")
    #expect(try Settings.read(text: "parts: [{part: ads1115}]").parts[0].address == 0x48)
  }

  @Test("every option reaches the settings")
  func options() throws {
    let touch = try #require(
      try touch(
        ", address: 0x4B, force_input: 3, temperature_input: 2, range: 2.048 V, rate: 860 /s"))
    #expect(touch.forceInput == 3)
    #expect(touch.temperatureInput == 2)
    #expect(touch.range == .volts2_048)
    #expect(touch.rate == .perSecond860)
  }

  @Test("an input that has nothing on it gives no channel")
  func channels() throws {
    func channels(_ options: String) throws -> [Settings.ChannelName] {
      try Settings.read(text: "parts: [{part: ads1115\(options)}]").parts[0].channels
    }
    #expect(try channels("") == [.skinForce, .skinTemperature])
    #expect(try channels(", force_input: none") == [.skinTemperature])
    #expect(try channels(", temperature_input: none") == [.skinForce])
  }

  @Test(
    "what it cannot be is refused with the mend",
    arguments: [
      ("force_input: 4", "force_input: 4 is out of range: use 0 to 3"),
      ("range: 5 V", "range: `5 V` is not a full scale of the part"),
      ("range: 4.096", "did you mean `4.096 V`?"),
      ("rate: 100 /s", "rate: `100 /s` is not a rate of the part"),
      ("address: 0x50", "ADS1115 cannot be at 0x50: use 0x48, 0x49, 0x4A or 0x4B"),
      (
        "force_input: 1",
        "force_input: the force and the temperature cannot be read at the same input"
      ),
      (
        "temperature_input: 0",
        "temperature_input: the force and the temperature cannot be read at the same input"
      ),
      (
        "force_input: none, temperature_input: none",
        "there is nothing to read at either input: give an input from 0 to 3, or take the part out"
      ),
    ])
  func refused(options: String, expected: String) {
    let found = faults("parts: [{part: ads1115, \(options)}]")
    #expect(found.count == 1)
    #expect(found.first?.contains(expected) == true)
  }

  @Test("a second one is refused, whether or not it reads the same")
  func second() {
    let same = "parts: [{part: ads1115}, {part: ads1115, address: 0x49}]"
    #expect(
      faults(same) == [
        "f:1:33: parts[1].part: parts[0] gives skin.force, skin.temperature already: "
          + "the probe has one touch part: take one out"
      ])
    let other = """
      parts:
        - {part: ads1115, temperature_input: none}
        - {part: ads1115, address: 0x49, force_input: none}
      """
    #expect(
      faults(other) == [
        "f:3:12: parts[1].part: parts[0] reads the touch already: "
          + "the probe has one touch part: take one out"
      ])
  }

  @Test("it needs the contact switch")
  func contact() {
    #expect(faults("parts: [{part: ads1115}]\nlines: {contact: none}").count == 1)
  }

  @Test("an SPS30 and a SEN55 cannot share their address, and SEN66 gives carbon dioxide too")
  func airParts() throws {
    #expect(
      faults("parts: [{part: sen55, channels: [air.humidity]}, {part: sps30}]")
        == [
          "f:1:57: parts[1].part: parts[0] is at 0x69 of bus `main` already: "
            + "give one of them another address or another bus"
        ])
    let settings = try Settings.read(text: "parts: [{part: sen66}]")
    #expect(settings.parts[0].address == 0x6B)
    #expect(settings.parts[0].channels.last == .airCO2)
  }
}

import Settings
import Testing

@Suite("for how long samples are kept")
struct KeepSettingsTests {
  private static func channels(_ text: String) throws -> [Settings.ChannelName: Duration] {
    try Settings.read(text: text).keep.channels
  }

  @Test("for ever, where nothing is said")
  func byDefault() throws {
    #expect(try Self.channels("").isEmpty)
    #expect(try Self.channels("keep:\n  air: for ever\n").isEmpty)
  }

  @Test("a group has its time, a channel its own")
  func groupAndChannel() throws {
    let channels = try Self.channels(
      "keep:\n  air: 400 d\n  air.pm2_5: for ever\n  air.humidity: 90 d\n")
    #expect(channels[.airTemperature] == .seconds(400 * 86_400))
    #expect(channels[.airPM2_5] == nil)
    #expect(channels[.airHumidity] == .seconds(90 * 86_400))
    #expect(channels.count == 9)
  }

  @Test("a channel alone leaves the others for ever")
  func channelAlone() throws {
    #expect(try Self.channels("keep:\n  air.co2: 2 d\n") == [.airCO2: .seconds(2 * 86_400)])
  }

  @Test(
    "less than slots are made of, no unit, and what is no air are refused",
    arguments: ["air: 1 d", "air: 400", "air: always", "skin.moisture: 400 d"])
  func refused(line: String) {
    #expect(throws: SettingsError.self) { try Self.channels("keep:\n  \(line)\n") }
  }
}

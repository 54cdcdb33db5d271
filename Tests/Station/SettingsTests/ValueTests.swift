import Bus
import FoundationEssentials
import Quantities
import Readings
import Settings
import Testing

@Suite struct ValueTests {
  @Test(
    "durations are read in every unit",
    arguments: [
      ("1500 ms", Duration.milliseconds(1500)), ("60s", .seconds(60)), ("1.5 min", .seconds(90)),
      ("1 h", .seconds(3600)), ("'2 s'", .seconds(2)), ("2000000 μs", .seconds(2)),
    ])
  func durations(text: String, expected: Duration) throws {
    #expect(try Settings.read(text: "air: {every: \(text)}").air.every == expected)
  }

  @Test("every value of a full file reaches the settings")
  func fullFile() throws {
    let settings = try Settings.read(text: unusualFile)
    #expect(settings == unusualSettings)
  }

  @Test("a zone that is there is taken; `system` is none")
  func zones() throws {
    #expect(try Settings.read(text: "time: {zone: Europe/Berlin}").time.zone == "Europe/Berlin")
    #expect(try Settings.read(text: "time: {zone: system}").time.zone == nil)
  }

  @Test(
    "a zone that is not there is refused",
    arguments: ["Mars/Olympus", "Europe", "../../etc/passwd", "/etc/localtime", "tzdata.zi"])
  func noZone(name: String) {
    #expect(faults("time: {zone: \(name)}").count == 1)
  }

  @Test("a zone that is nearly right is put right")
  func nearlyZone() {
    #expect(
      faults("time: {zone: Europe/Berln}").first?.hasSuffix("did you mean `Europe/Berlin`?")
        == true)
  }

  @Test(
    "an offset is read as its converter's code",
    arguments: [("off", nil), ("0 pF", 0), ("6.25 pF", 2), ("96.875 pF", 31)] as [(String, Int?)])
  func offset(text: String, code: Int?) throws {
    let settings = try Settings.read(text: "parts: [{part: fdc1004, offset: \(text)}]")
    var moisture = Settings.Moisture()
    moisture.offsetCode = code
    #expect(settings.parts[0].options == .moisture(moisture))
  }

  @Test("an offset between two steps names the nearest")
  func offsetBetweenSteps() {
    #expect(
      faults("parts: [{part: fdc1004, offset: 6 pF}]").first?.contains("write `6.25 pF`") == true)
  }

  @Test("the settings know each channel of the diary, with its unit and floor")
  func channelsAreTheDiarys() {
    let ours = Settings.ChannelName.allCases.map { "\($0.rawValue) \($0.unit) \($0.defaultFloor)" }
    let theirs = Channel.allCases.map { "\($0.rawValue) \($0.unit) \($0.defaultFloor)" }
    #expect(ours == theirs)
  }

  @Test("a channel a part gives is of the air, and each air part gives one")
  func partsGiveAir() {
    for part in SupportedPart.allCases {
      #expect((part.role == .air) == !part.airChannels.isEmpty)
      #expect(part.airChannels.allSatisfy { $0.rawValue.hasPrefix("air.") })
    }
  }

  @Test("the shipped comment names every part the station knows")
  func shippedFileNamesEveryPart() throws {
    let text = try String(contentsOfFile: shippedPath, encoding: .utf8)
    for part in SupportedPart.allCases { #expect(text.contains(part.rawValue)) }
  }
}

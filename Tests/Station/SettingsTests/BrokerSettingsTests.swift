import Settings
import Testing

@Suite struct BrokerSettingsTests {
  private func faults(_ text: String) -> [String] {
    do {
      _ = try Settings.read(text: text, file: "f")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test("nothing is published unless a broker is named, and then the air only")
  func privacy() throws {
    #expect(try Settings.read(text: "").mqtt == nil)
    #expect(try Settings.read(text: "mqtt: none").mqtt == nil)
    let mqtt = try #require(try Settings.read(text: "mqtt: {broker: 192.168.1.2}").mqtt)
    #expect(mqtt == Settings.MQTT(broker: "192.168.1.2"))
    #expect(mqtt.people == [])
  }

  @Test("a user's name that no packet has room for is refused")
  func longUser() {
    let name = String(repeating: "x", count: 70_000)
    #expect(faults("mqtt: {broker: b, user: \(name)}").count == 1)
    #expect(faults("mqtt: {broker: b, user: \(name.prefix(256))}") == [])
  }

  @Test("a section without a broker is refused")
  func missing() {
    #expect(
      faults("mqtt: {port: 1883}") == [
        "f:1:7: mqtt: `broker` is missing: add `broker: 192.168.1.2`"
      ])
  }

  @Test("a broker is a name or an address alone", arguments: ["fe80::1", "mqtt.house", "10.0.0.2"])
  func hosts(host: String) {
    #expect(faults("mqtt: {broker: '\(host)'}") == [])
  }

  @Test("an address with more in it is refused with the mend")
  func addresses() {
    #expect(
      faults("mqtt: {broker: 'mqtt://house'}") == [
        "f:1:16: mqtt.broker: `mqtt://house` is not the name or the address of a broker: write it "
          + "alone, as 192.168.1.2; the port and the user have keys of their own"
      ])
    #expect(
      faults("mqtt: {broker: 'house:1884'}") == [
        "f:1:16: mqtt.broker: `house:1884` has a port in it: give the port with `port:`"
      ])
  }

  @Test("a password needs a user, people are people of the house, and a topic has no wildcard")
  func mistakes() {
    #expect(
      faults(
        "mqtt:\n  broker: b\n  password_file: /p\n  topic: a/#\n  discovery: skin2vec/\n"
          + "  people: [anna]") == [
          "f:3:18: mqtt.password_file: there is a password and no user: add `user: NAME`",
          "f:4:10: mqtt.topic: `a/#` is not a topic: use up to 64 letters, digits, `_` and `-`, "
            + "with `/` between, as `home/skin2vec`",
          "f:5:14: mqtt.discovery: `skin2vec/` is not a topic: use up to 64 letters, digits, `_` "
            + "and `-`, with `/` between, as `home/skin2vec`",
          "f:6:12: mqtt.people[0]: `anna` is not one of the people: use me",
        ])
  }
}

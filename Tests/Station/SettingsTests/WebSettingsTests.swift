import Settings
import Testing

@Suite struct WebSettingsTests {
  private func web(_ text: String) throws -> Settings.Web {
    try Settings.read(text: "web: {\(text)}", file: "f").web
  }

  private func faults(_ text: String) -> [String] {
    do {
      _ = try Settings.read(text: text, file: "f")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test("wish 20: without a word of it the pages are the board's own, and nobody is told")
  func privacy() throws {
    let web = try Settings.read(text: "").web
    #expect(web.listen == .board)
    #expect(web.port == 8047)
    #expect(web.webhook == nil)
    #expect(try Settings.read(text: "web:\n").web == web)
  }

  @Test("the pages can be the board's, the house's, or at one address")
  func places() throws {
    #expect(try web("listen: board").listen == .board)
    #expect(try web("listen: house").listen == .house)
    #expect(try web("listen: 192.168.1.5").listen == .address("192.168.1.5"))
    #expect(try web("listen: 'fd00::5'").listen == .address("fd00::5"))
  }

  @Test("what is no address is refused, and so is every address but by its word")
  func noPlaces() {
    #expect(
      faults("web: {listen: 0.0.0.0}") == [
        "f:1:15: web.listen: `0.0.0.0` is every address of the board: write `house` for that"
      ])
    for text in ["everywhere", "localhost", "192.168.1", "192.168.1.5:80", "'[::1]'"] {
      let found = faults("web: {listen: \(text)}")
      #expect(found.count == 1 && found[0].contains("`board`, `house`, or an address"), "\(text)")
    }
  }

  @Test("a port is one that a service can have", arguments: ["0", "65536", "-1", "http"])
  func ports(text: String) {
    #expect(faults("web: {port: \(text)}").count == 1)
  }

  @Test("a webhook has host, port and path, and is 'none' where there is none")
  func webhooks() throws {
    #expect(try web("webhook: none").webhook == nil)
    #expect(
      try web("webhook: 'http://192.168.1.2:8123/api/webhook/skin'").webhook
        == .init(host: "192.168.1.2", port: 8123, path: "/api/webhook/skin"))
    #expect(
      try web("webhook: 'http://house.lan/'").webhook
        == .init(host: "house.lan", port: 80, path: "/"))
    #expect(
      try web("webhook: 'http://[fd00::2]/a?b=c'").webhook
        == .init(host: "fd00::2", port: 80, path: "/a?b=c"))
  }

  @Test(
    "a webhook's words are those of the file",
    arguments: [
      "http://192.168.1.2:8123/api/webhook/skin", "http://house.lan/", "http://[fd00::2]:81/a?b=c",
    ])
  func words(text: String) throws {
    #expect(try web("webhook: '\(text)'").webhook?.description == text)
  }

  @Test("https is refused with the reason, as the station does not speak it")
  func encrypted() {
    #expect(
      faults("web: {webhook: 'https://house.lan/'}") == [
        "f:1:16: web.webhook: https is not spoken: give an `http://` address in the house; a proxy "
          + "there can encrypt what goes on"
      ])
  }

  @Test(
    "what is no address of a program is refused",
    arguments: [
      "house.lan", "http://", "http://house.lan", "http:///a", "http://me@house.lan/a",
      "http://house.lan:0/", "http://house.lan:+80/", "http://[house]/", "http://a b/", "ftp://a/b",
      "http://house.lan/a b",
    ])
  func noWebhooks(text: String) {
    #expect(faults("web: {webhook: '\(text)'}").count == 1)
  }
}

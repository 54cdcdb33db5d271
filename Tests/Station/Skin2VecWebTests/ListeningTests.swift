import Dashboard
import Settings
import Testing

@testable import skin2vec_web

@Suite struct ListeningTests {
  private typealias Listening = Settings.Web.Listening

  @Test("the board's own pages are at both of its own addresses, and nowhere else")
  func board() {
    let places = Listening.board.places(port: 8047)
    #expect(places.first == WebServer.Place(address: "127.0.0.1", port: 8047))
    #expect(places.further == WebServer.Place(address: "::1", port: 8047))
    #expect(Listening.board.houseAddresses(port: 8047, boards: { ["192.168.1.5"] }) == [])
    #expect(Listening.board.isBoardOnly)
  }

  @Test("where any port will do, one place is taken")
  func anyPort() {
    #expect(Listening.board.places(port: 0).further == nil)
  }

  @Test("the house finds the pages at each of the board's addresses")
  func house() {
    let places = Listening.house.places(port: 8047)
    #expect(["::", "0.0.0.0"].contains(places.first.address))
    #expect(places.further == nil)
    #expect(
      Listening.house.houseAddresses(port: 8047, boards: { ["192.168.1.5", "fd00::5"] })
        == ["http://192.168.1.5:8047", "http://[fd00::5]:8047"])
    #expect(Listening.house.ownAddress == "127.0.0.1")
    #expect(!Listening.house.isBoardOnly)
  }

  @Test("pages at one address are found there, by the board too")
  func address() {
    let listening = Listening.address("192.168.1.5")
    #expect(listening.places(port: 80).first == WebServer.Place(address: "192.168.1.5", port: 80))
    #expect(listening.ownAddress == "192.168.1.5")
    #expect(
      listening.houseAddresses(port: 80, boards: { ["10.0.0.1"] }) == ["http://192.168.1.5:80"])
    #expect(!listening.isBoardOnly)
    #expect(Listening.address("127.0.0.2").isBoardOnly)
  }

  @Test(
    "private addresses are the house's",
    arguments: ["10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.5", "fd00::5", "fc12:3::1"])
  func ofHouse(address: String) {
    #expect(BoardAddresses.isOfHouse(address))
  }

  @Test(
    "addresses of this board, of one wire, and of the world outside are not",
    arguments: [
      "127.0.0.1", "::1", "fe80::1%eth0", "169.254.3.4", "172.15.0.1", "172.32.0.1", "192.169.0.1",
      "203.0.113.7", "2001:db8::5", "fd", "",
    ])
  func notOfHouse(address: String) {
    #expect(!BoardAddresses.isOfHouse(address))
  }

  @Test("what the board says of its interfaces is addresses of the house")
  func interfaces() {
    for address in BoardAddresses.all() { #expect(BoardAddresses.isOfHouse(address)) }
  }
}

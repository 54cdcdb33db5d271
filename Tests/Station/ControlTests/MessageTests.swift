import Control
import FoundationEssentials
import Readings
import Testing

@Suite struct MessageTests {
  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test(
    "each request has its words on the wire, and comes back as it was",
    arguments: [
      (ControlRequest.status, #"{"request":"status"}"#),
      (.who(Person("anna")), #"{"person":"anna","request":"who"}"#),
      (.reload, #"{"request":"reload"}"#),
      (.pair, #"{"request":"pair"}"#),
      (.devices, #"{"request":"devices"}"#),
      (.forgetDevices, #"{"request":"forgetDevices"}"#),
      (
        .backup(words: "made", isMade: true),
        #"{"made":true,"request":"backup","words":"made"}"#
      ),
      (
        .alarm(words: "lower", of: Person("anna")),
        #"{"person":"anna","request":"alarm","words":"lower"}"#
      ),
      (
        .event(
          SkinEvent(
            person: Person("anna"), time: .seconds(1), kind: "sun", weight: 0.5, note: "a\nb")),
        #"{"event":{"kind":"sun","note":"a\nb","person":"anna","time":1000000,"weight":0.5},"#
          + #""request":"event"}"#
      ),
      (.withdraw(.event(12)), #"{"request":"withdraw","withdrawal":{"event":12}}"#),
      (
        .withdraw(
          .score(person: Person("anna"), date: LocalDate(daysSince1970: 0), dimension: .oil)),
        #"{"request":"withdraw","withdrawal":{"date":"1970-01-01","dimension":"oil","#
          + #""person":"anna"}}"#
      ),
    ])
  func requests(request: ControlRequest, expected: String) throws {
    #expect(try json(request) == expected)
    let back = try JSONDecoder().decode(ControlRequest.self, from: Data(expected.utf8))
    #expect(back == request)
  }

  @Test("a score comes back as it was")
  func score() throws {
    let date = try #require(LocalDate("2026-11-21"))
    let request = ControlRequest.score(
      Score(person: Person("anna"), date: date, dimension: .gloss, value: 3.5))
    let text = try json(request)
    #expect(text.contains(#""date":"2026-11-21""#))
    #expect(try JSONDecoder().decode(ControlRequest.self, from: Data(text.utf8)) == request)
  }

  @Test(
    "an event's answer says its number, and is done to whoever looks for no number",
    arguments: [
      (ControlResponse.done("saved"), #"{"message":"saved","result":"done"}"#),
      (
        .saved(number: 7, message: "saved"), #"{"message":"saved","number":7,"result":"done"}"#
      ),
    ])
  func saved(response: ControlResponse, expected: String) throws {
    #expect(try json(response) == expected)
    let back = try JSONDecoder().decode(ControlResponse.self, from: Data(expected.utf8))
    #expect(back == response)
  }

  @Test("a status has its units in its keys, and comes back as it was")
  func status() throws {
    let status = StationStatus(
      started: .seconds(1), uptimeSeconds: 2.5, diary: "/d", isSimulated: true, clock: .unsynced,
      person: Person("me"),
      parts: [
        PartStatus(
          part: "sen55 0x69", product: "SEN55", serial: "1", firmware: "2.0", state: "measuring",
          ageSeconds: 0.5, counters: ["reads": 7])
      ],
      pendingTaps: 1, lastTap: "evening tap saved", bytesWrittenToday: 4096,
      isJournalVolatile: true, settings: "read")
    let text = try json(ControlResponse.status(status))
    #expect(
      text == #"{"result":"status","status":{"clock":"unsynced","diary":"/d","#
        + #""journal_volatile":true,"last_tap":"evening tap saved","parts":[{"age_s":0.5,"#
        + #""counters":{"reads":7},"firmware":"2.0","part":"sen55 0x69","product":"SEN55","#
        + #""serial":"1","state":"measuring"}],"pending_taps":1,"person":"me","settings":"read","#
        + #""simulated":true,"started_utc_us":1000000,"uptime_s":2.5,"#
        + #""written_today_bytes":4096}}"#)
    let back = try JSONDecoder().decode(ControlResponse.self, from: Data(text.utf8))
    #expect(back == .status(status))
  }
}

@Suite("what an answer carries for a program") struct ContentTests {
  @Test("an offer of a code has its units in its keys, and comes back as it was")
  func offer() throws {
    let offer = PairingOffer(
      code: "01234567", until: .seconds(1), addresses: ["http://192.168.1.5:8047"])
    let answer = try ControlResponse.done(with: offer)
    #expect(
      answer
        == .done(
          #"{"addresses":["http://192.168.1.5:8047"],"code":"01234567","until_utc_us":1000000}"#))
    #expect(try answer.content(PairingOffer.self) == offer)
  }

  @Test(
    "an answer that holds something else is not understood",
    arguments: [ControlResponse.done("saved"), .refused(problem: "", hint: "")])
  func other(answer: ControlResponse) {
    #expect(throws: ControlError.self) { try answer.content(PairingOffer.self) }
  }
}

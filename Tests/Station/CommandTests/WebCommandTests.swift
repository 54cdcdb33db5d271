import Control
import Foundation
import Readings
import Testing

@testable import skin2vec

@Suite struct WebCommandTests {
  private static let offer = PairingOffer(
    code: "01234567", until: Bench.midnight + .seconds(78_000),
    addresses: ["http://192.168.1.5:8047", "http://[fd00::5]:8047"])

  /// Runs a body beside somebody who answers in the place of skin2vec-web.
  private func withPages(
    answering answer: ControlResponse, _ body: (inout Bench, Daemon) async throws -> Void
  ) async throws {
    try await Bench.with { bench in
      var copy = bench
      try await Daemon.with(bench, answering: { _ in answer }) { try await body(&copy, $0) }
    }
  }

  @Test("a code is said in groups, with its time and the pages that take it")
  func pair() async throws {
    try await withPages(answering: .done(with: Self.offer)) { bench, pages in
      let ending = try await bench.run("web", "pair", "--socket", bench.socket)
      #expect(ending == .done)
      #expect(pages.requests == [.pair])
      #expect(
        bench.spoken.lines == [
          "code 0123 4567, for one device, until 21:40",
          "  http://192.168.1.5:8047/pair#01234567", "  http://[fd00::5]:8047/pair#01234567",
        ])
    }
  }

  @Test("on a terminal the first page is drawn as a QR code")
  func drawn() async throws {
    try await withPages(answering: .done(with: Self.offer)) { bench, _ in
      let drawn = Transcript()
      bench.drawQRCode = {
        drawn.add($0)
        return true
      }
      let ending = try await bench.run("web", "pair", "--socket", bench.socket)
      #expect(ending == .done)
      #expect(drawn.lines == ["http://192.168.1.5:8047/pair#01234567"])
      #expect(bench.spoken.lines.count == 3)
    }
  }

  @Test("where nothing draws it, it is said how to get that")
  func undrawn() async throws {
    try await withPages(answering: .done(with: Self.offer)) { bench, _ in
      bench.drawQRCode = { _ in false }
      let ending = try await bench.run("web", "pair", "--socket", bench.socket)
      #expect(ending == .done)
      #expect(bench.spoken.lines.last == "as a QR code: 'apt install qrencode', and ask again")
    }
  }

  @Test("a board without an address has no page to send anybody to")
  func nowhere() async throws {
    var offer = Self.offer
    offer.addresses = []
    try await withPages(answering: .done(with: offer)) { bench, _ in
      let ending = try await bench.run("web", "pair", "--socket", bench.socket)
      #expect(ending == .done)
      #expect(bench.spoken.lines.last?.hasPrefix("this board has no address") == true)
    }
  }

  @Test("a program reads code, time and addresses")
  func json() async throws {
    try await withPages(answering: .done(with: Self.offer)) { bench, _ in
      let page = try #require(
        try await bench.json("web", "pair", "--socket", bench.socket) as? [String: Any])
      #expect(page["code"] as? String == "01234567")
      #expect(page["until_utc_us"] as? Double == 1_795_210_800_000_000)
      #expect(page["addresses"] as? [String] == Self.offer.addresses)
    }
  }

  @Test("devices are listed with their time, and without what a terminal would obey")
  func devices() async throws {
    let devices = [
      PairedDevice(name: "Firefox on Android", paired: Bench.midnight),
      PairedDevice(name: "\u{1B}[2Jx", paired: Bench.midnight + .seconds(60)),
    ]
    try await withPages(answering: .done(with: devices)) { bench, pages in
      let ending = try await bench.run("web", "devices", "--socket", bench.socket)
      #expect(ending == .done)
      #expect(pages.requests == [.devices])
      #expect(bench.spoken.lines.count == 2)
      #expect(bench.spoken.lines[0].hasPrefix("Firefox on Android"))
      #expect(bench.spoken.lines[0].hasSuffix("since 2026-11-20 00:00"))
      #expect(!bench.spoken.text.contains("\u{1B}"))
    }
  }

  @Test("all are forgotten at a word")
  func forget() async throws {
    try await withPages(answering: .done("2 devices are not let in any more")) { bench, pages in
      let ending = try await bench.run("web", "forget", "--socket", bench.socket)
      #expect(ending == .done)
      #expect(pages.requests == [.forgetDevices])
      #expect(bench.spoken.lines == ["2 devices are not let in any more"])
    }
  }

  @Test("what skin2vec-web refuses is said with its mend")
  func refused() async throws {
    try await withPages(answering: .refused(problem: "p", hint: "h")) { bench, _ in
      let ending = try await bench.run("web", "pair", "--socket", bench.socket)
      #expect(ending == .unavailable)
      #expect(bench.complaints.lines == ["skin2vec: p", "  h"])
    }
  }

  @Test("where skin2vec-web does not run, it is said how to start it, and for whom")
  func notRunning() async throws {
    try await Bench.with { bench in
      #expect(try await bench.run("web", "pair", "--socket", bench.socket) == .unavailable)
      #expect(bench.complaints.text.contains("skin2vec-web does not run"))
      #expect(bench.complaints.text.contains("write `web: {listen: house}` in \(bench.config)"))
      try bench.configure("web: {listen: house}\n")
      #expect(try await bench.run("web", "pair", "--socket", bench.socket) == .unavailable)
      #expect(
        bench.complaints.lines.last == "  start it with 'systemctl enable --now skin2vec-web'")
    }
  }
}

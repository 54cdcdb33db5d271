import Bus
import Control
import FoundationEssentials
import Readings
import Store
import Testing

@testable import Tape
@testable import skin2vec

@Suite("doctor") struct DoctorTests {
  /// What nobody but the house may read: planted wherever the station keeps such a thing.
  private static let secrets = [
    "anna", "Anna", "berthold", "temple", "forehead", "by the lake", "47.2", "47.31", "sunbathing",
    "51A2C3D4E5F60718", "99887766554433", "secretive", "3.25",
  ]

  private func plant(_ bench: Bench) async throws {
    try await bench.plant { store in
      let anna = Person("anna")
      try await store.save(
        Planted.session(
          Bench.evening(), moisture: [47.31, 47.2, 47.2], person: anna, site: Site("temple")))
      _ = try await store.save(
        SkinEvent(
          person: Person("berthold"), time: Bench.evening(), kind: "sunbathing", weight: 0.5,
          note: "by the lake"), at: Bench.stamp(Bench.evening()))
      let date = try #require(LocalDate("2026-11-20"))
      try await store.save(
        Score(person: anna, date: date, dimension: .gloss, value: 3.25),
        at: Bench.stamp(Bench.evening()))
      _ = try await store.record(
        PartIdentity(
          part: "sen55 0x69", product: "SEN55", serial: "51A2C3D4E5F60718", firmware: "2.0",
          status: "", channels: [.airTemperature]), at: Bench.stamp(Bench.evening()))
      for notice in Self.notices { try await store.append(notice) }
    }
    try bench.configure(
      """
      # secretive: Anna's own remark
      air: {every: 30 s} # by the lake

      """)
  }

  private static let notices = [
    Planted.notice(
      .tapSaved, "evening tap of anna saved: moisture 47.2 (3 of 3)", .info, at: Bench.evening()),
    Planted.notice(
      .partBack, "sen55 0x69 is back: SEN55, serial 99887766554433, firmware 2.0", .info,
      at: Bench.evening()),
    Planted.notice(
      .failure, "cannot write /home/anna/diaries/Anna.sqlite: full", .error, at: Bench.evening()),
    Planted.notice(.scoreSaved, "score saved: gloss 3.25 for anna", .info, at: Bench.evening()),
  ]

  /// Runs the command and gives the file it made.
  private func report(_ bench: Bench, _ arguments: String...) async throws -> String {
    let path = bench.folder.appending(path: "report.txt").path
    let status = try await bench.run(["doctor", "--output", path] + arguments)
    #expect(status == .done, "\(bench.complaints.text)")
    return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  @Test("tells of parts, settings, counters and lines, and of nobody")
  func secrets() async throws {
    try await Bench.with { bench in
      try await plant(bench)
      let status = Daemon.status(bench)
      try await Daemon.with(bench, answering: { _ in .status(status) }) { _ in
        let text = try await report(bench)
        for secret in Self.secrets { #expect(!text.contains(secret), "\(secret)") }
        for kept in [
          "person-2", "every: 30 s", "serial …0718", "serial …4433", "quick_check: ok",
          "touch: 3", "samples 3", "tapSaved (left out)", "cannot write ~/", "next tap: person-2",
          "skin2vecd", "SQLite: 3.",
        ] { #expect(text.contains(kept), "\(kept)") }
      }
    }
  }

  @Test("says on the screen what is in the file, and that it was sent nowhere")
  func farewell() async throws {
    try await Bench.with { bench in
      try await plant(bench)
      _ = try await report(bench)
      #expect(bench.spoken.text.contains("report.txt"))
      #expect(bench.spoken.text.contains("Left out: names"))
      #expect(bench.spoken.text.contains("Nothing was sent anywhere"))
    }
  }

  @Test("makes a report without a diary, a daemon or a sound configuration")
  func nothing() async throws {
    try await Bench.with { bench in
      try bench.configure("annas_key: secretive\n")
      let text = try await report(bench)
      #expect(text.contains("skin2vecd does not answer"))
      #expect(text.contains("annas_key"))
      #expect(!text.contains("secretive"))
    }
  }

  @Test("does not overwrite a file")
  func taken() async throws {
    try await Bench.with { bench in
      _ = try await report(bench)
      let path = bench.folder.appending(path: "report.txt").path
      #expect(try await bench.run("doctor", "--output", path) == .cannotCreate)
    }
  }

  @Test("with a tape has it without names, scores and events, and it can be read from the file")
  func tape() async throws {
    try await Bench.with { bench in
      try await plant(bench)
      let whole = try Self.tape()
      let answer = ControlResponse.done(Data(whole.bytes).base64EncodedString())
      let status = Daemon.status(bench)
      try await Daemon.with(
        bench, answering: { $0 == .tape ? answer : .status(status) },
        { _ in
          let text = try await report(bench, "--tape")
          let tape = try Tape(anyFile: Array(text.utf8))
          #expect(tape.header.people.map(\.name) == ["person-1", "person-2"])
          #expect(tape.header.chosen == "person-2")
          #expect(tape.header.settings.contains("every: 30 s"))
          let bytes = String(decoding: tape.bytes, as: UTF8.self)
          for secret in Self.secrets { #expect(!bytes.contains(secret), "\(secret)") }
          #expect(try tape.entries().entries.count == 2)
          #expect(bench.spoken.text.contains("raw readings"))
        })
    }
  }

  /// A tape with somebody's event on it, and a transfer.
  private static func tape() throws -> Tape {
    let event = ControlRequest.event(
      SkinEvent(
        person: Person("anna"), time: Bench.midnight, kind: "sunbathing", weight: 0.5,
        note: "by the lake"))
    let json = try JSONEncoder().encode(event)
    let wall = WallClock(offset: 0, synchronisation: nil)
    var header = TapeHeader(
      schemaVersion: Store.schemaVersion, source: "a station",
      settings: "# anna\npeople: [{name: anna, sites: [temple]}]\n",
      people: [.init(name: "me", sites: ["cheek"]), .init(name: "anna", sites: ["temple"])],
      chosen: "anna", zone: Bench.zone, bootID: Bench.boot, startMicroseconds: 0, wall: wall)
    header.memories = ["t:anna\u{1F}i1795132800000000\u{1F}\u{1E}"]
    var writer = ChunkWriter(number: 0, isCut: false, at: 0, wall)
    writer.write(
      .bytes([UInt8](json)), of: Request(.hear, "control"), on: "control", index: 0, at: 1)
    writer.write(
      .bytes([0x50]), of: Request(.readRegister, "main 0x29", [0xB2, 1]), on: "tap", index: 0,
      at: 2)
    return Tape(header: header, chunks: [writer.chunk])
  }
}

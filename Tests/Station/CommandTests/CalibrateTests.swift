import ArgumentParser
import Bus
import Control
import Quantities
import Readings
import SimulatedParts
import Store
import Synchronization
import Testing

@testable import skin2vec

/// Answers yes, and holds the probe as it was asked to.
private final class Hand: Sendable {
  private let requests = Mutex<[String]>([])
  private let picofarads = Mutex(2.1)

  var asked: [String] { requests.withLock(\.self) }
  var capacitance: Capacitance { .picofarads(picofarads.withLock(\.self)) }

  func answer(_ question: String) -> Bool {
    requests.withLock { $0.append(question) }
    if question.contains("wet pad") { picofarads.withLock { $0 = 12.3 } }
    return true
  }
}

@Suite(.timeLimit(.minutes(5))) struct CalibrateTests {
  private func measurement(_ picofarads: Double, spread: Double = 0.001) -> ProbeMeasurement {
    ProbeMeasurement(
      channel: .skinMoisture, part: "fdc1004 0x50", rawUnit: .picofarads, median: picofarads,
      spread: spread, drift: 0, count: 100)
  }

  private func given(_ bench: Bench, _ more: String...) async throws -> skin2vec.ExitStatus {
    try await bench.run(
      ["calibrate", "moisture", "--air-pf", "2.1", "--reference-pf", "12.3", "--who", "anna"]
        + more)
  }

  @Test("numbers given are kept, said, in force from now on, and begin a new epoch")
  func numbersGiven() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.save(Planted.session(Bench.evening(-1), moisture: [47]))
      }
      #expect(try await given(bench, "--yes", "--why", "a new probe") == .done)
      let archive = try Archive(path: bench.diary)
      let kept = try #require(try await archive.calibrations().first)
      #expect(kept.part == "fdc1004 0x50")
      #expect(kept.parameters == ["air_picofarads": 2.1, "reference_picofarads": 12.3])
      #expect(kept.who == "anna" && kept.why == "a new probe" && kept.validTo == nil)
      #expect(kept.validFrom == Bench.midnight + .seconds(77_400))
      let line =
        "fdc1004 0x50 calibrated for skin.moisture by anna: a new probe "
        + "(air_picofarads 2.1, reference_picofarads 12.3); a new baseline begins"
      #expect(bench.spoken.lines.contains(line))
      let ever = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
      let notices = try await archive.notices(from: ever.0, to: ever.1, limit: 10)
      #expect(notices.contains { $0.kind == .calibrated && $0.text == line })
      let causes = try await archive.query("SELECT cause FROM v1_epoch ORDER BY began_utc_us")
      #expect(causes.rows.count == 2)
    }
  }

  @Test("the new numbers stand beside the old ones, and the list has both with their validity")
  func list() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        _ = try await store.record(
          Calibration(
            part: "fdc1004 0x50", channel: .skinMoisture, validFrom: Bench.midnight,
            who: "settings", why: "the configuration's numbers",
            parameters: ["air_picofarads": 2, "reference_picofarads": 12]),
          at: Bench.stamp(Bench.midnight))
      }
      #expect(try await given(bench, "--yes") == .done)
      #expect(bench.spoken.lines[0].hasSuffix("since 2026-11-20 01:00"))
      #expect(bench.spoken.lines[1] == "air_picofarads        2.100   2.000")
      let list = try await bench.json("calibrate", "--list")
      #expect(
        at(list, 0, "valid_to_utc_us") as? Double == at(list, 1, "valid_from_utc_us") as? Double)
      #expect(at(list, 1, "parameters", "reference_picofarads") as? Double == 12.3)
      #expect(try await bench.run("calibrate", "--list") == .done)
      let text = bench.spoken.text
      #expect(text.contains("since 2026-11-20 22:30, anna: numbers given by hand"))
      #expect(text.contains("2026-11-20 01:00 to 2026-11-20 22:30, settings: the configuration's"))
    }
  }

  @Test("a dry run keeps nothing, and needs no agreement")
  func dryRun() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await given(bench, "--dry-run") == .done)
      #expect(bench.spoken.lines.last?.hasPrefix("would write: air_picofarads 2.1") == true)
      #expect(try await Archive(path: bench.diary).calibrations() == [])
    }
  }

  @Test(
    "what would divide by zero or turn the channel upside down is refused, and changes nothing",
    arguments: [
      ["moisture", "--air-pf", "2.1", "--reference-pf", "2.1"],
      ["moisture", "--air-pf", "12", "--reference-pf", "2"],
      ["sebum", "--fresh-counts", "0"], ["sebum", "--fresh-counts", "900", "--full-scale", "0"],
    ])
  func refused(arguments: [String]) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run(["calibrate"] + arguments + ["--yes"]) == .usage)
      #expect(bench.complaints.lines.last?.contains("nothing was changed") == true)
      #expect(try await Archive(path: bench.diary).calibrations() == [])
    }
  }

  @Test("force is the known weight over the resistor's rise in conductance")
  func force() async throws {
    try await Bench.with { bench in
      try bench.configure("parts: [{part: fdc1004}, {part: ads1115}]\n")
      try await bench.plant { _ in }
      // 19.6133 N (2 kg) at half of the supply, from nothing.
      let ending = try await bench.run(
        "calibrate", "force", "--zero-counts", "0", "--loaded-counts", "13200", "--grams", "2000",
        "--yes")
      #expect(ending == .done)
      let kept = try #require(try await Archive(path: bench.diary).calibrations().first)
      #expect(kept.channel == .skinForce && kept.part == "ads1115 0x48")
      #expect(abs((kept.parameters["newtons_per_unit"] ?? 0) - 19.6133) < 1e-9)
      // A weight that presses less than none.
      #expect(
        try await bench.run(
          "calibrate", "force", "--zero-counts", "500", "--loaded-counts", "400", "--newtons", "2",
          "--yes") == .usage)
    }
  }

  @Test("without a daemon the probe is read here, in air and on the wet pad, as it is asked for")
  func measuredHere() async throws {
    try await Bench.with { bench in
      let hand = Hand()
      let bus = SimulatedI2CBus(name: "/dev/i2c-1", clock: bench.clock)
      bus.attach(SimulatedFDC1004 { _, _ in hand.capacitance }, at: 0x50)
      try await bench.clock.sleep(for: .seconds(5))
      bench.board.openBus = { _ throws(BusError) in bus }
      bench.ask = { hand.answer($0) }
      try await bench.plant { _ in }
      #expect(try await bench.run("calibrate", "moisture") == .done)
      #expect(hand.asked.count == 3)
      #expect(hand.asked[0].hasPrefix("Hold the probe in the air"))
      let kept = try #require(try await Archive(path: bench.diary).calibrations().first)
      #expect(abs((kept.parameters["air_picofarads"] ?? 0) - 2.1) < 0.01)
      #expect(abs((kept.parameters["reference_picofarads"] ?? 0) - 12.3) < 0.01)
    }
  }

  @Test("a running daemon measures, and is asked to keep the numbers")
  func throughDaemon() async throws {
    try await Bench.with { bench in
      let hand = Hand()
      bench.ask = { hand.answer($0) }
      try await bench.plant { _ in }
      let answer: @Sendable (ControlRequest) -> ControlResponse = { request in
        switch request {
        case .measure: .measured(measurement(hand.capacitance.picofarads))
        default: .done("calibrated")
        }
      }
      try await Daemon.with(bench, answering: answer) { daemon in
        let ending = try await bench.run("calibrate", "moisture")
        #expect(ending == .done)
        let measures = [ControlRequest](repeating: .measure(.skinMoisture), count: 4)
        #expect(daemon.requests.dropLast() == measures[...])
        guard case .calibrate(let calibration) = daemon.requests.last else {
          Issue.record("not asked to calibrate: \(daemon.requests)")
          return
        }
        #expect(calibration.parameters == ["air_picofarads": 2.1, "reference_picofarads": 12.3])
        #expect(calibration.why == "measured")
      }
    }
  }

  @Test("a probe that does not hold still is refused, and the daemon may take taps again")
  func unsteady() async throws {
    try await Bench.with { bench in
      bench.ask = { _ in true }
      try await bench.plant { _ in }
      let answer: @Sendable (ControlRequest) -> ControlResponse = { request in
        if case .measure = request { .measured(measurement(2.1, spread: 0.4)) } else { .done("") }
      }
      try await Daemon.with(bench, answering: answer) { daemon in
        let ending = try await bench.run("calibrate", "moisture")
        #expect(ending == .unavailable)
        #expect(daemon.requests.last == .endMeasuring)
      }
      #expect(bench.complaints.text.contains("does not hold still"))
    }
  }

  @Test("without a terminal nothing is measured: the numbers must be given")
  func noTerminal() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run("calibrate", "moisture", "--yes") == .usage)
      #expect(bench.complaints.text.contains("give the numbers"))
    }
  }

  @Test(
    "what makes no sense together is refused before anything is asked",
    arguments: [
      ["calibrate"], ["calibrate", "moisture", "--list"],
      ["calibrate", "moisture", "--fresh-counts", "2"], ["calibrate", "force"],
      ["calibrate", "temperature"], ["epoch"], ["epoch", "--why", "  "],
      ["epoch", "--why", "new", "--channel", "skin.colour"],
      ["epoch", "--why", "new", "--channel", "air.pm1", "--site", "cheek"],
    ])
  func nonsense(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { _ = try Skin2Vec.parseAsRoot(arguments) }
    #expect(error.map { Skin2Vec.exitCode(for: $0).rawValue } == 64)
  }
}

@Suite(.timeLimit(.minutes(5))) struct EpochCommandTests {
  @Test("a person's word begins a new epoch of what they name, and of nothing else")
  func word() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.save(Planted.session(Bench.evening(-1), moisture: [47], sebum: 60))
      }
      let ending = try await bench.run(
        "epoch", "--why", "a new cream", "--channel", "skin.moisture", "--person", "me")
      #expect(ending == .done)
      #expect(
        bench.spoken.lines.first
          == "1 series begin a new baseline: skin.moisture of me: a new cream")
      let epochs = try await Archive(path: bench.diary).query(
        "SELECT channel FROM v1_epoch WHERE cause = 'a new cream'")
      #expect(epochs.rows == [[.text("skin.moisture")]])
    }
  }

  @Test("a running daemon is asked; a dry run asks nobody")
  func throughDaemon() async throws {
    try await Bench.with { bench in
      try await Daemon.with(bench, answering: { _ in .done("begun") }) { daemon in
        #expect(try await bench.run("epoch", "--why", "moved", "--dry-run") == .done)
        #expect(daemon.requests == [])
        let ending = try await bench.run("epoch", "--why", "moved", "--site", "forehead")
        #expect(ending == .done)
        let skin: [Channel] = [.skinMoisture, .skinSebum, .skinForce, .skinTemperature]
        let order = EpochOrder(channels: skin, site: Site("forehead"), why: "moved")
        #expect(daemon.requests == [.epoch(order)])
      }
    }
  }
}

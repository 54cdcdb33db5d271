import Bus
import Quantities
import Sensors
import SimulatedParts
import Testing

@testable import skin2vec

private let bedroom = SimulatedAir(
  temperature: .celsius(21.5), humidity: .percent(48.25), pm1: .microgramsPerCubicMetre(3),
  pm2_5: .microgramsPerCubicMetre(6), pm4: .microgramsPerCubicMetre(8),
  pm10: .microgramsPerCubicMetre(9), vocIndex: .value(120), noxIndex: .value(2),
  carbonDioxide: .partsPerMillion(815))

/// `scan` and `read` with the parts that are not the default ones.
@Suite(.timeLimit(.minutes(5))) struct FurtherPartsTests {
  /// A bench with one part on the bus of the configuration, which names `named`.
  private func with(
    _ part: any SimulatedPart, at address: I2CAddress, configured named: String,
    _ test: (Bench, SimulatedI2CBus) async throws -> Void
  ) async throws {
    try await Bench.with { bench in
      try bench.configure("parts: [\(named)]\n")
      let bus = SimulatedI2CBus(name: "/dev/i2c-1", clock: bench.clock)
      bus.attach(part, at: address)
      // NOx is unknown for ten seconds after power-on.
      try await bench.clock.sleep(for: .seconds(12))
      bench.board.openBus = { _ throws(BusError) in bus }
      try await test(bench, bus)
    }
  }

  @Test("where the configuration names a SEN55, a scan tells an SPS30 in its place")
  func rival() async throws {
    try await with(
      SimulatedSPS30 { _ in bedroom }, at: 0x69, configured: "{part: sen55}"
    ) { bench, _ in
      let ending = try await bench.run("scan")
      #expect(ending == .done)
      #expect(
        bench.spoken.lines.last
          == "  0x69  SEN54 or SEN55 or SPS30  says: SPS30, serial 30F0E1D2C3B4A596, firmware 2.3")
    }
  }

  @Test("where the configuration names an SPS30, a scan tells a SEN54 in its place")
  func otherRival() async throws {
    try await with(
      SimulatedSEN5x(model: .sen54) { _ in bedroom }, at: 0x69, configured: "{part: sps30}"
    ) { bench, _ in
      let ending = try await bench.run("scan")
      #expect(ending == .done)
      #expect(bench.spoken.lines.last?.contains("says: SEN54, serial") == true)
    }
  }

  @Test("an ADS1115 is asked who it is also where nobody has named it")
  func stranger() async throws {
    try await with(
      SimulatedADS1115 { _, _ in .volts(1) }, at: 0x4A, configured: "{part: fdc1004}"
    ) { bench, _ in
      let ending = try await bench.run("scan")
      #expect(ending == .done)
      #expect(bench.spoken.lines.last == "  0x4A  ADS1115  says: ADS1115")
    }
  }

  @Test("an idle SEN66 is started for the reading, and left idle")
  func sen66() async throws {
    try await with(
      SimulatedSEN66 { _ in bedroom }, at: 0x6B, configured: "{part: sen66}"
    ) { bench, bus in
      let readings = try await bench.json("read")
      #expect((at(readings, 0, "note") as? String)?.contains("was idle") == true)
      #expect(at(readings, 0, "readings", 0, "value") as? Double == 21.5)
      #expect(at(readings, 0, "readings", 8, "channel") as? String == "air.co2")
      #expect(at(readings, 0, "readings", 8, "value") as? Double == 815)
      try await bench.clock.sleep(for: .seconds(3))
      let isReady = try await SEN66(bus: bus, clock: bench.clock).isDataReady()
      #expect(!isReady)
    }
  }

  @Test("an SPS30 that measures goes on measuring")
  func sps30() async throws {
    try await with(
      SimulatedSPS30 { _ in bedroom }, at: 0x69, configured: "{part: sps30}"
    ) { bench, bus in
      let driver = SPS30(bus: bus, clock: bench.clock)
      try await driver.start()
      try await bench.clock.sleep(for: .seconds(3))
      let readings = try await bench.json("read")
      #expect(at(readings, 0, "note") as? String == nil)
      #expect(at(readings, 0, "readings", 1, "value") as? Double == 6)
      #expect((at(readings, 0, "wire_hex") as? String)?.hasPrefix("40 40 35") == true)
      try await bench.clock.sleep(for: .seconds(3))
      let isReady = try await driver.isDataReady()
      #expect(isReady)
    }
  }

  @Test("an ADS1115 shows code and voltage of both inputs, and says which one is clipped")
  func ads1115() async throws {
    let part = SimulatedADS1115 { input, _ in .volts([9, 0.625, 5, 9][input]) }
    try await with(
      part, at: 0x48, configured: "{part: ads1115, force_input: 2, range: 2.048 V}"
    ) { bench, _ in
      let ending = try await bench.run("read")
      #expect(ending == .done)
      let lines = bench.spoken.lines
      #expect(lines.contains("  value  force code 32767"))
      #expect(lines.contains("         temperature code 10000"))
      #expect(lines.contains("         temperature 0.6250 V"))
      #expect(lines.contains("  raw    27 10"))
      #expect(lines.last?.contains("force at the end of the scale") == true)
    }
  }
}

import Bus
import Control
import Quantities
import Readings
import Sensors
import SimulatedParts
import Testing

@testable import skin2vec

/// The air and the skin of these tests.
private let bedroom = SimulatedAir(
  temperature: .celsius(21.5), humidity: .percent(48.25), pm1: .microgramsPerCubicMetre(3),
  pm2_5: .microgramsPerCubicMetre(6), pm4: .microgramsPerCubicMetre(8),
  pm10: .microgramsPerCubicMetre(9), vocIndex: .value(120), noxIndex: .value(2),
  pressure: .pascals(98_500))

extension Bench {
  /// Puts simulated parts on the bus of the configuration; only those are there.
  fileprivate mutating func wire(_ parts: [(any SimulatedPart, I2CAddress)]) async throws
    -> SimulatedI2CBus
  {
    let bus = SimulatedI2CBus(name: "/dev/i2c-1", clock: clock)
    for (part, address) in parts { bus.attach(part, at: address) }
    // Every part has started up by then.
    try await clock.sleep(for: .seconds(5))
    board.openBus = { path throws(BusError) in
      guard path == "/dev/i2c-1" else { throw BusError(.gone, path: path, operation: "open") }
      return bus
    }
    return bus
  }
}

@Suite(.timeLimit(.minutes(5))) struct PartsTests {
  private let sen55 = SimulatedSEN5x { _ in bedroom }
  private let moisture = SimulatedFDC1004 { input, _ in .picofarads(input == 1 ? 6.5 : 2) }
  private let light = SimulatedTSL2591 { _ in .counts(600) }

  @Test("a scan names who answers where, and asks those who may be asked")
  func scan() async throws {
    try await Bench.with { bench in
      _ = try await bench.wire([(sen55, 0x69), (moisture, 0x50), (light, 0x29)])
      #expect(try await bench.run("scan") == .done)
      #expect(
        bench.spoken.lines == [
          "/dev/i2c-1 (main)", "  0x29  TSL2591                  says: TSL2591",
          "  0x50  FDC1004                  says: FDC1004",
          "  0x69  SEN54 or SEN55 or SPS30  says: SEN55, serial 51A2C3D4E5F60718, firmware 2.0",
        ])
    }
  }

  @Test("a stranger where the configuration names no Sensirion part is sent no command of theirs")
  func stranger() async throws {
    try await Bench.with { bench in
      try bench.configure(
        "lines: {contact: none}\nparts: [{part: bme280, channels: [air.humidity]}]\n")
      let bus = try await bench.wire([(sen55, 0x69)])
      #expect(try await bench.run("scan") == .done)
      #expect(bench.spoken.lines.last == "  0x69  SEN54 or SEN55 or SPS30")
      // One look at each address and no transfer more.
      #expect(bus.traffic.transfers == I2CAddress.all.count)
    }
  }

  @Test("while the daemon runs, a scan warns and asks nobody")
  func scanBesideDaemon() async throws {
    try await Bench.with { bench in
      let bus = try await bench.wire([(moisture, 0x50)])
      let status = Daemon.status(bench)
      try await Daemon.with(bench, answering: { _ in .status(status) }) { _ in
        let ending = try await bench.run("scan")
        #expect(ending == .done)
      }
      #expect(bench.complaints.text.contains("skin2vecd runs"))
      #expect(bus.traffic.transfers == I2CAddress.all.count)
    }
  }

  @Test("a daemon that answers nonsense is taken to run all the same")
  func scanBesideNonsense() async throws {
    try await Bench.with { bench in
      _ = try await bench.wire([])
      try await Daemon.with(bench, answering: { _ in .done("what?") }) { _ in
        let ending = try await bench.run("scan")
        #expect(ending == .done)
      }
      #expect(bench.complaints.text.contains("skin2vecd runs"))
    }
  }

  @Test("the other parts for the air are read too, each by its own driver")
  func otherAir() async throws {
    try await Bench.with { bench in
      try bench.configure(
        """
        lines: {contact: none}
        parts:
          - {part: bme280, channels: [air.pressure]}
          - {part: sht4x, address: 0x45}
          - {part: pmsa003i, channels: [air.pm2_5]}
        """)
      _ = try await bench.wire([
        (SimulatedBME280 { _ in bedroom }, 0x76), (SimulatedSHT4x { _ in bedroom }, 0x45),
        (SimulatedPMSA003I { _ in bedroom }, 0x12),
      ])
      let readings = try await bench.json("read")
      func value(_ part: Int, _ reading: Int) throws -> Double {
        try #require(at(readings, part, "readings", reading, "value") as? Double)
      }
      #expect(abs(try value(0, 0) - 98_500) < 20)
      #expect(abs(try value(1, 0) - 21.5) < 0.01)
      #expect(abs(try value(1, 1) - 48.25) < 0.01)
      #expect(try value(2, 0) == 6)
      #expect((at(readings, 2, "wire_hex") as? String)?.hasPrefix("42 4D 00 1C") == true)
    }
  }

  @Test("a bus that is not there ends with status 69 and the mend")
  func noBus() async throws {
    try await Bench.with { bench in
      #expect(try await bench.run("scan", "--bus", "/dev/i2c-9") == .unavailable)
      #expect(bench.spoken.text.contains("dtparam=i2c_arm=on"))
      let scans = try await bench.json("scan", "--bus", "/dev/i2c-9")
      #expect(at(scans, 0, "bus") as? String == "/dev/i2c-9")
      #expect((at(scans, 0, "problem") as? String)?.contains("not there") == true)
    }
  }

  @Test("a bus nobody answers on says so")
  func emptyBus() async throws {
    try await Bench.with { bench in
      _ = try await bench.wire([])
      #expect(try await bench.run("scan") == .done)
      #expect(bench.spoken.text.contains("nobody answers"))
    }
  }

  @Test("read shows what each part said, with its bytes")
  func read() async throws {
    try await Bench.with { bench in
      _ = try await bench.wire([(sen55, 0x69), (moisture, 0x50), (light, 0x29)])
      #expect(try await bench.run("read") == .done)
      let lines = bench.spoken.lines
      #expect(lines.contains("  air.temperature  21.5 °C"))
      #expect(lines.contains { $0.hasPrefix("  value  code ") })
      #expect(lines.contains("         6.500 pF"))
      // 600 counts at gain 1x are 600 times 25 at the configured gain, in big-endian 3A 98.
      #expect(lines.contains("  value  15000 counts"))
      #expect(lines.contains { $0.contains("raw") && $0.contains("98 3A") })
    }
  }

  @Test("an idle SEN55 is started for the reading, and left idle")
  func idle() async throws {
    try await Bench.with { bench in
      let bus = try await bench.wire([(sen55, 0x69)])
      let readings = try await bench.json("read", "sen55")
      #expect((at(readings, 0, "note") as? String)?.contains("was idle") == true)
      #expect(at(readings, 0, "readings", 0, "value") as? Double == 21.5)
      let driver = SEN5x(bus: bus, clock: bench.clock)
      try await bench.clock.sleep(for: .seconds(3))
      #expect(try await driver.isDataReady() == false)
    }
  }

  @Test("a SEN55 that measures goes on measuring")
  func measuring() async throws {
    try await Bench.with { bench in
      let bus = try await bench.wire([(sen55, 0x69)])
      let driver = SEN5x(bus: bus, clock: bench.clock)
      try await driver.start()
      try await bench.clock.sleep(for: .seconds(3))
      let readings = try await bench.json("read", "0x69")
      #expect(at(readings, 0, "note") as? String == nil)
      #expect(at(readings, 0, "readings", 0, "value") as? Double == 21.5)
      try await bench.clock.sleep(for: .seconds(3))
      #expect(try await driver.isDataReady())
    }
  }

  @Test("a part that is not there is absent with the reason, and the others are read")
  func absent() async throws {
    try await Bench.with { bench in
      _ = try await bench.wire([(moisture, 0x50)])
      #expect(try await bench.run("read", "fdc1004", "tsl2591") == .unavailable)
      let lines = bench.spoken.lines
      #expect(lines.contains("         6.500 pF"))
      #expect(lines.contains { $0.hasPrefix("tsl2591 0x29 on /dev/i2c-1: absent (not present)") })
    }
  }

  @Test("the daemon's parts are left to it, unless asked otherwise")
  func readBesideDaemon() async throws {
    try await Bench.with { bench in
      _ = try await bench.wire([(moisture, 0x50)])
      let status = Daemon.status(bench)
      try await Daemon.with(bench, answering: { _ in .status(status) }) { _ in
        let ending = try await bench.run("read", "fdc1004")
        #expect(ending == .unavailable)
        #expect(bench.complaints.text.contains("--anyway"))
        let other = try await bench.run("read", "fdc1004", "--anyway")
        #expect(other == .done)
      }
    }
  }

  @Test("a part the configuration does not have is refused with the nearest it has")
  func unknownPart() async throws {
    try await Bench.with { bench in
      let ending = try await bench.run("read", "fdc1005")
      #expect(ending == .usage)
      #expect(bench.complaints.text.contains("did you mean `fdc1004`?"))
    }
  }
}

import Bus
import Quantities
import Sensors
import SimulatedParts
import Testing

/// What every driver does when the wire is not as it should be.
@Suite("Every driver")
struct BehaviourOfEveryPart {
  /// One call of one driver, by the part's name.
  enum Call: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sen5x, sen66, sps30, bme280, sht4x, pmsa003i, fdc1004, tsl2591, ads1115

    var testDescription: String { rawValue }

    func identify(on bench: Bench) async throws(SensorError) -> PartInfo {
      let (bus, clock) = (bench.bus, bench.time)
      return switch self {
      case .sen5x: try await SEN5x(bus: bus, clock: clock).identify()
      case .sen66: try await SEN66(bus: bus, clock: clock).identify()
      case .sps30: try await SPS30(bus: bus, clock: clock).identify()
      case .bme280: try await BME280(bus: bus, clock: clock).identify()
      case .sht4x: try await SHT4x(bus: bus, clock: clock).identify()
      case .pmsa003i: try await PMSA003I(bus: bus, clock: clock).identify()
      case .fdc1004: try await FDC1004(bus: bus, clock: clock).identify()
      case .tsl2591: try await TSL2591(bus: bus, clock: clock).identify()
      case .ads1115: try await ADS1115(bus: bus, clock: clock).identify()
      }
    }

    var address: I2CAddress {
      switch self {
      case .sen5x, .sps30: 0x69
      case .sen66: 0x6B
      case .bme280: 0x76
      case .sht4x: 0x44
      case .pmsa003i: 0x12
      case .fdc1004: 0x50
      case .tsl2591: 0x29
      case .ads1115: 0x48
      }
    }

    var part: any SimulatedPart {
      switch self {
      case .sen5x: SimulatedSEN5x { _ in bedroom }
      case .sen66: SimulatedSEN66 { _ in bedroom }
      case .sps30: SimulatedSPS30 { _ in bedroom }
      case .bme280: SimulatedBME280 { _ in bedroom }
      case .sht4x: SimulatedSHT4x { _ in bedroom }
      case .pmsa003i: SimulatedPMSA003I { _ in bedroom }
      case .fdc1004: SimulatedFDC1004 { _, _ in .picofarads(5) }
      case .tsl2591: SimulatedTSL2591 { _ in .counts(500) }
      case .ads1115: SimulatedADS1115 { _, _ in .volts(1) }
      }
    }

    var expected: PartInfo {
      switch self {
      case .sen5x: PartInfo(product: "SEN55", serial: "51A2C3D4E5F60718", firmware: "2.0")
      case .sen66: PartInfo(product: "SEN66", serial: "66A1B2C3D4E5F607", firmware: "4.0")
      case .sps30: PartInfo(product: "SPS30", serial: "30F0E1D2C3B4A596", firmware: "2.3")
      case .bme280: PartInfo(product: "BME280")
      case .sht4x: PartInfo(product: "SHT4x", serial: "0D15EA5E")
      case .pmsa003i: PartInfo(product: "PMSA003I", firmware: "0x97")
      case .fdc1004: PartInfo(product: "FDC1004")
      case .tsl2591: PartInfo(product: "TSL2591")
      case .ads1115: PartInfo(product: "ADS1115")
      }
    }
  }

  @Test("says who is there", arguments: Call.allCases)
  func identity(call: Call) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(call.part, at: call.address)
      // A PMSA003I has its first frame after 2.3 s.
      try await bench.wait(.seconds(1))
      #expect(try await call.identify(on: bench) == call.expected)
    }
  }

  @Test("says where nobody is there", arguments: Call.allCases)
  func nobody(call: Call) async throws {
    let bench = Bench()
    try await bench.run {
      guard
        case .bus(let error) = await failure({ () async throws(SensorError) in
          try await call.identify(on: bench)
        })
      else {
        Issue.record("expected a failure of the bus")
        return
      }
      #expect(error.kind == .notAcknowledged)
      #expect(error.address == call.address)
      #expect(error.path == "bench")
    }
  }

  @Test("passes on what kept the bus from working", arguments: Call.allCases)
  func busFaults(call: Call) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(call.part, at: call.address)
      for (fault, kind) in [
        (SimulatedFault.nak, BusError.Kind.notAcknowledged), (.stuckSDA, .stuck),
        (.timeout, .timedOut),
      ] {
        bench.bus.set(fault: fault, on: call.address)
        let error = await failure { () async throws(SensorError) in
          try await call.identify(on: bench)
        }
        #expect(error?.busKind == kind)
        bench.bus.clearFaults()
      }
    }
  }

  @Test("answers again after the part has been away", arguments: Call.allCases)
  func comesBack(call: Call) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(call.part, at: call.address)
      bench.bus.set(
        fault: .missing, on: call.address, until: bench.time.now.advanced(by: .seconds(5)))
      let error = await failure { () async throws(SensorError) in
        try await call.identify(on: bench)
      }
      #expect(error?.busKind == .notAcknowledged)
      try await bench.wait(.seconds(6))
      // The first transfer finds the fault over and powers the part.
      _ = try bench.bus.answers(at: call.address)
      try await bench.wait(.seconds(5))
      #expect(try await call.identify(on: bench) == call.expected)
    }
  }

  @Test(
    "refuses another part at its address",
    arguments: [
      (.bme280, SimulatedTSL2591 { _ in .counts(1) }),
      (.fdc1004, SimulatedTSL2591 { _ in .counts(1) }),
      (.tsl2591, SimulatedBME280 { _ in bedroom }),
      (.pmsa003i, SimulatedFDC1004 { _, _ in .picofarads(1) }),
      (.sen5x, SimulatedSEN5x(model: .sen54) { _ in bedroom }),
      (.sen66, SimulatedSEN66(productType: "00085800") { _ in bedroom }),
      (.sps30, SimulatedSPS30(productType: "00085300") { _ in bedroom }),
      (.ads1115, SimulatedFDC1004 { _, _ in .picofarads(1) }),
    ] as [(Call, any SimulatedPart)])
  func wrongPart(call: Call, part: any SimulatedPart) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(part, at: call.address)
      let error = await failure { () async throws(SensorError) in
        try await call.identify(on: bench)
      }
      #expect(error?.isWrongPart == true)
    }
  }

  @Test("refuses an answer with a flipped bit", arguments: [Call.sen5x, .sen66, .sps30, .sht4x])
  func flippedBit(call: Call) async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(call.part, at: call.address)
      bench.bus.set(fault: .flippedBit, on: call.address)
      let error = await failure { () async throws(SensorError) in
        try await call.identify(on: bench)
      }
      #expect(error?.isCorrupted == true)
    }
  }

  @Test("stops waiting when its task is cancelled")
  func cancelled() async throws {
    let bench = Bench()
    try await bench.run {
      try await bench.plug(Call.sen5x.part, at: Call.sen5x.address)
      let task = Task { () async -> SensorError? in
        await failure { () async throws(SensorError) in
          try await SEN5x(bus: bench.bus, clock: bench.time).stop()
        }
      }
      task.cancel()
      #expect(await task.value == .cancelled)
    }
  }
}

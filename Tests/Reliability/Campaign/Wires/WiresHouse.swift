import Bus
import SimulatedParts

/// Which parts a house of the campaign has; some have one address and never share a bus.
struct WiresHouse: Sendable {
  /// A part of the air, where it is and when it is read.
  struct Air: Sendable {
    var part: SupportedPart
    var address: I2CAddress
    /// Seconds after each whole minute.
    var offset: Int

    var name: String { "\(part.rawValue) \(address)" }
  }

  var name: String
  var air: [Air]

  /// The parts of the probe, which every house has.
  static let probe: [(part: SupportedPart, address: I2CAddress)] = [
    (.fdc1004, 0x50), (.tsl2591, 0x29), (.ads1115, 0x48),
  ]

  static let all = [
    WiresHouse(
      name: "a",
      air: [
        Air(part: .sen55, address: 0x69, offset: 0), Air(part: .sht4x, address: 0x44, offset: 5),
        Air(part: .pmsa003i, address: 0x12, offset: 10),
        Air(part: .bme280, address: 0x76, offset: 0),
      ]),
    WiresHouse(
      name: "b",
      air: [
        Air(part: .sps30, address: 0x69, offset: 0), Air(part: .sen66, address: 0x6B, offset: 3),
        Air(part: .bme280, address: 0x77, offset: 6), Air(part: .sht4x, address: 0x45, offset: 6),
      ]),
    WiresHouse(
      name: "c",
      air: [
        Air(part: .sen54, address: 0x69, offset: 0), Air(part: .sen66, address: 0x6B, offset: 0),
        Air(part: .pmsa003i, address: 0x12, offset: 0),
        Air(part: .sht4x, address: 0x46, offset: 0),
      ]),
  ]

  /// The addresses of every part, the air's first.
  var addresses: [I2CAddress] { air.map(\.address) + Self.probe.map(\.address) }

  /// The name of what is at an address.
  func name(at address: I2CAddress) -> String {
    air.first { $0.address == address }?.name
      ?? Self.probe.first { $0.address == address }.map { "\($0.part.rawValue) \($0.address)" }
      ?? "\(address)"
  }

  /// One more of a part, as out of a drawer: another serial number, and another trimming.
  static func part(
    _ part: SupportedPart, number: Int, in world: WiresWorld, shift: Double = 0
  ) -> any SimulatedPart {
    let air: @Sendable (BootInstant) -> SimulatedAir = { WiresWorld.air(at: $0, shift: shift) }
    let serial = "51A2C3D4E5F6071" + String(number % 10)
    return switch part {
    case .sen54: SimulatedSEN5x(model: .sen54, serial: serial, air: air)
    case .sen55: SimulatedSEN5x(serial: serial, air: air)
    case .sen66: SimulatedSEN66(serial: serial, air: air)
    case .sps30: SimulatedSPS30(serial: serial, air: air)
    case .bme280:
      SimulatedBME280(calibration: number % 2 == 0 ? .datasheetExample : other, air: air)
    case .sht4x: SimulatedSHT4x(serial: 0x0D15_EA50 + UInt32(number % 10), air: air)
    case .pmsa003i: SimulatedPMSA003I(counts: WiresWorld.counts(at:), air: air)
    case .fdc1004: SimulatedFDC1004 { world.capacitance(input: $0, at: $1) }
    case .tsl2591: SimulatedTSL2591 { world.light(at: $0) }
    case .ads1115: SimulatedADS1115 { world.voltage(input: $0, at: $1) }
    }
  }

  /// The trimming of another BME280, as a public register dump has it.
  private static let other = BME280Calibration(
    low: [
      0x01, 0x6F, 0x61, 0x68, 0x32, 0x00, 0x9A, 0x94, 0xC1, 0xD6, 0xD0, 0x0B, 0x16, 0x22, 0x47,
      0xFF, 0xF9, 0xFF, 0xAC, 0x26, 0x0A, 0xD8, 0xBD, 0x10, 0x00, 0x4B,
    ],
    high: [0x68, 0x01, 0x00, 0x14, 0x25, 0x03, 0x1E])
}

/// A memory at a part's address: it takes and gives back everything, and is none of our parts.
struct MemoryPart: SimulatedPart {
  var ailments: PartAilments = []
  private var cells: [UInt8]
  private var pointer = 0

  init(filling: @Sendable (Int) -> UInt8) { cells = (0..<256).map(filling) }

  mutating func write(_ bytes: [UInt8], at now: BootInstant) throws(PartRefusal) {
    guard let first = bytes.first else { return }
    pointer = Int(first)
    for byte in bytes.dropFirst() {
      cells[pointer % 256] = byte
      pointer += 1
    }
    if bytes.count > 1 { pointer = Int(first) }
  }

  mutating func read(_ count: Int, at now: BootInstant) throws(PartRefusal) -> [UInt8] {
    (0..<count).map { cells[(pointer + $0) % 256] }
  }

  mutating func powerCycle(at now: BootInstant) { pointer = 0 }
}

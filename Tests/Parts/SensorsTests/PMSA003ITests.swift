import Quantities
import Testing

@testable import Sensors

@Suite("PMSA003I frames")
struct PMSA003ITests {
  static let real = """
    42 4D 00 1C 00 00 00 01 00 05 00 00 00 01 00 05 00 7E 00 2A 00 0F 00 09 00 03 00 03 97 00 02 14
    """

  private func masses(_ masses: PMSA003I.Frame.Masses) -> [Double?] {
    [masses.pm1, masses.pm2_5, masses.pm10].map { $0.value?.microgramsPerCubicMetre }
  }

  private func counts(_ counts: PMSA003I.Frame.Counts) -> [UInt16] {
    [
      counts.above0_3, counts.above0_5, counts.above1, counts.above2_5, counts.above5,
      counts.above10,
    ]
  }

  @Test(
    "published frames decode as published",
    arguments: [
      (real, [0, 1, 5], [0, 1, 5], [126, 42, 15, 9, 3, 3]),
      (
        """
        42 4D 00 1C 00 03 00 04 00 07 00 03 00 04 00 07 \
        02 D0 00 B8 00 19 00 08 00 04 00 02 97 00 03 0F
        """, [3, 4, 7], [3, 4, 7], [720, 184, 25, 8, 4, 2]
      ),
      (
        """
        42 4D 00 1C 00 00 00 00 00 00 00 00 00 00 00 00 \
        00 24 00 07 00 01 00 01 00 01 00 00 97 00 01 70
        """, [0, 0, 0], [0, 0, 0], [36, 7, 1, 1, 1, 0]
      ),
      (
        """
        42 4D 00 1C 01 2C 01 F4 02 58 00 C8 01 4D 01 90 \
        FF FF 75 30 23 28 03 84 00 5A 00 09 97 00 08 3D
        """, [300, 500, 600], [200, 333, 400], [65535, 30000, 9000, 900, 90, 9]
      ),
    ] as [(String, [Double], [Double], [UInt16])])
  func published(
    hex: String, standard: [Double], atmospheric: [Double], expected: [UInt16]
  ) throws {
    let frame = try PMSA003I.Frame(bytes: bytes(hex))
    #expect(masses(frame.standard) == standard)
    #expect(masses(frame.atmospheric) == atmospheric)
    #expect(counts(frame.counts) == expected)
    #expect(frame.version == 0x97)
    #expect(frame.error == 0)
  }

  @Test("every single flipped bit is refused")
  func flippedBits() {
    for frame in everyFlip(of: bytes(Self.real)) {
      #expect(throws: SensorError.self) { try PMSA003I.Frame(bytes: frame) }
    }
  }

  @Test("a frame of zeros is refused, though its sum is right")
  func zeros() {
    #expect(
      throws: SensorError.corrupted("the frame is all zeros: nothing measured yet, or no part")
    ) {
      try PMSA003I.Frame(bytes: [UInt8](repeating: 0, count: 32))
    }
  }

  @Test("another length is refused, though the sum is right")
  func otherLength() {
    // The length one more, and so the sum.
    var frame = bytes(Self.real)
    frame[3] = 0x1D
    frame[31] = 0x15
    #expect(throws: SensorError.corrupted("the frame states a length of 29, not 28")) {
      try PMSA003I.Frame(bytes: frame)
    }
  }

  @Test("another start is refused, though the sum is right")
  func otherStart() {
    var frame = bytes(Self.real)
    frame[0] = 0x43
    frame[31] = 0x15
    #expect(throws: SensorError.corrupted("the frame starts with 0x43 0x4D")) {
      try PMSA003I.Frame(bytes: frame)
    }
  }

  @Test("a frame cut short is refused")
  func cutShort() {
    #expect(throws: SensorError.self) { try PMSA003I.Frame(bytes: bytes("42 4D 00 1C")) }
  }

  @Test("a mass beyond 1000 µg/m³ is a fault")
  func massRange() {
    #expect(PMSA003I.mass(0) == .value(.microgramsPerCubicMetre(0)))
    #expect(PMSA003I.mass(1000) == .value(.microgramsPerCubicMetre(1000)))
    #expect(PMSA003I.mass(1001) == .fault)
    #expect(PMSA003I.mass(0xFFFE) == .fault)
    #expect(PMSA003I.mass(0xFFFF) == .fault)
  }
}

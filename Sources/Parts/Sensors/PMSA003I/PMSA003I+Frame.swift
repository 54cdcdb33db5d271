package import Quantities

extension PMSA003I {
  /// What one frame says; source: data manual, "Appendix I: transport protocol".
  package struct Frame: Hashable, Sendable {
    /// Three masses by the same calibration.
    package struct Masses: Hashable, Sendable {
      package var pm1: Field<MassConcentration>
      package var pm2_5: Field<MassConcentration>
      package var pm10: Field<MassConcentration>
    }

    /// Particles in a decilitre of air (0.1 L) above each diameter.
    package struct Counts: Hashable, Sendable {
      package var above0_3: UInt16
      package var above0_5: UInt16
      package var above1: UInt16
      package var above2_5: UInt16
      package var above5: UInt16
      package var above10: UInt16
    }

    /// By the factory's standard particles ("CF=1"): for industry.
    package var standard: Masses
    /// Under atmospheric environment: what to use in a room.
    package var atmospheric: Masses
    package var counts: Counts
    package var version: UInt8
    /// The part's own error code; 0 for none.
    package var error: UInt8
  }
}

extension PMSA003I.Frame {
  static let byteCount = 32
  /// The two bytes every frame starts with.
  static let start: [UInt8] = [0x42, 0x4D]
  /// The length every frame states: the bytes that follow the length.
  static let statedLength: UInt16 = 28

  /// From the 32 bytes of the wire; throws `.corrupted` unless start, length and sum are right.
  init(bytes: [UInt8]) throws(SensorError) {
    guard bytes.count == Self.byteCount else { throw .corrupted("\(bytes.count) bytes, not 32") }
    guard bytes.contains(where: { $0 != 0 }) else {
      throw .corrupted("the frame is all zeros: nothing measured yet, or no part")
    }
    guard Array(bytes[0..<2]) == Self.start else {
      throw .corrupted("the frame starts with \(bytes[0].hex) \(bytes[1].hex)")
    }
    let words = stride(from: 0, to: bytes.count, by: 2).map {
      UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
    }
    guard words[1] == Self.statedLength else {
      throw .corrupted("the frame states a length of \(words[1]), not \(Self.statedLength)")
    }
    let sum = bytes.dropLast(2).reduce(into: UInt16(0)) { $0 += UInt16($1) }
    guard words[15] == sum else {
      throw .corrupted("the frame has checksum \(words[15].hex), expected \(sum.hex)")
    }
    self.init(
      standard: Masses(words[2...4]), atmospheric: Masses(words[5...7]),
      counts: Counts(
        above0_3: words[8], above0_5: words[9], above1: words[10], above2_5: words[11],
        above5: words[12], above10: words[13]),
      version: bytes[28], error: bytes[29])
  }
}

extension PMSA003I.Frame.Masses {
  /// From three words, PM1 first.
  init(_ words: ArraySlice<UInt16>) {
    let masses = words.map(PMSA003I.mass)
    self.init(pm1: masses[0], pm2_5: masses[1], pm10: masses[2])
  }
}

extension PMSA003I {
  /// Whole µg/m³; the data manual's "maximum range" is 1000 µg/m³, above it nothing is promised.
  static func mass(_ word: UInt16) -> Field<MassConcentration> {
    word <= 1000 ? .value(.microgramsPerCubicMetre(Double(word))) : .fault
  }
}

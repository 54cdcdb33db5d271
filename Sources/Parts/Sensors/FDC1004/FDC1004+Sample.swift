package import Quantities

extension FDC1004 {
  /// One conversion.
  package struct Sample: Hashable, Sendable {
    /// The 24-bit result as the part gave it, 1.9 aF a step.
    package var code: Int32
    /// The offset's code it was taken with.
    package var capdac: Int?

    package init(code: Int32, capdac: Int?) {
      self.code = code
      self.capdac = capdac
    }

    /// The capacitance, offset included.
    package var capacitance: Capacitance { FDC1004.capacitance(code: code, capdac: capdac) }

    /// Whether the code is beyond ±15 pF, the range the datasheet promises ("Features").
    package var isOverRange: Bool { code.magnitude > 15 << 19 }
  }

  /// The capacitance of a code: code/2¹⁹ pF ("Capacitive measurement registers") and 3.125 pF a step
  /// of CAPDAC ("Measurement configuration registers").
  package static func capacitance(code: Int32, capdac: Int?) -> Capacitance {
    .picofarads(Double(code) / 524_288 + Double(capdac ?? 0) * 3.125)
  }
}

extension FDC1004.Sample {
  /// From the two result words; throws `.corrupted` if bits that are always 0 are not.
  init(high: UInt16, low: UInt16, capdac: Int?) throws(SensorError) {
    guard low & 0x00FF == 0 else {
      throw .corrupted("the low result word is \(low.hex); its last byte is always 0")
    }
    let bits = UInt32(high) << 16 | UInt32(low)
    // An arithmetic shift carries the sign down from bit 31.
    self.init(code: Int32(bitPattern: bits) >> 8, capdac: capdac)
  }
}

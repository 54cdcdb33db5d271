extension FDC1004 {
  /// One input and its offset, and so one of the four measurements: number *n* for input CIN*n*.
  package struct Measurement: Hashable, Sendable {
    /// 1 to 4, as the pins are called.
    package let input: Int
    /// The offset's code, 0 to 31 in steps of 3.125 pF; nil with the offset switched off.
    package let capdac: Int?

    package init(input: Int, capdac: Int? = nil) {
      precondition((1...4).contains(input), "CIN1 to CIN4 only")
      precondition(capdac.map { (0...31).contains($0) } ?? true, "CAPDAC 0 to 31 only")
      self.input = input
      self.capdac = capdac
    }
  }

  /// How many samples a second the part converts ("FDC configuration register", RATE).
  package enum Rate: UInt16, Hashable, Sendable, CaseIterable {
    case perSecond100 = 1
    case perSecond200, perSecond400
  }

  /// The control word ("FDC configuration register (0x0C)").
  ///
  /// RATE in bits 11 and 10, REPEAT in bit 8, MEAS_1 to MEAS_4 in bits 7 to 4. The datasheet's own
  /// example of a single measurement 2, 0x0540, has REPEAT set by mistake: 0x0440 it is.
  static func controlWord(
    _ measurements: [Measurement], rate: Rate, repeating: Bool
  ) -> UInt16 {
    let mode = rate.rawValue << 10 | (repeating ? 1 << 8 : 0)
    return measurements.reduce(mode) { $0 | 1 << (8 - $1.input) }
  }
}

extension FDC1004.Measurement {
  /// The configuration word ("Measurement configuration registers (0x08 to 0x0B)").
  ///
  /// CHA in bits 15 to 13: the input; CHB in bits 12 to 10: 4 for CAPDAC, 7 for none; CAPDAC in bits 9
  /// to 5.
  var configurationWord: UInt16 {
    let positive = UInt16(input - 1) << 13
    guard let capdac else { return positive | 7 << 10 }
    return positive | 4 << 10 | UInt16(capdac) << 5
  }

  /// MEAS_1 to MEAS_4 in bits 7 to 4 ("FDC configuration register (0x0C)").
  var measuringBit: UInt16 { 1 << (8 - input) }

  /// DONE_1 to DONE_4 in bits 3 to 0 ("FDC configuration register (0x0C)").
  var doneBit: UInt16 { 1 << (4 - input) }

  /// 0x00, 0x02, 0x04, 0x06 ("Capacitive measurement registers").
  var resultHigh: FDC1004.Register { .init(address: UInt8(2 * input - 2)) }
  /// 0x01, 0x03, 0x05, 0x07 ("Capacitive measurement registers").
  var resultLow: FDC1004.Register { .init(address: UInt8(2 * input - 1)) }
  /// 0x08 to 0x0B ("Measurement configuration registers").
  var configuration: FDC1004.Register { .init(address: UInt8(0x07 + input)) }
}

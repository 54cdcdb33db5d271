extension BME280 {
  /// The factory's calibration of one part, named as the datasheet does (section 4.2.2, table 16).
  package struct Calibration: Hashable, Sendable {
    let t1: UInt16, t2: Int16, t3: Int16
    let p1: UInt16
    /// P2 to P9.
    let p: [Int16]
    let h1: UInt8, h2: Int16, h3: UInt8, h4: Int16, h5: Int16, h6: Int8
  }
}

extension BME280.Calibration {
  /// From registers 0x88 to 0xA1 and 0xE1 to 0xE7; throws `.corrupted` on a blank calibration.
  init(low: [UInt8], high: [UInt8]) throws(SensorError) {
    func word(_ index: Int) -> UInt16 { UInt16(low[index + 1]) << 8 | UInt16(low[index]) }
    func signed(_ index: Int) -> Int16 { Int16(bitPattern: word(index)) }
    // Blank memory or a wire that floats; P1 = 0 would also divide by zero.
    guard ![0, .max].contains(word(0)), ![0, .max].contains(word(6)) else {
      throw .corrupted("the calibration is blank")
    }
    (t1, t2, t3) = (word(0), signed(2), signed(4))
    p1 = word(6)
    p = stride(from: 8, to: 24, by: 2).map(signed)
    // 0xA0 is not used.
    h1 = low[25]
    h2 = Int16(bitPattern: UInt16(high[1]) << 8 | UInt16(high[0]))
    h3 = high[2]
    // H4 and H5 have twelve bits and share 0xE5: H4 its lower half, H5 its upper.
    h4 = Int16(Int8(bitPattern: high[3])) << 4 | Int16(high[4] & 0x0F)
    h5 = Int16(Int8(bitPattern: high[5])) << 4 | Int16(high[4] >> 4)
    h6 = Int8(bitPattern: high[6])
  }
}

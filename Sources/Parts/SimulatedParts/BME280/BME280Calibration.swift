/// The trimming numbers burnt into one BME280, and the way back from units to its raw codes.
///
/// Names and formulas: Bosch BST-BME280-DS001-10, sections 4.2.2 and 8.1.
package struct BME280Calibration: Hashable, Sendable {
  private let low: [UInt8]
  private let high: [UInt8]
  private let t: [Double]
  private let p: [Double]
  private let h: [Double]

  /// The bytes as they stand at 0x88 to 0xA1 (26) and 0xE1 to 0xE7 (7).
  package init(low: [UInt8], high: [UInt8]) {
    precondition(low.count == 26 && high.count == 7, "26 bytes from 0x88 and 7 from 0xE1")
    func unsigned(_ at: Int) -> Double { Double(UInt16(low[at + 1]) << 8 | UInt16(low[at])) }
    func signed(_ at: Int) -> Double {
      Double(Int16(bitPattern: UInt16(low[at + 1]) << 8 | UInt16(low[at])))
    }
    /// Twelve bits with a sign; the byte holds the upper eight.
    func twelve(_ upper: UInt8, _ lower: UInt8) -> Double {
      Double(Int16(Int8(bitPattern: upper)) * 16 + Int16(lower))
    }
    self.low = low
    self.high = high
    t = [unsigned(0), signed(2), signed(4)]
    p = [unsigned(6)] + stride(from: 8, to: 24, by: 2).map(signed)
    h = [
      Double(low[25]), Double(Int16(bitPattern: UInt16(high[1]) << 8 | UInt16(high[0]))),
      Double(high[2]), twelve(high[3], high[4] & 0x0F), twelve(high[5], high[4] >> 4),
      Double(Int8(bitPattern: high[6])),
    ]
  }

  /// Temperature and pressure from the BMP280 datasheet's example, section 3.12; humidity from a
  /// public capture.
  package static let datasheetExample = BME280Calibration(
    low: [
      0x70, 0x6B, 0x43, 0x67, 0x18, 0xFC, 0x7D, 0x8E, 0x43, 0xD6, 0xD0, 0x0B, 0x27, 0x0B, 0x8C,
      0x00, 0xF9, 0xFF, 0x8C, 0x3C, 0xF8, 0xC6, 0x70, 0x17, 0x00, 0x4B,
    ],
    high: [0x6A, 0x01, 0x00, 0x14, 0x0D, 0x00, 0x1E])

  /// What the part's memory holds at a register.
  func byte(_ register: UInt8) -> UInt8 {
    register >= 0xE1 ? high[Int(register - 0xE1)] : low[Int(register - 0x88)]
  }

  /// The codes whose compensated values are nearest; 0x80000 and 0x8000 stand for "no value".
  func raw(
    celsius: Double?, pascals: Double?, percent: Double?
  ) -> (temperature: UInt32, pressure: UInt32, humidity: UInt32) {
    let temperature = celsius.map { wanted in
      Self.nearest(to: wanted, in: 0...0xFFFFF) { fine(Double($0)) / 5120 }
    }
    // The other channels are compensated for the temperature the part itself sees.
    let warmth = fine(Double(temperature ?? 519_888))
    return (
      temperature ?? 0x80000,
      pascals.map { wanted in
        // Pressure falls as its code grows.
        Self.nearest(to: -wanted, in: 0...0xFFFFF) { -pressure(Double($0), warmth) }
      } ?? 0x80000,
      percent.map { wanted in
        Self.nearest(to: wanted, in: 0...0xFFFF) { humidity(Double($0), warmth) }
      } ?? 0x8000
    )
  }

  /// Bisection over the codes; `value` grows with the code.
  private static func nearest(
    to wanted: Double, in codes: ClosedRange<UInt32>, value: (UInt32) -> Double
  ) -> UInt32 {
    var (low, high) = (codes.lowerBound, codes.upperBound)
    while high - low > 1 {
      let middle = (low + high) / 2
      if value(middle) <= wanted { low = middle } else { high = middle }
    }
    return wanted - value(low) <= value(high) - wanted ? low : high
  }

  private func fine(_ code: Double) -> Double {
    let first = (code / 16384 - t[0] / 1024) * t[1]
    let second = code / 131_072 - t[0] / 8192
    return first + second * second * t[2]
  }

  private func pressure(_ code: Double, _ fine: Double) -> Double {
    let a = fine / 2 - 64_000
    let b = (a * a * p[5] / 32768 + 2 * a * p[4]) / 4 + 65_536 * p[3]
    let scale = (1 + (p[2] * a * a / 524_288 + p[1] * a) / 524_288 / 32768) * p[0]
    let pascals = (1_048_576 - code - b / 4096) * 6250 / scale
    let square = p[8] * pascals * pascals / 2_147_483_648
    return pascals + (square + pascals * p[7] / 32768 + p[6]) / 16
  }

  /// Without the clamp to 0...100, so that it keeps growing.
  private func humidity(_ code: Double, _ fine: Double) -> Double {
    let x = fine - 76_800
    let linear = code - (64 * h[3] + h[4] / 16384 * x)
    let slope = h[1] / 65_536 * (1 + h[5] / 67_108_864 * x * (1 + h[2] / 67_108_864 * x))
    let percent = linear * slope
    return percent * (1 - h[0] * percent / 524_288)
  }
}

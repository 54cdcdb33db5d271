import Quantities

extension BME280 {
  /// The converters' results of one burst (section 5.4.7 to 5.4.9); nil where nothing was measured.
  package struct Raw: Hashable, Sendable {
    var temperature: Int?
    var pressure: Int?
    var humidity: Int?
  }
}

extension BME280.Raw {
  /// From registers 0xF7 to 0xFE; a skipped channel holds 0x80000 or 0x8000 (section 5.4.7, 5.4.9).
  init(bytes: [UInt8]) {
    func twentyBits(_ index: Int) -> Int {
      Int(bytes[index]) << 12 | Int(bytes[index + 1]) << 4 | Int(bytes[index + 2]) >> 4
    }
    func known(_ value: Int, unless sentinel: Int) -> Int? { value == sentinel ? nil : value }
    self.init(
      temperature: known(twentyBits(3), unless: 0x80000),
      pressure: known(twentyBits(0), unless: 0x80000),
      humidity: known(Int(bytes[6]) << 8 | Int(bytes[7]), unless: 0x8000))
  }
}

// The maker's formulas in double precision (appendix A, section 8.1).
extension BME280.Calibration {
  /// The reading; without temperature there is none, since the others lean on it.
  package func reading(of raw: BME280.Raw) -> BME280.Reading {
    guard let temperature = raw.temperature else {
      return BME280.Reading(temperature: .unknown, pressure: .unknown, humidity: .unknown)
    }
    let fine = fineTemperature(temperature)
    return BME280.Reading(
      temperature: plausible(fine / 5120, within: -40...85).map { .celsius($0) },
      pressure: raw.pressure.map {
        plausible(pascals($0, fine), within: 30_000...110_000).map { .pascals($0) }
      } ?? .unknown,
      humidity: raw.humidity.map { .value(.percent(percent($0, fine))) } ?? .unknown)
  }

  /// A fault outside the part's operating range (section 1.2 to 1.4, tables 2 to 4).
  private func plausible(_ number: Double, within range: ClosedRange<Double>) -> Field<Double> {
    range.contains(number) ? .value(number) : .fault
  }

  /// Temperature in 1/5120 °C, which the other two formulas lean on.
  func fineTemperature(_ raw: Int) -> Double {
    let coarse = (Double(raw) / 16384 - Double(t1) / 1024) * Double(t2)
    let bend = Double(raw) / 131072 - Double(t1) / 8192
    return coarse + bend * bend * Double(t3)
  }

  /// Pressure in Pa.
  func pascals(_ raw: Int, _ fine: Double) -> Double {
    // P2 is the first.
    let p = p.map(Double.init)
    let x = fine / 2 - 64000
    var offset = x * x * p[4] / 32768 + x * p[3] * 2
    offset = offset / 4 + p[2] * 65536
    var scale = (p[1] * x * x / 524288 + p[0] * x) / 524288
    scale = (1 + scale / 32768) * Double(p1)
    guard scale != 0 else { return 0 }
    let linear = (1_048_576 - Double(raw) - offset / 4096) * 6250 / scale
    return linear + (p[7] * linear * linear / 2_147_483_648 + linear * p[6] / 32768 + p[5]) / 16
  }

  /// Humidity in %RH, within 0…100.
  func percent(_ raw: Int, _ fine: Double) -> Double {
    let x = fine - 76800
    let zero = Double(h4) * 64 + Double(h5) / 16384 * x
    let warmth = 1 + Double(h3) / 67_108_864 * x
    let gain = Double(h2) / 65536 * (1 + Double(h6) / 67_108_864 * x * warmth)
    let linear = (Double(raw) - zero) * gain
    return min(max(linear * (1 - Double(h1) * linear / 524_288), 0), 100)
  }
}

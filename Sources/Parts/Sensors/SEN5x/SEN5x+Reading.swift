package import Quantities

extension SEN5x {
  /// One set of values; source of order and scaling: embedded-i2c-sen5x, sen5x_read_measured_values.
  package struct Reading: Hashable, Sendable {
    package var pm1: Field<MassConcentration>
    package var pm2_5: Field<MassConcentration>
    package var pm4: Field<MassConcentration>
    package var pm10: Field<MassConcentration>
    package var humidity: Field<RelativeHumidity>
    package var temperature: Field<Temperature>
    package var vocIndex: Field<GasIndex>
    /// Always unknown on a SEN54, and for the first ten seconds or so on a SEN55.
    package var noxIndex: Field<GasIndex>

    /// Whether the part has nothing at all to say: just started, idle, or back from a brown-out.
    package var isAllUnknown: Bool {
      let particles = [pm1, pm2_5, pm4, pm10].allSatisfy { $0 == .unknown }
      let gases = vocIndex == .unknown && noxIndex == .unknown
      return particles && gases && humidity == .unknown && temperature == .unknown
    }
  }
}

extension SEN5x.Reading {
  static let wordCount = 8

  /// From the eight words of 0x03C4, in the order of the wire.
  init(words: [UInt16]) {
    self.init(
      pm1: SEN5x.particles(words[0]), pm2_5: SEN5x.particles(words[1]),
      pm4: SEN5x.particles(words[2]), pm10: SEN5x.particles(words[3]),
      humidity: SEN5x.humidity(words[4]), temperature: SEN5x.temperature(words[5]),
      vocIndex: SEN5x.gasIndex(words[6]), noxIndex: SEN5x.gasIndex(words[7]))
  }
}

// Scaling and the sentinels 0xFFFF (unsigned) and 0x7FFF (signed): embedded-i2c-sen5x, sen5x_i2c.h.
extension SEN5x {
  /// Particles: tenths of µg/m³; the datasheet's range ends at 1000 µg/m³.
  ///
  /// 0xFFFE has been seen on all four channels of real parts for hours with the rest in order
  /// (Sensirion arduino-i2c-sen5x, issue 17): a fault and not a value.
  static func particles(_ word: UInt16) -> Field<MassConcentration> {
    switch word {
    case 0xFFFF: .unknown
    case 0...10_000: .value(.microgramsPerCubicMetre(Double(word) / 10))
    default: .fault
    }
  }

  /// Humidity: hundredths of %RH; a fault outside what the SHT sensor inside can express.
  ///
  /// Its scale runs from −6 to 119 %RH (SHT4x datasheet, "Conversion of signal output").
  static func humidity(_ word: UInt16) -> Field<RelativeHumidity> {
    guard word != 0x7FFF else { return .unknown }
    let ticks = Int16(bitPattern: word)
    return (-600...11_900).contains(ticks) ? .value(.percent(Double(ticks) / 100)) : .fault
  }

  /// Temperature: two-hundredths of a degree; a fault outside what the SHT sensor inside can express.
  ///
  /// Its scale runs from −45 to 130 °C (SHT4x datasheet, "Conversion of signal output").
  static func temperature(_ word: UInt16) -> Field<Temperature> {
    guard word != 0x7FFF else { return .unknown }
    let ticks = Int16(bitPattern: word)
    return (-9_000...26_000).contains(ticks) ? .value(.celsius(Double(ticks) / 200)) : .fault
  }

  /// A gas index: tenths; the algorithm's output is 1 to 500 (Sensirion gas-index-algorithm).
  static func gasIndex(_ word: UInt16) -> Field<GasIndex> {
    guard word != 0x7FFF else { return .unknown }
    let ticks = Int16(bitPattern: word)
    return (10...5_000).contains(ticks) ? .value(.value(Double(ticks) / 10)) : .fault
  }
}

package import Quantities

extension SEN66 {
  /// One set of values; source of order and scaling: embedded-i2c-sen66, sen66_read_measured_values.
  package struct Reading: Hashable, Sendable {
    package var pm1: Field<MassConcentration>
    package var pm2_5: Field<MassConcentration>
    package var pm4: Field<MassConcentration>
    package var pm10: Field<MassConcentration>
    package var humidity: Field<RelativeHumidity>
    package var temperature: Field<Temperature>
    package var vocIndex: Field<GasIndex>
    /// Unknown for the first ten seconds or so.
    package var noxIndex: Field<GasIndex>
    /// Unknown for the first five seconds or so.
    package var carbonDioxide: Field<GasFraction>

    /// Whether the part has nothing at all to say: just started, idle, or back from a brown-out.
    package var isAllUnknown: Bool {
      let particles = [pm1, pm2_5, pm4, pm10].allSatisfy { $0 == .unknown }
      let gases = vocIndex == .unknown && noxIndex == .unknown && carbonDioxide == .unknown
      return particles && gases && humidity == .unknown && temperature == .unknown
    }
  }
}

extension SEN66.Reading {
  static let wordCount = 9

  /// From the nine words of 0x0300, in the order of the wire; the first eight are a SEN5x's.
  init(words: [UInt16]) {
    self.init(
      pm1: SEN5x.particles(words[0]), pm2_5: SEN5x.particles(words[1]),
      pm4: SEN5x.particles(words[2]), pm10: SEN5x.particles(words[3]),
      humidity: SEN5x.humidity(words[4]), temperature: SEN5x.temperature(words[5]),
      vocIndex: SEN5x.gasIndex(words[6]), noxIndex: SEN5x.gasIndex(words[7]),
      carbonDioxide: SEN66.carbonDioxide(words[8]))
  }
}

extension SEN66 {
  /// Carbon dioxide: whole ppm; its output range ends at 40,000 ppm (SEN6x datasheet, "CO2").
  static func carbonDioxide(_ word: UInt16) -> Field<GasFraction> {
    switch word {
    case 0xFFFF: .unknown
    case 0...40_000: .value(.partsPerMillion(Double(word)))
    default: .fault
    }
  }
}

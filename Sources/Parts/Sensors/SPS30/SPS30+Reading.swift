package import Quantities

extension SPS30 {
  /// One set of values (datasheet, "Measurement Output Formats").
  package struct Reading: Hashable, Sendable {
    package var pm1: Field<MassConcentration>
    package var pm2_5: Field<MassConcentration>
    package var pm4: Field<MassConcentration>
    package var pm10: Field<MassConcentration>
    /// Particles in a cubic centimetre of air up to each diameter.
    package var counts: Counts
    /// The typical diameter of a particle, in micrometres.
    package var typicalMicrometres: Field<Double>

    package struct Counts: Hashable, Sendable {
      package var upTo0_5: Field<Double>
      package var upTo1: Field<Double>
      package var upTo2_5: Field<Double>
      package var upTo4: Field<Double>
      package var upTo10: Field<Double>
    }
  }
}

extension SPS30.Reading {
  static let wordCount = 20

  /// From the twenty words of 0x0300: ten numbers, two words each, the more significant first.
  init(words: [UInt16]) {
    let numbers = stride(from: 0, to: Self.wordCount, by: 2).map {
      Double(Float(bitPattern: SensirionFrames.number(words[$0], words[$0 + 1])))
    }
    self.init(
      pm1: SPS30.particles(numbers[0]), pm2_5: SPS30.particles(numbers[1]),
      pm4: SPS30.particles(numbers[2]), pm10: SPS30.particles(numbers[3]),
      counts: Counts(
        upTo0_5: SPS30.count(numbers[4]), upTo1: SPS30.count(numbers[5]),
        upTo2_5: SPS30.count(numbers[6]), upTo4: SPS30.count(numbers[7]),
        upTo10: SPS30.count(numbers[8])),
      typicalMicrometres: SPS30.size(numbers[9]))
  }
}

// There is no sentinel. What is not a number, negative or beyond the scale is a fault: a comparison
// with any of these fails, NaN included.
extension SPS30 {
  /// Particles in µg/m³; the part is specified to 1000 and read up to 3000 by the Linux driver.
  static func particles(_ number: Double) -> Field<MassConcentration> {
    (0...3000).contains(number) ? .value(.microgramsPerCubicMetre(number)) : .fault
  }

  /// Particles in a cubic centimetre, without an end: beyond 3000 (datasheet, "Specification
  /// Overview") nothing is promised of its accuracy.
  static func count(_ number: Double) -> Field<Double> {
    number >= 0 && number.isFinite ? .value(number) : .fault
  }

  /// A diameter in micrometres; the part sees none above 10 (datasheet, "Specification Overview").
  static func size(_ number: Double) -> Field<Double> {
    (0...10).contains(number) ? .value(number) : .fault
  }
}

package import Quantities

extension SEN66 {
  /// One set of values; source of order and scaling: embedded-i2c-sen66, sen66_read_measured_values.
  @dynamicMemberLookup
  package struct Reading: Hashable, Sendable {
    /// What a SEN5x measures as well, in the same order and scaling.
    package var shared: SEN5x.Reading
    /// Unknown for the first five seconds or so.
    package var carbonDioxide: Field<GasFraction>

    /// Whether the part has nothing at all to say: just started, idle, or back from a brown-out.
    package var isAllUnknown: Bool { shared.isAllUnknown && carbonDioxide == .unknown }

    package subscript<Value>(dynamicMember path: KeyPath<SEN5x.Reading, Value>) -> Value {
      shared[keyPath: path]
    }
  }
}

extension SEN66.Reading {
  static let wordCount = SEN5x.Reading.wordCount + 1

  /// From the nine words of 0x0300, in the order of the wire.
  init(words: [UInt16]) {
    self.init(
      shared: SEN5x.Reading(words: words),
      carbonDioxide: SEN66.carbonDioxide(words[SEN5x.Reading.wordCount]))
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

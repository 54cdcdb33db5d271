extension SEN5x {
  /// The status register; bits: embedded-i2c-sen5x, sen5x_read_device_status.
  package struct Status: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The fan was on but did not turn, twice in a row; stays until cleared.
    package static let fanError = Status(rawValue: 1 << 4)
    /// The laser's current was out of range; stays until cleared.
    package static let laserError = Status(rawValue: 1 << 5)
    /// The humidity and temperature sensor failed; stays until cleared.
    package static let humidityError = Status(rawValue: 1 << 6)
    /// The gas sensor failed; stays until cleared.
    package static let gasError = Status(rawValue: 1 << 7)
    /// The fan is being blown free.
    package static let fanCleaning = Status(rawValue: 1 << 19)
    /// The fan's speed is out of range now; not watched for 3 s after start, nor while cleaning.
    package static let fanSpeedWarning = Status(rawValue: 1 << 21)

    /// What is not as it should be: all but the fan's cleaning.
    package var faults: Status { subtracting(.fanCleaning) }

    /// What is set, in words; the lowest bit first, bits without a meaning by their number.
    package var words: [String] {
      words { bit in
        switch bit {
        case 4: "the fan does not turn"
        case 5: "the laser's current is out of range"
        case 6: "the humidity and temperature sensor failed"
        case 7: "the gas sensor failed"
        case 19: "the fan is being cleaned"
        case 21: "the fan's speed is out of range"
        default: nil
        }
      }
    }

    /// From the two words of 0xD206 and 0xD210.
    init(words: [UInt16]) { self.init(rawValue: SensirionFrames.number(words[0], words[1])) }
  }
}

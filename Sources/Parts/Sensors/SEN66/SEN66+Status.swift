extension SEN66 {
  /// The status register; bits: embedded-i2c-sen66, sen66_device_status.
  package struct Status: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The fan was on but did not turn; stays until cleared, as every error does.
    package static let fanError = Status(rawValue: 1 << 4)
    package static let humidityError = Status(rawValue: 1 << 6)
    package static let gasError = Status(rawValue: 1 << 7)
    /// There are two bits for carbon dioxide, for two kinds of sensor in the family.
    package static let carbonDioxideError2 = Status(rawValue: 1 << 9)
    package static let formaldehydeError = Status(rawValue: 1 << 10)
    package static let particleError = Status(rawValue: 1 << 11)
    package static let carbonDioxideError1 = Status(rawValue: 1 << 12)
    /// The fan's speed is out of range now.
    package static let fanSpeedWarning = Status(rawValue: 1 << 21)

    /// What is set, in words; the lowest bit first, bits without a meaning by their number.
    package var words: [String] {
      words { bit in
        switch bit {
        case 4: "the fan does not turn"
        case 6: "the humidity and temperature sensor failed"
        case 7: "the gas sensor failed"
        case 9, 12: "the carbon dioxide sensor failed"
        case 10: "the formaldehyde sensor failed"
        case 11: "the particle sensor failed"
        case 21: "the fan's speed is out of range"
        default: nil
        }
      }
    }

    /// From the two words of 0xD206 and 0xD210.
    init(words: [UInt16]) { self.init(rawValue: SensirionFrames.number(words[0], words[1])) }
  }
}

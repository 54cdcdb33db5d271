extension SPS30 {
  /// The status register; bits: datasheet, "Device Status Register".
  package struct Status: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The fan was on but did not turn; stays until cleared.
    package static let fanError = Status(rawValue: 1 << 4)
    /// The laser's current was out of range; stays until cleared.
    package static let laserError = Status(rawValue: 1 << 5)
    /// The fan's speed is out of range.
    package static let fanSpeedWarning = Status(rawValue: 1 << 21)

    /// What is set, in words; the lowest bit first, bits without a meaning by their number.
    package var words: [String] {
      words { bit in
        switch bit {
        case 4: "the fan does not turn"
        case 5: "the laser's current is out of range"
        case 21: "the fan's speed is out of range"
        default: nil
        }
      }
    }

    /// From the two words of 0xD206.
    init(words: [UInt16]) { self.init(rawValue: SensirionFrames.number(words[0], words[1])) }
  }
}

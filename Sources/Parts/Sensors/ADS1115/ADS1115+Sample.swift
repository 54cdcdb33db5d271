package import Quantities

extension ADS1115 {
  /// One of the four inputs, against ground.
  package enum Input: UInt16, Hashable, Sendable, CaseIterable {
    case ain0, ain1, ain2, ain3
  }

  /// What is amplified to the whole scale of the converter ("Config Register", PGA).
  package enum Gain: UInt16, Hashable, Sendable, CaseIterable {
    case volts6_144, volts4_096, volts2_048, volts1_024, volts0_512, volts0_256

    /// The voltage of the code 32,768, which is just beyond the scale.
    package var fullScale: Voltage {
      switch self {
      case .volts6_144: .volts(6.144)
      case .volts4_096: .volts(4.096)
      case .volts2_048: .volts(2.048)
      case .volts1_024: .volts(1.024)
      case .volts0_512: .volts(0.512)
      case .volts0_256: .volts(0.256)
      }
    }
  }

  /// How many conversions a second, back to back ("Config Register", DR); slower is quieter.
  package enum Rate: UInt16, Hashable, Sendable, CaseIterable {
    case perSecond8, perSecond16, perSecond32, perSecond64, perSecond128, perSecond250
    case perSecond475, perSecond860

    package var perSecond: Int { [8, 16, 32, 64, 128, 250, 475, 860][Int(rawValue)] }

    /// The longest time of one conversion.
    ///
    /// The oscillator may be a tenth slow ("Electrical Characteristics", data rate variation), and
    /// the part takes 25 µs to power up ("Single-Shot Mode").
    package var longestConversion: Duration {
      .microseconds((1_100_000 + perSecond - 1) / perSecond + 25)
    }
  }

  /// One conversion: what was counted, and with which gain.
  package struct Sample: Hashable, Sendable {
    /// The result as the part gave it: in two's complement, the whole scale being ±32,768.
    package var code: Int16
    package var input: Input
    package var gain: Gain

    package init(code: Int16, input: Input, gain: Gain) {
      self.code = code
      self.input = input
      self.gain = gain
    }

    /// The voltage at the input: code/32,768 of the full scale ("Data Format").
    package var voltage: Voltage { .volts(Double(code) / 32_768 * gain.fullScale.volts) }

    /// Whether the code is an end of the scale, where the part clips: a fault and not a value.
    package var isOverRange: Bool { code == .max || code == .min }

    /// The voltage, or a fault where the part has clipped.
    package var field: Field<Voltage> { isOverRange ? .fault : .value(voltage) }
  }
}

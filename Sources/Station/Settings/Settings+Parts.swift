package import Bus
package import Quantities

extension Settings {
  /// One part on a bus.
  package struct Part: Hashable, Sendable {
    package var part: SupportedPart
    /// The name of its bus in `buses`.
    package var bus: String
    package var address: I2CAddress
    package var options: Options
    /// The line that switches its supply; default none.
    package var power: OutputLine?

    package init(_ part: SupportedPart, bus: String, address: I2CAddress, options: Options) {
      self.part = part
      self.bus = bus
      self.address = address
      self.options = options
    }

    /// What is set for each role of part.
    package enum Options: Hashable, Sendable {
      /// The channels the diary takes from the part, and when; no two parts give the same one.
      case air(channels: [ChannelName], schedule: AirSchedule = AirSchedule())
      case moisture(Moisture)
      case sebum(Sebum)
      case touch(Touch)
    }

    package static let defaultAir = Part(
      .sen55, bus: "main", address: 0x69, options: .air(channels: SupportedPart.sen55.airChannels))
    package static let defaultMoisture = Part(
      .fdc1004, bus: "main", address: 0x50, options: .moisture(Moisture()))
    package static let defaultSebum = Part(
      .tsl2591, bus: "main", address: 0x29, options: .sebum(Sebum()))
  }

  /// How the capacitance of the skin is read (FDC1004).
  package struct Moisture: Hashable, Sendable {
    /// The input with the skin's electrode, 1 to 4; default 1.
    package var input = 1
    /// The offset converter's code, 0 to 31, a step being 3.125 pF; default nil: switched off.
    ///
    /// The steps are not equal in practice, so a change of it asks for a new calibration.
    package var offsetCode: Int?

    package init() {}

    /// What one step of the offset converter takes away (TI SNOSCY5B, CONF_MEAS).
    package static let offsetStep = Capacitance.picofarads(3.125)
  }

  /// How the light through the strip is read (TSL2591).
  package struct Sebum: Hashable, Sendable {
    /// Default 25x.
    package var gain = Gain.medium
    /// Steps of 100 ms, 1 to 6; default 1.
    package var integrationSteps = 1
    /// The light behind the strip; default line 27.
    package var lamp = OutputLine(line: .offset(27))

    package init() {}

    package var integration: Duration { .milliseconds(100 * integrationSteps) }

    /// The photometer's four gains, by the factor as the datasheet rounds it.
    package enum Gain: String, Hashable, Sendable, CaseIterable {
      case low = "1x"
      case medium = "25x"
      case high = "428x"
      case maximum = "9876x"
    }
  }

  /// How the force of a touch and the temperature of the skin are read (ADS1115).
  package struct Touch: Hashable, Sendable {
    /// The input with the force sensor, 0 to 3, or nil for none; default 0.
    package var forceInput: Int? = 0
    /// The input with the thermistor, 0 to 3, or nil for none; default 1.
    package var temperatureInput: Int? = 1
    /// The voltage the converter's scale ends at; default 4.096 V, above a supply of 3.3 V.
    package var range = Range.volts4_096
    /// How many conversions a second; default 128.
    package var rate = Rate.perSecond128

    package init() {}

    /// The converter's six full scales.
    package enum Range: String, Hashable, Sendable, CaseIterable {
      case volts6_144 = "6.144 V"
      case volts4_096 = "4.096 V"
      case volts2_048 = "2.048 V"
      case volts1_024 = "1.024 V"
      case volts0_512 = "0.512 V"
      case volts0_256 = "0.256 V"
    }

    /// The converter's eight rates.
    package enum Rate: String, Hashable, Sendable, CaseIterable {
      case perSecond8 = "8 /s"
      case perSecond16 = "16 /s"
      case perSecond32 = "32 /s"
      case perSecond64 = "64 /s"
      case perSecond128 = "128 /s"
      case perSecond250 = "250 /s"
      case perSecond475 = "475 /s"
      case perSecond860 = "860 /s"
    }
  }

  /// The lines of the GPIO header that belong to no single part.
  package struct Lines: Hashable, Sendable {
    /// The probe's contact switch, or nil for a station that only reads the air; default line 17.
    package var contact: InputLine? = InputLine(line: .offset(17))
    /// The light that says *hold* and *saved*; default line 22.
    package var light: OutputLine? = OutputLine(line: .offset(22))
    /// Default none.
    package var buzzer: OutputLine?
    /// A button that moves on to the next person; default none.
    package var selector: InputLine?

    package init() {}
  }

  /// One line of one chip.
  package struct LinePlace: Hashable, Sendable {
    /// The chip by its label (`pinctrl-bcm2711`) or its path; numbers change between kernels.
    package var chip: String
    package var line: Line

    package enum Line: Hashable, Sendable {
      case offset(Int)
      /// As the kernel names it: `GPIO17`.
      case name(String)
    }
  }

  /// A line that is read.
  package struct InputLine: Hashable, Sendable {
    package var place: LinePlace
    /// Whether the line is active when its level is low; default yes: a switch to ground.
    package var isActiveLow = true
    /// Default `up`.
    package var pull = Pull.up
    /// The time a level must last to count; default 15 ms.
    package var debounce = Duration.milliseconds(15)

    package init(chip: String = Settings.defaultChip, line: LinePlace.Line) {
      place = LinePlace(chip: chip, line: line)
    }

    package enum Pull: String, Hashable, Sendable, CaseIterable { case up, down, none }
  }

  /// A line that is driven.
  package struct OutputLine: Hashable, Sendable {
    package var place: LinePlace
    /// Default no.
    package var isActiveLow = false

    package init(chip: String = Settings.defaultChip, line: LinePlace.Line) {
      place = LinePlace(chip: chip, line: line)
    }
  }

  /// The label of the header's chip on a Raspberry Pi 4.
  package static let defaultChip = "pinctrl-bcm2711"
}

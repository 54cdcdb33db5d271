/// Every part the station can read, by the name the configuration gives it.
///
/// This is the one exhaustive list: add a case and the compiler names the places that need it.
package enum SupportedPart: String, Hashable, Sendable, CaseIterable {
  case sen54, sen55, sen66, sps30, bme280, sht4x, pmsa003i, fdc1004, tsl2591, ads1115

  /// What the part is for; `touch` is how a touch is made: its force, and the skin's temperature.
  package enum Role: String, Hashable, Sendable { case air, moisture, sebum, touch }

  package var role: Role {
    switch self {
    case .sen54, .sen55, .sen66, .sps30, .bme280, .sht4x, .pmsa003i: .air
    case .fdc1004: .moisture
    case .tsl2591: .sebum
    case .ads1115: .touch
    }
  }

  /// The addresses it can have, the usual one first.
  package var addresses: [I2CAddress] {
    switch self {
    case .sen54, .sen55, .sps30: [0x69]
    case .sen66: [0x6B]
    case .bme280: [0x76, 0x77]
    case .sht4x: [0x44, 0x45, 0x46]
    case .pmsa003i: [0x12]
    case .fdc1004: [0x50]
    case .tsl2591: [0x29]
    case .ads1115: [0x48, 0x49, 0x4A, 0x4B]
    }
  }

  /// The maker's own spelling.
  package var makersName: String {
    switch self {
    case .sen54: "SEN54"
    case .sen55: "SEN55"
    case .sen66: "SEN66"
    case .sps30: "SPS30"
    case .bme280: "BME280"
    case .sht4x: "SHT4x"
    case .pmsa003i: "PMSA003I"
    case .fdc1004: "FDC1004"
    case .tsl2591: "TSL2591"
    case .ads1115: "ADS1115"
    }
  }
}

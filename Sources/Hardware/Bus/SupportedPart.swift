/// Every part the station can read, by the name the configuration gives it.
///
/// This is the one exhaustive list: add a case and the compiler names the places that need it.
package enum SupportedPart: String, Hashable, Sendable, CaseIterable {
  case sen54, sen55, bme280, sht4x, pmsa003i, fdc1004, tsl2591

  /// What the part is for.
  package enum Role: String, Hashable, Sendable { case air, moisture, sebum }

  package var role: Role {
    switch self {
    case .sen54, .sen55, .bme280, .sht4x, .pmsa003i: .air
    case .fdc1004: .moisture
    case .tsl2591: .sebum
    }
  }

  /// The addresses it can have, the usual one first.
  package var addresses: [I2CAddress] {
    switch self {
    case .sen54, .sen55: [0x69]
    case .bme280: [0x76, 0x77]
    case .sht4x: [0x44, 0x45, 0x46]
    case .pmsa003i: [0x12]
    case .fdc1004: [0x50]
    case .tsl2591: [0x29]
    }
  }

  /// The maker's own spelling.
  package var makersName: String {
    switch self {
    case .sen54: "SEN54"
    case .sen55: "SEN55"
    case .bme280: "BME280"
    case .sht4x: "SHT4x"
    case .pmsa003i: "PMSA003I"
    case .fdc1004: "FDC1004"
    case .tsl2591: "TSL2591"
    }
  }
}

import Bus

// Answers that were read off real parts or come from the makers' own drivers, after the call's number.
extension SupportedPart {
  var frames: [[UInt8]] {
    switch self {
    case .sen54: Self.sen5xFrames(name: "SEN54")
    case .sen55: Self.sen5xFrames(name: "SEN55")
    case .sen66: Self.sen66Frames
    case .sps30: Self.sps30Frames
    case .bme280: Self.bme280Frames
    case .sht4x:
      [
        [0] + Self.words([0x0EB2, 0x1234]), [1] + Self.words([0x6666, 0x72B0]),
        [1] + Self.words([0, 0xFFFF]),
      ]
    case .pmsa003i: [[0] + Self.plantower, [1] + Self.plantower]
    case .fdc1004:
      [
        [0, 0x54, 0x49, 0x10, 0x04],
        [1, 0x10, 0x60, 0x05, 0x88, 0x0C, 0x35, 0x4E, 0x00],
        [2, 0x7C, 0x00, 0, 0, 0, 0, 0x04, 0x11, 0xF0, 0x12, 0x34, 0x00],
        [3, 0x80, 0x00, 0x00, 0x00],
      ]
    case .tsl2591:
      [
        [0, 0x50],
        [1, 0x01, 0x03, 0x10, 0x10, 0x50, 0x01, 0x34, 0x12, 0x78, 0x05],
        [2, 0x30, 0x50, 0x00, 0xFF, 0xFF, 0xFF, 0xFF],
        [2, 0x05, 0x50, 0x31, 0, 0, 0, 0],
      ]
    case .ads1115:
      [
        [0, 0x85, 0x83, 0x80, 0x00, 0x7F, 0xFF, 0x41, 0x83, 0xC1, 0x83, 0x12, 0x34],
        [1, 0x43, 0x83, 0xC3, 0x83, 0x22, 0x60],
      ]
    }
  }

  private static func words(_ words: [UInt16]) -> [UInt8] {
    words.flatMap { word -> [UInt8] in
      let (high, low) = (UInt8(word >> 8), UInt8(word & 0xFF))
      return [high, low, Oracle.checksum(high, low)]
    }
  }

  private static func text(_ text: String, words count: Int) -> [UInt8] {
    let ascii = Array(text.utf8) + [UInt8](repeating: 0, count: 2 * count - text.utf8.count)
    return words((0..<count).map { UInt16(ascii[2 * $0]) << 8 | UInt16(ascii[2 * $0 + 1]) })
  }

  private static func sen5xFrames(name: String) -> [[UInt8]] {
    let identity =
      text(name, words: 16) + text("5C3F0A7E", words: 16) + words([0x0200, 0x0004, 0x0001, 0])
    return [
      [0] + identity,
      [1] + words([0x0034, 0x004E, 0x005B, 0x0062, 0x130B, 0x128E, 0x03E8, 0x000A]),
      [1] + words([0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0x7FFF, 0x7FFF, 0x7FFF, 0x7FFF]),
      [1] + words([0xFFFE, 0xFFFE, 0xFFFE, 0xFFFE, 0x121C, 0x12F8, 0x01CC, 0x000A]),
      [2] + words([0x0008, 0x0010]), [3] + words([1]), [4] + words([9, 0x3A80]),
    ]
  }

  private static var sen66Frames: [[UInt8]] {
    [
      [0] + text("00085300", words: 4) + text("A1B2", words: 16) + words([0x0400]),
      [1] + words([0x0034, 0x004E, 0x005B, 0x0062, 0x130B, 0x128E, 0x03E8, 0x000A, 0x0264]),
      [2] + words([0x0020, 0x0210]), [3] + words([1]),
    ]
  }

  private static var sps30Frames: [[UInt8]] {
    let numbers: [Float] = [1, 12.5, 13.25, 14, 0, 0, 0, 0, 0, 0.45]
    return [
      [0] + text("00080000", words: 4) + text("F00D", words: 16) + words([0x0202]),
      [1]
        + words(
          numbers.flatMap {
            [UInt16($0.bitPattern >> 16), UInt16(truncatingIfNeeded: $0.bitPattern)]
          }),
      [2] + words([0x0020, 0x0030]), [3] + words([9, 0x3A80]),
    ]
  }

  private static var plantower: [UInt8] {
    var bytes: [UInt8] = [0x42, 0x4D, 0, 28, 0, 5, 0, 8, 0, 9, 0, 5, 0, 8, 0, 9]
    bytes += [3, 0x84, 1, 0x10, 0, 0x3C, 0, 6, 0, 2, 0, 1, 0x97, 0]
    let sum = bytes.reduce(UInt16(0)) { $0 + UInt16($1) }
    return bytes + [UInt8(sum >> 8), UInt8(sum & 0xFF)]
  }

  /// The datasheet's example calibration of the BMP280 family, with a BME280's humidity.
  private static var bme280Frames: [[UInt8]] {
    let low: [UInt8] = [
      0x70, 0x6B, 0x43, 0x67, 0x18, 0xFC, 0x7D, 0x8E, 0x43, 0xD6, 0xD0, 0x0B, 0x27, 0x0B, 0x8C,
      0x00,
      0xF9, 0xFF, 0x8C, 0x3C, 0xF8, 0xC6, 0x70, 0x17, 0x00, 0x4B,
    ]
    let high: [UInt8] = [0x72, 0x01, 0x00, 0x13, 0x27, 0x03, 0x1E]
    let data: [UInt8] = [0x65, 0x5A, 0xC0, 0x7E, 0xED, 0x00, 0x6A, 0x2B]
    // Oversampling 1 in ctrl_hum, and in ctrl_meas asleep again.
    let settings: [UInt8] = [0x01, 0x00, 0x24, 0x00, 0x00]
    return [[0, 0x60], [1, 0x60, 0x00] + low + high + [0x01] + settings + data]
  }
}

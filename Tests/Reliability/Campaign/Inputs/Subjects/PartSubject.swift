import Bus
import Sensors

/// A part's driver on a bus that answers anything.
///
/// The first byte of an input says what the driver is asked to do, the others are what the part
/// answers, one answer after the other.
struct PartSubject: InputSubject {
  /// What a driver said.
  struct Claim {
    var value: Double
    var range: ClosedRange<Double>

    init(_ value: Double, _ range: ClosedRange<Double>) {
      self.value = value
      self.range = range
    }

    init?(_ value: Double?, _ range: ClosedRange<Double>) {
      guard let value else { return nil }
      self.init(value, range)
    }
  }

  /// How a part proves what it says.
  enum Proof { case words, plantower, none }

  let part: SupportedPart
  let proof: Proof
  let examples: [Example]

  static let plans: [SubjectPlan] = SupportedPart.allCases.map { part in
    SubjectPlan(name: part.rawValue, group: "the parts' answers", share: 7500) { _ in
      PartSubject(part)
    }
  }

  init(_ part: SupportedPart) {
    self.part = part
    examples = part.frames.map { Example($0, isValid: true) }
    proof =
      switch part {
      case .sen54, .sen55, .sen66, .sps30, .sht4x: .words
      case .pmsa003i: .plantower
      case .fdc1004, .tsl2591, .ads1115, .bme280: .none
      }
  }

  var tokens: [[UInt8]] {
    [
      [0xFF, 0xFF], [0x7F, 0xFF], [0xFF, 0xFE], [0x80, 0x00], [0, 0], [0x42, 0x4D],
      [0x7F, 0xC0, 0, 0],
      [0x7F, 0x80, 0, 0], [0xFF, 0x80, 0, 0], [0x80, 0, 0, 1], [0x27, 0x10], [0x27, 0x11],
    ]
  }

  func mend(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard !dice.isOne(in: 4), bytes.count > 1 else { return }
    switch proof {
    case .words:
      for start in stride(from: 1, to: bytes.count - 2, by: 3) {
        bytes[start + 2] = Oracle.checksum(bytes[start], bytes[start + 1])
      }
    case .plantower:
      for start in stride(from: 1, to: bytes.count - 31, by: 32) {
        bytes.replaceSubrange(start..<start + 4, with: [0x42, 0x4D, 0, 28])
        let sum = bytes[start..<start + 30].reduce(UInt16(0)) { $0 &+ UInt16($1) }
        bytes[start + 30] = UInt8(sum >> 8)
        bytes[start + 31] = UInt8(sum & 0xFF)
      }
    case .none: break
    }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let first = bytes.first ?? 0
    let clock = LeapingClock()
    let bus = AnsweringBus(bytes.dropFirst(), isLoose: first >= 0xE0, clock: clock)
    let claims: [Claim]
    do throws(SensorError) {
      claims = try await part.drive(Int(first), bus, clock)
    } catch {
      try Broken.unless(
        !error.description.isEmpty && !error.hint.isEmpty, "a failure without words: \(error)")
      return .refused(error)
    }
    return try judged(claims, bus.answers)
  }

  private func judged(_ claims: [Claim], _ answers: [[UInt8]]) throws -> Answer {
    for claim in claims {
      try Broken.unless(
        claim.value.isFinite && claim.range.contains(claim.value),
        "\(part) says \(claim.value), out of \(claim.range)")
    }
    for answer in answers {
      let isProved =
        switch proof {
        case .words: Oracle.isSigned(answer)
        case .plantower: Oracle.isPlantowerFrame(answer)
        case .none: true
        }
      try Broken.unless(isProved, "\(part) believes \(answer)")
    }
    return .taken(claims.map(\.value))
  }
}

/// The parts' arithmetic once more, from the datasheets and not from the drivers.
enum Oracle {
  /// CRC-8, polynomial x⁸ + x⁵ + x⁴ + 1, begun with ones.
  static func checksum(_ high: UInt8, _ low: UInt8) -> UInt8 {
    var register = UInt32(high) << 8 | UInt32(low)
    register ^= 0xFF00
    for _ in 0..<16 {
      register <<= 1
      if register & 0x1_0000 != 0 { register ^= 0x1_3100 }
    }
    return UInt8(truncatingIfNeeded: register >> 8)
  }

  static func isSigned(_ frame: [UInt8]) -> Bool {
    frame.count % 3 == 0
      && stride(from: 0, to: frame.count, by: 3).allSatisfy {
        checksum(frame[$0], frame[$0 + 1]) == frame[$0 + 2]
      }
  }

  static func isPlantowerFrame(_ frame: [UInt8]) -> Bool {
    guard frame.count == 32, frame.starts(with: [0x42, 0x4D, 0, 28]) else { return false }
    let sum = frame[..<30].reduce(0) { $0 + Int($1) }
    return sum == Int(frame[30]) * 256 + Int(frame[31])
  }
}

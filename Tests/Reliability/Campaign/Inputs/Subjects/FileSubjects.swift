import Bus
import Quantities
import Readings
import SimulatedParts
import Tape

/// Files that are made elsewhere: tapes, time zones, recorded air.
enum FileSubjects {
  static let plans = [
    SubjectPlan(name: "tape", group: "tapes", share: 250) {
      TapeSubject(try $0.examples("tape"), isText: false)
    },
    SubjectPlan(name: "tape-text", group: "tapes", share: 300) {
      TapeSubject(try $0.examples("tape-text"), isText: true)
    },
    SubjectPlan(name: "zone", group: "time zones", share: 3500) {
      ZoneSubject(try $0.examples("zone"))
    },
    SubjectPlan(name: "zone-rule", group: "time zones", share: 3000) {
      ZoneRuleSubject(try $0.examples("zone-rule"))
    },
    SubjectPlan(name: "playback", group: "the configuration and scenarios", share: 1000) {
      PlaybackSubject(examples: try $0.examples("playback"))
    },
  ]
}

/// A tape, or a report with a tape at its end.
struct TapeSubject: InputSubject {
  let examples: [Example]
  let isText: Bool

  init(_ examples: [Example], isText: Bool) {
    self.examples = examples
    self.isText = isText
  }

  var tokens: [[UInt8]] {
    isText
      ? ["\n== tape\n", "== ", "=", "c2tpbjJ2ZWMgdGFwZSAx", "skin2vec tape 1\n"].map {
        Array($0.utf8)
      }
      : [
        Array("skin2vec tape 1\n".utf8), [0x43], [0x48],
        [UInt8](repeating: 0xFF, count: 9) + [0x01],
        [UInt8](repeating: 0xFF, count: 8) + [0x7F], [UInt8](repeating: 0x80, count: 9) + [0x01],
        [0xFE] + [UInt8](repeating: 0xFF, count: 8) + [0x01], [0x0E, 0x01], [0x0F], [0x06], [0x05],
      ]
  }

  /// Gives every block the length and the checksum it would have, so that its content is read.
  func mend(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard !isText, !dice.isOne(in: 4), var place = bytes.firstIndex(of: 0x0A).map({ $0 + 1 }) else {
      return
    }
    while place + 9 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 | Int(bytes[place + 1 + $1]) << (8 * $1) }
      let end = place + 9 + length <= bytes.count ? place + 9 + length : bytes.count
      var numbers = [UInt32(end - place - 9), 0]
      numbers[1] = Self.checksum([bytes[place]] + bytes[(place + 9)..<end])
      for (index, number) in numbers.enumerated() {
        for byte in 0..<4 {
          bytes[place + 1 + 4 * index + byte] = UInt8(
            truncatingIfNeeded: number >> UInt32(8 * byte))
        }
      }
      place = end
    }
  }

  /// CRC-32 of IEEE 802.3, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var register: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xEDB8_8320 }
    }
    return register ^ 0xFFFF_FFFF
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    do throws(TapeError) {
      let tape = try Tape(anyFile: bytes)
      let (entries, jumps) = try tape.entries()
      let written = try Tape(file: tape.bytes)
      guard written.header == tape.header, written.chunks == tape.chunks else {
        throw TapeError.altered(where: "by being written")
      }
      let again = try tape.rewritten { _ in }
      let same = try again.entries().entries
      guard same == entries else { throw TapeError.altered(where: "by being rewritten") }
      let player = try Player(tape)
      let reading = player.reading()
      _ = player.play(.forgotten)
      let words = entries.map(\.outcome.words) + entries.map(\.request.words)
      return .taken([
        "\(tape.isPlayable) \(jumps.count) \(reading.utcMicroseconds) \(player.subjects.count)",
        "\(player.failure?.description ?? "")", words.joined(),
      ])
    } catch {
      if case .altered(let place) = error {
        try Broken.unless(!place.hasPrefix("by being"), "a tape is not the same \(place)")
      }
      return .refused(error.description)
    }
  }
}

/// A zoneinfo file.
struct ZoneSubject: InputSubject {
  let examples: [Example]

  init(_ examples: [Example]) { self.examples = examples }

  var tokens: [[UInt8]] {
    [
      Array("TZif2".utf8), Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8), Array("\n<+03>-3\n".utf8),
      [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0, 0, 0x0E, 0x10], [0x80, 0, 0, 0, 0, 0, 0, 0],
    ]
  }

  /// What is asked of a zone: moments of this age, and those that no date has.
  static let moments: [Int64] = [
    -9_000_000_000_000, -62_135_596_800, -1, 0, 1_000_000_000, 1_772_409_600, 1_800_000_000,
    2_147_483_648, 4_102_444_800, 253_402_300_799, 9_000_000_000_000,
  ]

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    guard let zone = ZoneRules(name: "Test/Zone", zoneinfo: bytes) else { return .refused("none") }
    return .taken(try Self.judge(zone))
  }

  /// Offsets are those of a place on earth (RFC 9636, section 3.2: less than 25 and 26 hours), and a
  /// local time is found where it was said to be.
  static func judge(_ zone: ZoneRules) throws -> [Int] {
    let plan = DayPlan(zone: zone)
    let offsets = moments.map { zone.offsetSeconds(at: $0) }
    for (moment, offset) in zip(moments, offsets) {
      try Broken.unless((-90_000...93_600).contains(offset), "\(offset) s from UTC at \(moment)")
      let (_, minute) = plan.local(.seconds(moment))
      try Broken.unless((0..<1440).contains(minute), "minute \(minute) of a day")
    }
    let key = plan.slot(at: .seconds(1_800_000_000))
    return offsets + [Int(plan.start(of: key).seconds), Int(plan.end(of: key).seconds)]
  }
}

/// The rule at the end of a zoneinfo file, by itself: a file without changes is put before it.
struct ZoneRuleSubject: InputSubject {
  let examples: [Example]
  let isText = true

  init(_ examples: [Example]) { self.examples = examples }

  var tokens: [[UInt8]] {
    [
      "CET", "<+0530>", "-5:30", ",", "M3.5.0", "J60", "/167", "/-167", "M10.5.0/3", "365",
      "24:59:59",
    ]
    .map { Array($0.utf8) }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let rule = bytes.filter { $0 != 0x0A }
    guard let zone = ZoneRules(name: "Test/Rule", zoneinfo: Self.head + [0x0A] + rule + [0x0A])
    else {
      return .refused("none")
    }
    return .taken(try ZoneSubject.judge(zone))
  }

  /// Two headers, the second with one type of local time, an hour east, called `AAA`.
  private static let head: [UInt8] = {
    let start = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    let none = start + [UInt8](repeating: 0, count: 24)
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    return none + start + counts + [0, 0, 0x0E, 0x10, 0, 0] + Array("AAA\0".utf8)
  }()
}

/// Recorded air for a scenario.
struct PlaybackSubject: InputSubject {
  let examples: [Example]
  let isText = true
  var tokens: [[UInt8]] {
    [AirPlayback.heading + "\n", "2026-03-01T14:00:00+01:00", ",,,", "Z", "+23:59", "0x1p3", "nan"]
      .map { Array($0.utf8) }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let air: AirPlayback
    do throws(AirPlaybackError) {
      air = try AirPlayback(csv: String(decoding: bytes, as: UTF8.self))
    } catch {
      let isTold = (1...bytes.count + 2).contains(error.line) && !error.reason.isEmpty
      try Broken.unless(isTold, "a line is refused without words: \(error)")
      return .refused(error)
    }
    return .taken(try Self.judge(air))
  }

  private static func judge(_ playback: AirPlayback) throws -> [Double] {
    var numbers: [Double] = []
    for (row, next) in zip(playback.rows, playback.rows.dropFirst()) {
      try Broken.unless(row.utcMicroseconds < next.utcMicroseconds, "rows out of order")
    }
    for row in playback.rows {
      for utc in [
        row.utcMicroseconds - 1, row.utcMicroseconds, row.utcMicroseconds + 1_800_000_000,
      ] {
        let air = playback.air(at: utc)
        numbers += [
          air.temperature?.celsius, air.humidity?.percent, air.pm2_5?.microgramsPerCubicMetre,
        ].compactMap(\.self)
      }
    }
    try Broken.unless(numbers.allSatisfy { (-90...6000).contains($0) }, "a value out of its range")
    return numbers
  }
}

import Readings
import Testing

@testable import skin2vec

@Suite struct TimeFormatTests {
  /// Seconds since 1970 from `date -u -d … +%s`.
  @Test(
    "ISO 8601 is read with T or a space, seconds and offset optional",
    arguments: [
      ("2026-11-20T22:14:03.5Z", 1_795_212_843_500_000, 0),
      ("2026-11-20 22:14:03.123456+01:00", 1_795_212_843_123_456, 3600),
      ("2026-11-20T22:14-0530", 1_795_212_840_000_000, -19_800),
      ("2026-11-20T22:14:03 +01", 1_795_212_843_000_000, 3600),
      ("2026-11-20", 1_795_132_800_000_000, nil),
      ("2026-11-20T24:00", 1_795_219_200_000_000, nil),
    ] as [(String, Int64, Int64?)])
  func iso(text: String, microseconds: Int64, offset: Int64?) throws {
    let time = try read(.iso, text).get()
    #expect(time == WallTime(microseconds: microseconds, offset: offset))
  }

  @Test(
    "what is no time is told from what is in no calendar",
    arguments: [
      ("2026-02-30", TimeFault.noSuchTime), ("2026-13-01", .noSuchTime),
      ("2026-11-20T25:00", .noSuchTime), ("2026-11-20T22:61", .noSuchTime),
      ("0000-01-01", .noSuchTime), ("20.11.2026", .notATime), ("2026-11-20T22", .notATime),
      ("2026-11-20T22:14:03.Z", .notATime), ("2026-11-20T22:14:03+25:00", .notATime),
      ("", .notATime), ("1795212843", .notATime),
    ])
  func faults(text: String, fault: TimeFault) {
    #expect(throws: fault) { try read(.iso, text).get() }
  }

  @Test("seconds, milliseconds and microseconds since 1970 are UTC")
  func since1970() throws {
    let wanted = WallTime(microseconds: 1_795_212_843_500_000, offset: 0)
    #expect(try read(TimeFormat(option: "s"), "1795212843.5").get() == wanted)
    #expect(try read(TimeFormat(option: "ms"), "1795212843500").get() == wanted)
    #expect(try read(TimeFormat(option: "us"), "1795212843500000").get() == wanted)
    #expect(throws: TimeFault.notATime) { try read(TimeFormat(option: "s"), "1e30").get() }
  }

  @Test(
    "a pattern reads what strptime would",
    arguments: [
      ("%d.%m.%Y %H:%M", "20.11.2026 22:14", 1_795_212_840),
      ("%m/%d/%y %I:%M:%S %p", "11/20/26 10:14:03 PM", 1_795_212_843),
      ("%Y%m%dT%H%M%S", "20261120T221403", 1_795_212_843), ("%d/%m/%Y", "1/2/2020", 1_580_515_200),
    ])
  func pattern(form: String, text: String, seconds: Int64) throws {
    let time = try read(TimeFormat(option: form), text).get()
    #expect(time == WallTime(microseconds: seconds * 1_000_000))
  }

  @Test(
    "a pattern without a date, or with strange letters, is refused", arguments: ["%H:%M", "%Q"])
  func badPattern(form: String) {
    #expect(throws: Failure.self) { try TimeFormat(option: form) }
  }

  private func read(_ format: TimeFormat, _ text: String) -> Result<WallTime, TimeFault> {
    Array(text.utf8).withUnsafeBufferPointer { format.read($0) }
  }
}

@Suite struct ImportClockTests {
  private static let now = Timestamp.seconds(1_795_219_200)

  @Test("a time without an offset is refused until somebody says whose clock it is")
  func noZone() throws {
    var clock = ImportClock(zone: nil, now: Self.now)
    let fault = #expect(throws: LineFault.self) {
      try clock.utc(WallTime(microseconds: 0), after: .min, "date")
    }
    #expect(fault?.mend.contains("--zone") == true)
    #expect(
      try clock.utc(WallTime(microseconds: 7_200_000_000, offset: 3600), after: .min, "date")
        == 3_600_000_000)
  }

  /// Europe/Berlin was put forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
  @Test("a time that the clocks jumped over never was")
  func gap() throws {
    var clock = ImportClock(zone: try ZoneRules(named: "Europe/Berlin"), now: Self.now)
    let wall = try wall("2026-03-29T02:30")
    let fault = #expect(throws: LineFault.self) { try clock.utc(wall, after: .min, "date") }
    #expect(fault?.reason.contains("it never was") == true)
  }

  @Test("a time that came twice is the first, and then the second where the order says so")
  func overlap() throws {
    var clock = ImportClock(zone: try ZoneRules(named: "Europe/Berlin"), now: Self.now)
    var last = Int64.min
    var times: [Int64] = []
    for text in ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"] {
      last = try clock.utc(try wall("2026-10-25T" + text), after: last, "date")
      times.append(last / 1_000_000)
    }
    // Half hours from 2026-10-24 23:30 UTC on.
    #expect(times == (0..<6).map { 1_792_884_600 + 1800 * $0 })
    #expect(clock.repeated == 4)
  }

  @Test("before 1970, and after now, there is no reading")
  func outOfRange() {
    var clock = ImportClock(zone: .utc, now: Self.now)
    for wall in [-1, Self.now.microseconds + 1] {
      #expect(throws: LineFault.self) {
        try clock.utc(WallTime(microseconds: wall), after: .min, "date")
      }
    }
  }

  private func wall(_ text: String) throws -> WallTime {
    try Array(text.utf8).withUnsafeBufferPointer { try ISOTime.read($0).get() }
  }
}

@Suite struct UnitConversionTests {
  @Test(
    "a number is brought into the channel's unit",
    arguments: [
      ("°F", Channel.airTemperature, 98.6, 37.0), ("K", .airTemperature, 293.15, 20.0),
      ("celsius", .airTemperature, -4.0, -4.0), ("hPa", .airPressure, 1013.25, 101_325.0),
      ("inHg", .airPressure, 29.92, 101_320.75), ("kPa", .airPressure, 100.0, 100_000.0),
      ("mg/m³", .airPM2_5, 0.035, 35.0), ("ug/m3", .airPM10, 12.0, 12.0),
      ("\u{3BC}g/m3", .airPM1, 3.0, 3.0), ("ppb", .airCO2, 412_000.0, 412.0),
      ("fraction", .airHumidity, 0.45, 45.0), ("mN", .skinForce, 250.0, 0.25),
    ])
  func converted(unit: String, channel: Channel, value: Double, wanted: Double) throws {
    let conversion = try UnitConversion(from: unit, to: channel)
    #expect((conversion(value) - wanted).magnitude < 1e-6 * wanted.magnitude.rounded(.up) + 0.005)
  }

  @Test(
    "a unit that a channel cannot be in is refused",
    arguments: [
      ("ppb", Channel.airPM2_5), ("°C", .airHumidity), ("m", .airPressure), ("", .airCO2),
    ])
  func refused(unit: String, channel: Channel) {
    let failure = #expect(throws: Failure.self) { try UnitConversion(from: unit, to: channel) }
    #expect(failure?.status == .usage)
  }
}

import Readings
import Testing

@testable import Acquisition

@Suite("wording of a tap") struct TapWordingTests {
  private static let stamp = Stamp(
    utc: .seconds(1_772_572_385), bootID: "b", bootMicroseconds: 0, trust: .synced)

  private static func touch(
    _ number: Int, moisture: Double?, sebum: Double? = nil, at site: String = "cheek"
  ) -> Touch {
    func measure(_ channel: Channel, _ value: Double?) -> Touch.Measure {
      Touch.Measure(
        channel: channel, raw: 6.7, rawUnit: .picofarads, value: value ?? 3, spread: 0.4,
        samples: [1], refusal: value == nil ? .unsteady : nil, part: "p")
    }
    let measures =
      [measure(.skinMoisture, moisture)] + (sebum.map { [measure(.skinSebum, $0)] } ?? [])
    return Touch(
      number: number, site: Site(site), started: stamp, contact: .seconds(2), measures: measures)
  }

  private static func value(
    _ channel: Channel, _ value: Double, spread: Double, at site: String = "cheek",
    z7: Double? = -0.4, z30: Double? = -1.1, n30: Int = 30
  ) -> SlotValue {
    SlotValue(
      person: Person("me"), key: key, channel: channel, site: Site(site), value: value,
      spread: spread, count: 5, quality: .ok, sessionID: 7, epoch: 1,
      normalised: NormalisedValue(
        mean7: value, z7: z7, n7: z7 == nil ? 2 : 7, z30: z30, n30: n30,
        baseline: n30 == 30 ? .frozen : .forming))
  }

  private static let key = SlotKey(date: LocalDate(daysSince1970: 20_515), slot: .evening)

  /// Five of six touches: median 47.2, 1.4826 · 0.54 = 0.80; sebum 62, 1.4826 · 2 = 2.97.
  private static let touches = [
    touch(1, moisture: 46.0, sebum: 60), touch(2, moisture: nil),
    touch(3, moisture: 46.66, sebum: 62), touch(4, moisture: 47.2, sebum: 64.02),
    touch(5, moisture: 47.74), touch(6, moisture: 48.5),
  ]

  private static let air: [Channel: AirReading] = [
    .airTemperature: AirReading(.airTemperature, .value(22.1)),
    .airHumidity: AirReading(.airHumidity, .value(48.3)),
    .airPM2_5: AirReading(.airPM2_5, .value(6.1)),
  ]

  private static func notice(
    _ touches: [Touch] = touches, air: [Channel: AirReading] = air,
    values: [SlotValue] = [
      value(.skinMoisture, 47.2, spread: 0.8), value(.skinSebum, 62, spread: 2.97),
    ], person: String = "me", namesPerson: Bool = false
  ) -> Notice {
    TapWording(namesPerson: namesPerson).notice(
      for: SavedSession(
        id: 7, key: key,
        session: TapSession(
          person: Person(person), started: stamp, ended: stamp, touches: touches, air: air,
          verdict: .saved), values: values))
  }

  @Test("the line of the design")
  func line() {
    #expect(
      Self.notice().text
        == "evening tap saved: moisture 47.2 ±0.8 (5 of 6 touches), sebum 62 ±3 (3 of 3), "
        + "22.1 °C 48 %RH PM2.5 6.1 µg/m³; 7-day −0.4, baseline −1.1 (30 of 30)")
  }

  @Test("its fields are for programs")
  func fields() {
    let fields = Dictionary(
      uniqueKeysWithValues: Self.notice().fields.map { ($0.name, $0.value) })
    let expected = [
      "SLOT": "evening", "LOCAL_DATE": "2026-03-03", "SESSION": "7", "PERSON": "me",
      "TOUCHES": "6", "ACCEPTED": "5", "CLOCK": "synced", "MOISTURE": "47.20",
      "MOISTURE_SPREAD": "0.80", "MOISTURE_Z7": "-0.40", "MOISTURE_Z30": "-1.10",
      "MOISTURE_N30": "30", "SEBUM": "62.00", "AIR_TEMPERATURE_CELSIUS": "22.10",
      "AIR_HUMIDITY_PERCENT": "48.30", "AIR_PM2_5_UG_M3": "6.10",
    ]
    for (name, value) in expected { #expect(fields[name] == value, "\(name)") }
  }

  @Test("a week and a baseline that are still forming say how far they are")
  func forming() {
    let values = [Self.value(.skinMoisture, 47.2, spread: 0.8, z7: nil, z30: nil, n30: 2)]
    #expect(
      Self.notice(values: values).text
        .hasSuffix("; 7-day not yet (2 of 4), baseline forming (2 of 30)"))
  }

  @Test("a baseline that is compared with before it is whole says how much there is")
  func half() {
    let values = [Self.value(.skinMoisture, 47.2, spread: 0.8, z30: 0.26, n30: 12)]
    #expect(
      Self.notice(values: values).text.hasSuffix("; 7-day −0.4, baseline 0.3 (12 of 30)"))
  }

  @Test("several sites each have their name and their values")
  func sites() {
    let touches = [
      Self.touch(1, moisture: 47.2), Self.touch(2, moisture: 33, at: "forehead"),
      Self.touch(3, moisture: nil, at: "forehead"),
    ]
    let values = [
      Self.value(.skinMoisture, 47.2, spread: 0.4),
      Self.value(.skinMoisture, 33, spread: 0.4, at: "forehead"),
    ]
    let notice = Self.notice(touches, values: values)
    #expect(
      notice.text.hasPrefix(
        "evening tap saved: cheek moisture 47.2 ±0.4 (1 of 1 touches); "
          + "forehead moisture 33.0 ±0.4 (1 of 2 touches), 22.1 °C"))
    #expect(notice.fields.contains(.init("MOISTURE", "47.20")))
    #expect(notice.fields.contains(.init("MOISTURE_FOREHEAD", "33.00")))
  }

  @Test("where there are several people the line says whose tap it was")
  func people() {
    #expect(
      Self.notice(person: "bo", namesPerson: true).text.hasPrefix("evening tap of bo saved: "))
  }

  @Test("air that is not known has its reason; a house without air parts says so")
  func absentAir() {
    var air = Self.air
    air[.airPM2_5] = AirReading(.airPM2_5, .absent(.warming))
    #expect(Self.notice(air: air).text.contains(", 22.1 °C 48 %RH PM2.5 absent (warming); "))
    #expect(Self.notice(air: [:]).text.contains(", air not measured; "))
  }

  @Test("numbers below zero have a true minus in the line, and none where they round to zero")
  func minus() {
    #expect(decimal(-0.44, 1) == "−0.4")
    #expect(decimal(-0.04, 1) == "0.0")
    #expect(decimal(12.25, 1) == "12.2")
    #expect(decimal(-7, 0) == "−7")
    #expect(plainDecimal(-0.06, 1) == "-0.1")
    #expect(decimal(0.006, 2) == "0.01")
  }
}

import Readings
import SimulatedParts
import Store

/// What people and parts do to a diary, planted from a seed.
struct Acts {
  private var random: SeededGenerator
  private(set) var now = Timestamp.seconds(1_772_431_200)
  private var boot = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static func stamp(_ time: Timestamp, boot: String = String(repeating: "a", count: 32)) -> Stamp {
    Stamp(
      utc: time, bootID: boot, bootMicroseconds: time.microseconds - 1_772_409_600_000_000,
      trust: .synced)
  }

  var stamp: Stamp { Self.stamp(now) }

  /// Lets between one and five hours pass.
  mutating func wait() { now = now + .seconds(3600 + 14_400 * random.uniform()) }

  mutating func unit() -> Double { random.uniform() }

  mutating func person() -> Person { Person(random.uniform() < 0.7 ? "ann" : "bo") }

  /// A tap with touches that count and some that do not.
  mutating func tap(of person: Person? = nil) -> TapSession {
    let start = now
    let touches = (1...3 + Int(random.uniform() * 2)).map { number in
      Touch(
        number: number, site: Site("cheek"), started: Self.stamp(start + .seconds(3 * number)),
        contact: .milliseconds(random.uniform() < 0.1 ? 400 : 1200),
        measures: [
          measure(
            .skinMoisture, .picofarads, unit: 1 / 524_288, centre: 3_600_000, noise: 50_000,
            "fdc1004 0x50"),
          measure(.skinSebum, .counts, unit: 1, centre: 21_000, noise: 300, "tsl2591 0x29"),
        ])
    }
    return TapSession(
      person: person ?? self.person(), started: Self.stamp(start),
      ended: Self.stamp(start + .seconds(40)), touches: touches,
      air: [.airTemperature: AirReading(.airTemperature, .value(18 + 6 * random.uniform()))],
      verdict: .saved)
  }

  private mutating func measure(
    _ channel: Channel, _ rawUnit: Touch.RawUnit, unit: Double, centre: Double, noise: Double,
    _ part: String
  ) -> Touch.Measure {
    let level = centre * (0.8 + 0.4 * random.uniform())
    let codes = (0..<80).map { _ in Int32(level + noise * (random.uniform() - 0.5)) }
    return Touch.Measure(
      channel: channel, raw: nil, rawUnit: rawUnit, value: nil, spread: nil, samples: codes,
      scale: Touch.RawScale(unitsPerCode: unit, offset: 0, greatestCode: 8_388_607),
      refusal: nil, part: part)
  }

  /// Samples of two parts until now, one every few minutes.
  mutating func air(minutes: Int, every: Int = 5) -> [AirSample] {
    stride(from: minutes, to: 0, by: -every).flatMap { ago in
      let time = now - .seconds(60 * ago)
      let warmth: AirReading.State =
        random.uniform() < 0.1 ? .absent(.warming) : .value(18 + 6 * random.uniform())
      return [
        AirSample(
          stamp: Self.stamp(time), part: "sen55 0x69",
          readings: [
            AirReading(.airTemperature, warmth),
            AirReading(.airHumidity, .value(40 + 20 * random.uniform())),
            AirReading(.airPM2_5, .value(4 + 9 * random.uniform())),
          ]),
        AirSample(
          stamp: Self.stamp(time + .milliseconds(3)), part: "bme280 0x76",
          readings: [AirReading(.airPressure, .value(99_000 + 2500 * random.uniform()))]),
      ]
    }
  }

  mutating func event(of person: Person? = nil, note: String? = nil) -> SkinEvent {
    SkinEvent(
      person: person ?? self.person(), time: now - .seconds(7200 * random.uniform()),
      kind: random.uniform() < 0.5 ? "cleansed" : "late_night", weight: 1, note: note)
  }

  mutating func score() -> Score {
    Score(
      person: person(), date: LocalDate(daysSince1970: Int(now.seconds / 86_400)),
      dimension: .hydration, value: (5 * random.uniform()).rounded())
  }

  mutating func calibration() -> Calibration {
    let isSkin = random.uniform() < 0.5
    let air = ["c0": -random.uniform(), "c1": 1 + 0.01 * random.uniform()]
    let skin = ["air_picofarads": 1 + random.uniform(), "reference_picofarads": 12]
    return Calibration(
      part: isSkin ? "fdc1004 0x50" : "sen55 0x69",
      channel: isSkin ? .skinMoisture : .airTemperature,
      validFrom: random.uniform() < 0.5 ? now : now - .seconds(50_000), who: "ann", why: "pad",
      parameters: isSkin ? skin : air)
  }

  mutating func limits() -> Limits {
    var limits = Limits()
    limits.touch.spreadShare = 0.05 + 0.1 * random.uniform()
    return limits
  }

  mutating func plan() throws -> DayPlan {
    let zones = ["Europe/Berlin", "Asia/Kolkata", "UTC"]
    return DayPlan(zone: try ZoneRules(named: zones[Int(random.uniform() * 3) % 3]))
  }

  mutating func identity() -> PartIdentity {
    PartIdentity(
      part: "fdc1004 0x50", product: "FDC1004", serial: "\(Int(1000 * random.uniform()))",
      firmware: nil, status: nil, channels: [.skinMoisture])
  }

  /// What a boot writes that does not know the time, and by how much it is wrong.
  mutating func lostBoot() -> (bootID: String, air: [AirSample], tap: TapSession, zero: Timestamp) {
    boot += 1
    let bootID = String(repeating: "\(boot % 10)", count: 32)
    let wrong = now - .seconds(300_000 * random.uniform())
    func stamp(_ seconds: Int) -> Stamp {
      Stamp(
        utc: wrong + .seconds(seconds), bootID: bootID,
        bootMicroseconds: Int64(seconds) * 1_000_000, trust: .unsynced)
    }
    var samples = air(minutes: 60, every: 10)
    for index in samples.indices { samples[index].stamp = stamp(60 * index + 60) }
    var session = tap()
    session.started = stamp(1200)
    session.ended = stamp(1240)
    for index in session.touches.indices { session.touches[index].started = stamp(1200 + index) }
    return (bootID, samples, session, now - .seconds(3000))
  }
}

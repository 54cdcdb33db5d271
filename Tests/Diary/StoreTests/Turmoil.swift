import Readings
import Store
import TestSupport

/// A life in which everything that can come late, move or change does, planted from a seed.
struct Turmoil {
  private var random: SeededNumbers
  private(set) var now = Bench.time(day: 0, hour: 6)
  private var boot = 0
  private var sampled = Bench.time(day: 0, hour: 6)

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  /// What can happen.
  enum Kind: String, CaseIterable {
    case tap, air, lateAir, event, calibration, correction, epoch, limits, plan, restamp, close
  }

  /// Lets some time pass, and one thing happen.
  mutating func happen(_ kind: Kind, to store: Store) async throws {
    now = now + .seconds(600 + 14_400 * random.unit())
    let stamp = Bench.stamp(now)
    switch kind {
    case .tap: _ = try await store.save(tap(at: now))
    case .air:
      try await store.append(air(from: max(sampled, now - .seconds(36_000)), to: now))
      sampled = now
    case .lateAir:
      let from = now - .seconds(200_000 * random.unit())
      try await store.append(air(from: from, to: from + .seconds(3000)))
    case .event:
      let time = now - .seconds(100_000 * random.unit())
      let event = SkinEvent(person: person(), time: time, kind: "cleansed", weight: 1, note: nil)
      _ = try await store.save(event, at: stamp)
    case .calibration: _ = try await store.record(moisture(), at: stamp)
    case .correction: _ = try await store.record(temperature(), at: stamp)
    case .epoch:
      _ = try await store.beginEpochs(
        of: [.skinMoisture, .airHumidity], person: person(), site: nil, cause: "new", at: stamp)
    case .limits: _ = try await store.adopt(limits(), from: stamp)
    case .plan: _ = try await store.adopt(try plan(), from: stamp)
    case .restamp: try await restamp(store)
    case .close: try await store.closeSlots(before: now)
    }
  }

  /// What happens next, anything as likely as anything else.
  mutating func next() -> Kind {
    Kind.allCases[min(Int(random.unit() * Double(Kind.allCases.count)), Kind.allCases.count - 1)]
  }

  private mutating func person() -> Person { random.unit() < 0.7 ? "ann" : "bo" }

  /// A boot that does not know the time writes for a while, and then learns it.
  private mutating func restamp(_ store: Store) async throws {
    boot += 1
    let bootID = String(repeating: "\(boot % 10)", count: 32)
    let wrong = now - .seconds(400_000 * random.unit()) + .seconds(100_000 * random.unit())
    func stamp(_ seconds: Int) -> Stamp {
      Stamp(
        utc: wrong + .seconds(seconds), bootID: bootID,
        bootMicroseconds: Int64(seconds) * 1_000_000,
        trust: .unsynced)
    }
    for minute in 0..<8 {
      var sample = air(from: wrong, to: wrong + .seconds(600)).first
      sample?.stamp = stamp(600 * minute)
      if let sample { try await store.append([sample]) }
    }
    if random.unit() < 0.5 { _ = try await store.adopt(limits(), from: stamp(4810)) }
    if random.unit() < 0.3 { _ = try await store.adopt(try plan(), from: stamp(4820)) }
    var session = tap(at: wrong + .seconds(5000))
    session.started = stamp(5000)
    session.ended = stamp(5030)
    for index in session.touches.indices { session.touches[index].started = stamp(5000 + index) }
    _ = try await store.save(session)
    let event = SkinEvent(
      person: session.person, time: stamp(4900).utc, kind: "cleansed", weight: 1, note: nil)
    _ = try await store.save(event, at: stamp(4900))
    now = now + .seconds(6000)
    _ = try await store.restamp(
      bootID: bootID, bootTimeZero: now - .seconds(5500), at: Bench.stamp(now))
  }
}

extension Turmoil {
  /// Samples of two parts every ten minutes, some flat, some jumping, some absent.
  private mutating func air(from: Timestamp, to: Timestamp) -> [AirSample] {
    var samples: [AirSample] = []
    var time = from
    let isFlat = random.unit() < 0.3
    while time < to {
      let warmth = isFlat ? 21 : 18 + 9 * random.unit()
      var sample = Bench.air(
        time, random.unit() < 0.1 ? nil : warmth, humidity: isFlat ? 50 : 20 + 60 * random.unit())
      samples.append(sample)
      sample.part = "bme280 0x76"
      sample.readings = [AirReading(.airPressure, .value(99_000 + 2500 * random.unit()))]
      if random.unit() < 0.5 { samples.append(sample) }
      time = time + .seconds(600)
    }
    return samples
  }

  private mutating func tap(at time: Timestamp) -> TapSession {
    let level = 6 + 2 * random.unit()
    let touches = (1...3).map { number in
      let wild = random.unit() < 0.2 ? 3.0 : 0.1
      let samples = (0..<80).map { _ in
        Int32((level + wild * (random.unit() - 0.5)) * 524_288)
      }
      return Touch(
        number: number, site: "cheek", started: Bench.stamp(time + .seconds(2 * number)),
        contact: .milliseconds(random.unit() < 0.1 ? 500 : 1200),
        measures: [
          Touch.Measure(
            channel: .skinMoisture, raw: nil, rawUnit: .picofarads, value: nil, spread: nil,
            samples: samples,
            scale: Touch.RawScale(unitsPerCode: 1 / 524_288, offset: 0, greatestCode: 8_388_607),
            refusal: nil, part: "fdc1004 0x50")
        ])
    }
    let air = AirReading(.airTemperature, .value(17 + 10 * random.unit()))
    return TapSession(
      person: person(), started: Bench.stamp(time), ended: Bench.stamp(time + .seconds(30)),
      touches: touches, air: [.airTemperature: air], verdict: .saved)
  }

  private mutating func moisture() -> Calibration {
    Calibration(
      part: "fdc1004 0x50", channel: .skinMoisture, validFrom: validFrom(), who: "me", why: "wet",
      parameters: ["air_picofarads": 1 + random.unit(), "reference_picofarads": 12])
  }

  private mutating func temperature() -> Calibration {
    Calibration(
      part: "sen55 0x69", channel: .airTemperature, validFrom: validFrom(), who: "me", why: "warm",
      parameters: ["c0": -random.unit(), "c1": 1 + 0.01 * random.unit()])
  }

  /// Now, or since a while ago.
  private mutating func validFrom() -> Timestamp {
    random.unit() < 0.5 ? now : now - .seconds(150_000 * random.unit())
  }

  private mutating func limits() -> Limits {
    var limits = Limits()
    limits.airPeriodSeconds = random.unit() < 0.5 ? 60 : 600
    limits.touch.spreadShare = 0.05 + 0.1 * random.unit()
    limits.session.climate[.airTemperature] = Limits.Span(18 + 2 * random.unit()...26)
    limits.air[.airTemperature] = Limits.Air(
      range: 15...26, step: 2 + 4 * random.unit(), flatSeconds: 3600 * (1 + random.unit()))
    return limits
  }

  private mutating func plan() throws -> DayPlan {
    let zones = ["Europe/Berlin", "Asia/Kolkata", "America/New_York", "UTC"]
    return DayPlan(zone: try ZoneRules(named: zones[Int(random.unit() * 4) % 4]))
  }
}

import Bus
import Readings
import Sensors
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("hours of a part") struct HealthHoursTests {
  private static let part = "fdc1004 0x50"
  private static let identity = PartIdentity(
    part: part, product: "FDC1004", serial: nil, firmware: nil, status: nil,
    channels: [.skinMoisture])
  private static let nak = SensorError.bus(
    BusError(.notAcknowledged, path: "i2c", operation: "read"))

  @Test("wish 12: a bad hour of a wire stands in the row of that hour, and in no other")
  func badHour() async throws {
    // The bench's clock stands at 21:13:05 UTC.
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(3600))
      // 22:13 to 22:43.
      bench.fault(.nak, for: .seconds(1800), probability: 0.05)
      try await bench.rest(.seconds(3 * 3600))
    }
    let rows = await bench.sink.health
    let evening = Int64(1_772_571_600)
    let hours = Dictionary(grouping: rows, by: \.hour.seconds)
    #expect(hours.keys.sorted() == (0..<5).map { evening + $0 * 3600 })
    let naks = hours.mapValues { $0.reduce(0) { $0 + $1.notAcknowledged } }
    #expect((naks[evening + 3600] ?? 0) > 3)
    // The part does not hear the first question while it powers up.
    #expect(naks.filter { $0.key > evening + 3600 }.allSatisfy { $0.value == 0 })
    // A sample a minute, the one that started it, and those that had to be asked again.
    let quiet = try #require(hours[evening + 7200]?.first)
    #expect(quiet.samples == 60)
    #expect(quiet.uptimeSeconds == 3600 && quiet.warmUpSeconds == 0)
    #expect(rows.reduce(0) { $0 + $1.uptimeSeconds } > 4 * 3600 - 20)
  }

  @Test("rows cost one write an hour, with the air, and what is open is written at the stop")
  func writes() async throws {
    let bench = try await AirBench.run { try await $0.rest(.seconds(4 * 3600)) }
    // 21:13 to 01:13: four hours that ended, and the one that was open.
    #expect(await bench.sink.health.count == 5)
  }

  @Test("what a full disk refuses is kept, and comes into the same rows later")
  func refused() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(600))
      await bench.sink.setFull(true)
      try await bench.rest(.seconds(2 * 3600))
      await bench.sink.setFull(false)
      try await bench.rest(.seconds(3600))
    }
    let samples = await bench.sink.health.reduce(0) { $0 + $1.samples }
    // One a minute for 190 minutes, and those of the start.
    #expect((190...194).contains(samples))
  }

  @Test("a clock that nobody vouches for names no hour until it is set")
  func unsynced() {
    let clock = ScriptedClock(error: .seconds(-1_000_000_000), synchronisation: nil)
    let keeper = TimeKeeper(clock: clock)
    let health = Health(clock: clock)
    health.found(Self.identity)
    clock.pass(.seconds(2 * 3600))
    #expect(health.takeHours(all: false, by: keeper).rows.isEmpty)
    clock.step(by: .seconds(1_000_000_000))
    clock.confirm(1)
    let rows = health.takeHours(all: false, by: keeper).rows
    // 21:13:25 on 2026-03-03 is in the hour that began at 21:00; the clock was set at 23:13:25.
    #expect(Set(rows.map(\.hour.seconds)) == [1_772_571_600, 1_772_575_200])
    #expect(rows.reduce(0) { $0 + $1.samples } == 1)
  }

  @Test("a step of the clock by years makes one row, not one for every hour between")
  func step() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    health.found(Self.identity)
    clock.step(by: .seconds(10 * 365 * 86_400))
    health.failed(Self.part, Self.nak)
    let rows = health.takeHours(all: true, by: TimeKeeper(clock: clock)).rows
    #expect(rows.count == 1)
    #expect(rows.first?.notAcknowledged == 1 && rows.first?.samples == 2)
  }

  @Test("time in which a part is lost, or warms up, is counted as such")
  func times() {
    let clock = ScriptedClock()
    let health = Health(clock: clock)
    health.found(Self.identity)
    health.note([AirReading(.airPM2_5, .absent(.warming))], of: Self.part, at: clock.now)
    clock.pass(.seconds(60))
    health.note([AirReading(.airPM2_5, .value(3))], of: Self.part, at: clock.now)
    clock.pass(.seconds(100))
    health.lost(Self.part)
    clock.pass(.seconds(500))
    let rows = health.takeHours(all: true, by: TimeKeeper(clock: clock)).rows
    #expect(rows.first?.uptimeSeconds == 160)
    #expect(rows.first?.warmUpSeconds == 60)
  }
}

import Bus
import Quantities
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("checks of the air as it comes") struct AirCheckTests {
  /// Calm air of 21 °C, but for what is planted by the second since boot.
  private static func air(
    temperature: @Sendable @escaping (Double) -> Double = { _ in 21 },
    dust: @Sendable @escaping (Double) -> Double = { _ in 6 }
  ) -> @Sendable (BootInstant) -> SimulatedAir {
    { time in
      let seconds = time.sinceBoot.inSeconds
      let mass = MassConcentration.microgramsPerCubicMetre(dust(seconds))
      return SimulatedAir(
        temperature: .celsius(temperature(seconds)), humidity: .percent(50), pm1: mass, pm2_5: mass,
        pm4: mass, pm10: mass, vocIndex: .value(100), noxIndex: .value(1))
    }
  }

  private static func correction(_ parameters: [String: Double]) -> Calibration {
    Calibration(
      part: AirBench.part, channel: .airTemperature, validFrom: .seconds(0), who: "settings",
      why: "test", parameters: parameters)
  }

  private func now(_ bench: AirBench, _ channel: Channel) -> AirReading? {
    bench.now.readings(at: bench.time.now)[channel]
  }

  @Test("a tap sees the corrected value; the diary is given what the part said")
  func correction() async throws {
    let bench = AirBench(
      calibrations: [Self.correction(["c0": -0.4, "c1": 1.01])], air: Self.air())
    _ = try await AirBench.run(bench) { bench in
      try await bench.rest(.seconds(100))
      let reading = try #require(now(bench, .airTemperature))
      // 21 · 1.01 − 0.4.
      #expect(abs((reading.usable ?? 0) - 20.81) < 0.01)
      #expect(abs((reading.asSaid ?? 0) - 21) < 0.01)
    }
    let said = await bench.states(of: .airTemperature)
    #expect(said == [.value(21), .value(21)])
  }

  @Test("a glitch is suspect in the air of a tap, and the value after it is not")
  func glitch() async throws {
    let bench = AirBench(air: Self.air(temperature: { (310..<360).contains($0) ? 35 : 21 }))
    _ = try await AirBench.run(bench) { bench in
      try await bench.rest(.seconds(290))
      #expect(now(bench, .airTemperature)?.state == .value(21))
      try await bench.rest(.seconds(60))
      #expect(now(bench, .airTemperature)?.state == .value(35, .suspect, reason: "step"))
      #expect(now(bench, .airTemperature)?.usable == nil)
      try await bench.rest(.seconds(60))
      #expect(now(bench, .airTemperature)?.state == .value(21))
    }
  }

  @Test("particles that have not settled after a minute are withheld, and kept beside the reason")
  func unsettled() async throws {
    // Falls by 120 from minute to minute, to 12 at the fourth, and is calm at the fifth.
    let bench = AirBench(air: Self.air(dust: { max(6, 492 - 2 * $0) }))
    _ = try await AirBench.run(bench) { try await $0.rest(.seconds(400)) }
    let dust = await bench.sink.samples.flatMap(\.readings).filter { $0.channel == .airPM2_5 }
    let warming = dust.prefix { $0.state == .absent(.warming) }
    #expect(warming.count == 4)
    #expect(warming.map { ($0.asSaid ?? 0) > 11 } == [true, true, true, true])
    #expect(dust[warming.count].state == .value(6))
  }

  @Test("particles that never settle count after five times the warm-up")
  func neverSettled() async throws {
    let bench = AirBench(
      air: Self.air(dust: {
        50 + 40 * ((($0 + 15) / 60).rounded(.down).truncatingRemainder(dividingBy: 2))
      }))
    _ = try await AirBench.run(bench) { try await $0.rest(.seconds(500)) }
    let dust = await bench.states(of: .airPM2_5)
    let isWarming = dust.map { $0 == .absent(.warming) }
    // Samples at 2, 62, 122, 182, 242 and 302 s of the part: the last is past 300.
    #expect(
      isWarming == [Bool](repeating: true, count: 5)
        + [Bool](repeating: false, count: dust.count - 5))
  }

  @Test("wish 14: a part that lost its supply begins new epochs for what it measures")
  func brownOut() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(150))
      bench.fault(.brownOut)
      try await bench.rest(.seconds(360))
    }
    let epochs = await bench.sink.epochs
    #expect(epochs.count == 1)
    #expect(epochs.first?.cause == "sen55 0x69 was reset")
    #expect(epochs.first.map { Set($0.channels) } == Set(SupportedPart.sen55.channels))
  }
}

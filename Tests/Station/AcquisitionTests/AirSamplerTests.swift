import Bus
import Readings
import Sensors
import ServiceLifecycle
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("air sampler") struct AirSamplerTests {
  @Test("a sample on each whole minute since boot, each with the planted air, and one at the start")
  func schedule() async throws {
    let bench = try await AirBench.run { try await $0.rest(.seconds(3600)) }
    let samples = await bench.sink.samples
    let starts = samples.map(\.stamp.moment.sinceBoot)
    #expect((60.0...61.0).contains(starts[0].inSeconds))
    #expect(starts.dropFirst().map(\.microseconds) == (2...60).map { $0 * 60_000_000 })
    for sample in samples.dropFirst() {
      for reading in sample.readings {
        let planted = try #require(
          PlantedAir.value(of: reading.channel, at: sample.stamp.moment))
        #expect(abs((reading.usable ?? 0) - planted) < 0.001)
      }
    }
  }

  @Test("particles are withheld for a minute after the start; the climate is not")
  func warmUp() async throws {
    let bench = try await AirBench.run { try await $0.rest(.seconds(200)) }
    let dust = await bench.states(of: .airPM2_5)
    #expect(dust.prefix(1) == [.absent(.warming)])
    #expect(dust.dropFirst().allSatisfy { if case .value = $0 { true } else { false } })
    let climate = await bench.states(of: .airTemperature)
    #expect(climate.allSatisfy { if case .value = $0 { true } else { false } })
    // The part itself says that it does not know NOx for ten seconds.
    #expect(await bench.states(of: .airNOxIndex).first == .absent(.notReady))
  }

  @Test(
    "what is wrong with the part is the reason of the gap",
    arguments: [
      (SimulatedFault.nak, Absence.notPresent), (.missing, .notPresent), (.flippedBit, .corrupted),
      (.stuckSDA, .timedOut), (.timeout, .timedOut), (.staleData, .stale),
    ])
  func reasons(fault: SimulatedFault, reason: Absence) async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(150))
      bench.fault(fault, for: .seconds(60))
      try await bench.rest(.seconds(60))
    }
    let states = await bench.states(of: .airTemperature)
    #expect(states.count == 4)
    #expect(states[3] == .absent(reason))
  }

  @Test("0xFFFE in the particles is out of range, and the climate beside it counts")
  func nearSentinel() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(150))
      bench.fault(.nearSentinel)
      try await bench.rest(.seconds(60))
    }
    for channel in [Channel.airPM1, .airPM2_5, .airPM4, .airPM10] {
      #expect(await bench.states(of: channel).last == .absent(.outOfRange))
    }
    let climate = await bench.sink.samples.last?.readings.first { $0.channel == .airTemperature }
    #expect(climate?.usable != nil)
  }

  @Test("faults in every tenth transfer cost retries, and hardly a minute")
  func retries() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(100))
      bench.fault(.nak, probability: 0.05)
      bench.fault(.flippedBit, probability: 0.05)
      try await bench.rest(.seconds(6 * 3600))
    }
    let states = await bench.states(of: .airTemperature)
    let values = states.count { if case .value = $0 { true } else { false } }
    #expect(Double(values) > 0.95 * Double(states.count))
    let part = try #require(bench.health.parts.first).part
    #expect(part.corrupted > 10 && part.notAcknowledged > 10)
  }

  @Test("a dip of the supply is told and mended in the next sample; only the fan takes longer")
  func brownOut() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(150))
      bench.fault(.brownOut)
      try await bench.rest(.seconds(360))
    }
    let climate = await bench.states(of: .airTemperature)
    #expect(climate.allSatisfy { if case .value = $0 { true } else { false } })
    let dust = await bench.states(of: .airPM2_5)
    #expect(dust[3...4] == [.absent(.warming), .absent(.warming)])
    #expect(dust[5...].allSatisfy { if case .value = $0 { true } else { false } })
    #expect(bench.kinds() == [.partFound, .partRestarted, .epochBegun])
    #expect(bench.health.parts.first?.part.restarts == 1)
  }

  @Test("a part that is not there at the start is found within half a minute of its coming")
  func absentAtStart() async throws {
    let bench = try await AirBench.run { bench in
      let part = bench.bus.detach(at: 0x69)
      try await bench.rest(.seconds(600))
      #expect(bench.kinds() == [.partMissing])
      #expect(bench.health.parts.first?.part.state == .lost)
      if let part { bench.bus.attach(part, at: 0x69) }
      try await bench.rest(.seconds(31))
      #expect(bench.kinds() == [.partMissing, .partBack])
      try await bench.rest(.seconds(120))
    }
    let states = await bench.states(of: .airTemperature)
    #expect(states.prefix(10).allSatisfy { $0 == .absent(.notPresent) })
    #expect(states.dropFirst(12).allSatisfy { if case .value = $0 { true } else { false } })
  }

  @Test("a part that needs its first second is not said to be missing")
  func slowStart() async throws {
    let bench = try await AirBench.run { bench in
      let part = bench.bus.detach(at: 0x69)
      try await bench.rest(.milliseconds(500))
      if let part { bench.bus.attach(part, at: 0x69) }
      try await bench.rest(.seconds(60))
    }
    #expect(bench.kinds() == [.partFound])
  }

  @Test("a lost part is asked again after 1, 2, 4 … 30 seconds, and when a sample is due")
  func backoff() async throws {
    let bench = try await AirBench.run { bench in
      _ = bench.bus.detach(at: 0x69)
      var attempts: [Int] = []
      var transfers = bench.bus.traffic.transfers
      for tenth in 0..<10_000 {
        try await bench.rest(.milliseconds(100))
        if bench.bus.traffic.transfers > transfers { attempts.append(tenth) }
        transfers = bench.bus.traffic.transfers
      }
      let gaps = zip(attempts, attempts.dropFirst()).map { ($1 - $0 + 5) / 10 }
      // At 60 s since boot, its first sample's time, it was asked a second time anyway.
      #expect(gaps.prefix(2) == [1, 1])
      #expect(gaps.allSatisfy { $0 <= 30 })
      #expect((30...50).contains(gaps.count))
    }
    #expect(bench.kinds() == [.partMissing])
  }

  @Test("a part that hangs is named, and the others keep their schedule")
  func hangs() async throws {
    let bench = try await AirBench.run { bench in
      bench.bus.attach(SimulatedSHT4x(air: PlantedAir.air), at: 0x44)
      let source = HangingSource(time: bench.time)
      return [
        AirSampler(
          source: source, schedule: AirSchedule(every: .seconds(60)), outlets: bench.outlets,
          book: bench.book)
      ]
        + [bench.sampler(.sht4x, at: 0x44)].compactMap(\.self)
    } _: { bench in
      try await bench.rest(.seconds(60))
      #expect(bench.health.hangs().isEmpty)
      try await bench.rest(.seconds(300))
      #expect(bench.health.hangs() == [HangingSource.name])
      try await bench.rest(.seconds(3300))
    }
    for part in [AirBench.part, "sht4x 0x44"] {
      let starts = await bench.sink.samples.filter { $0.part == part }.map(\.stamp.moment)
      #expect(starts.dropFirst().map(\.microseconds) == (2...61).map { $0 * 60_000_000 })
    }
  }
}

/// A part whose first sample never ends.
private struct HangingSource: AirSource {
  static let name = "bme280 0x76"
  let part = name
  let channels = [Channel.airPressure]
  let time: SimulatedTime

  func start() async throws(SensorError) -> PartIdentity {
    PartIdentity(
      part: part, product: "BME280", serial: nil, firmware: nil, status: nil, channels: channels)
  }

  func sample() async throws(SensorError) -> [AirReading] {
    _ = await time.wait(for: .seconds(1_000_000))
    throw .cancelled
  }
}

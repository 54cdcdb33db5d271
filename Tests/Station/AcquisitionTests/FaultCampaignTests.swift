import Bus
import Readings
import SimulatedParts
import Testing

@Suite("fault campaign") struct FaultCampaignTests {
  /// A generator of the tests' own (Knuth's MMIX constants).
  private struct Dice {
    var state: UInt64
    mutating func roll(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
  }

  @Test("a fortnight of every fault, alone and together, gives no wrong value", arguments: 1...3)
  func noWrongValue(seed: UInt64) async throws {
    let bench = try await AirBench.run { bench in
      var dice = Dice(state: seed)
      for _ in 0..<1000 {
        // A part whose clock runs at half its speed tells of the past in the end.
        let faults = SimulatedFault.allCases.filter { $0 != .slow }
        let fault = faults[dice.roll(faults.count)]
        let length = Duration.seconds([2, 30, 120, 600, 1500][dice.roll(5)])
        bench.fault(fault, for: length, probability: [0.02, 0.1, 0.5, 1][dice.roll(4)])
        try await bench.rest(.seconds(300 + dice.roll(1800)))
      }
    }
    var (values, wrong) = (0, [String]())
    var reasons: Set<Absence> = []
    for sample in await bench.sink.samples {
      for reading in sample.readings {
        switch reading.state {
        case .absent(let reason): reasons.insert(reason)
        case .value(let value, _, _):
          values += 1
          let planted = PlantedAir.value(of: reading.channel, at: sample.stamp.moment)
          guard abs(value - (planted ?? .infinity)) > 0.001 else { continue }
          wrong.append("\(reading) at \(sample.stamp.moment.sinceBoot)")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
    #expect(values > 80_000)
    #expect(
      reasons == [.notPresent, .timedOut, .corrupted, .stale, .outOfRange, .notReady, .warming])
    let minutes = Int((bench.time.now.sinceBoot.inSeconds - 12) / 60)
    #expect(abs(await bench.sink.samples.count - minutes) <= 1)
  }
}

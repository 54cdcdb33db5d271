import Bus
import Quantities
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("taps on a noisy wire") struct TapNoiseTests {
  /// What a touch of the bench's skin comes to: 100·log10(1/0.5)/0.5 is 60.2.
  private static let truth: [Channel: ClosedRange<Double>] = [
    .skinMoisture: 46.99...47.01, .skinSebum: 60.1...60.3, .skinForce: 0.99...1.01,
    .skinTemperature: 31.9...32.1,
  ]

  @Test(
    "a tap in the midst of faults comes to its right values, or is refused with its reason",
    arguments: [
      (SimulatedFault.nak, 0.02), (.flippedBit, 0.02), (.flippedWrite, 0.05), (.flippedBits, 0.02),
      (.burst, 0.02), (.timeout, 0.01), (.brownOut, 0.002), (.flippedBit, 0.5), (.burst, 1),
      (.flippedWrite, 1), (.staleData, 1),
    ])
  func noise(fault: SimulatedFault, probability: Double) async throws {
    let bench = try await TapBench.run(hasForce: true) { bench in
      try await bench.touch(TapBench.Skin(moisture: 20, transmission: 0.8, newtons: 2.5))
      try await bench.rest(.seconds(15))
      bench.bus.set(
        fault: fault, until: bench.time.now.advanced(by: .seconds(60)), probability: probability)
      try await bench.touches(4)
      try await bench.rest(.seconds(15))
    }
    let session = try #require(await bench.sessions.last)
    #expect(session.touches.count == 4)
    for touch in session.touches {
      for measure in touch.measures {
        guard measure.isAccepted else { continue }
        let range = try #require(Self.truth[measure.channel])
        let value = try #require(measure.value)
        #expect(range.contains(value), "\(measure.channel) \(value)")
      }
    }
    let accepted = session.touches.flatMap(\.measures).count { $0.isAccepted }
    // A little noise costs hardly anything; a part that says the past again is not believed at all.
    #expect(probability >= 0.5 || accepted > 4, "\(accepted)")
    #expect(fault != .staleData || accepted == 0, "\(accepted)")
  }

  @Test("another part in the place of one of the probe's gives no values")
  func exchanged() async throws {
    let bench = try await TapBench.run(hasForce: true) { bench in
      bench.bus.attach(SimulatedTSL2591 { _ in .counts(300) }, at: 0x50)
      bench.bus.attach(SimulatedFDC1004 { _, _ in .picofarads(9) }, at: 0x48)
      bench.bus.attach(SimulatedADS1115 { _, _ in .volts(1) }, at: 0x29)
      try await bench.touches(2)
      try await bench.rest(.seconds(15))
    }
    let measures = try #require(await bench.sessions.last).touches.flatMap(\.measures)
    #expect(measures.count == 8)
    for measure in measures {
      let isAbsent = if case .absent? = measure.refusal { true } else { false }
      #expect(isAbsent && measure.samples.isEmpty, "\(measure.channel)")
    }
  }
}

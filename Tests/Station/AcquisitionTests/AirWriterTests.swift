import Bus
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("air writer") struct AirWriterTests {
  @Test("samples go to the diary every five minutes, and the rest when the station stops")
  func batches() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(290))
      #expect(await bench.sink.samples.isEmpty)
      try await bench.rest(.seconds(15))
      #expect(await bench.sink.samples.count == 5)
      try await bench.rest(.seconds(120))
    }
    #expect(await bench.sink.samples.count == 8)
  }

  @Test("what a full disk refuses is kept, told once, and saved in order when there is room")
  func failingPeriod() async throws {
    let bench = try await AirBench.run { bench in
      try await bench.rest(.seconds(400))
      await bench.sink.setFull(true)
      try await bench.rest(.seconds(3600))
      await bench.sink.setFull(false)
      try await bench.rest(.seconds(400))
    }
    let starts = await bench.sink.samples.map(\.stamp.bootMicroseconds)
    #expect(starts.count >= 72)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 == 60_000_000 })
    let told = bench.board.notices.filter { $0.kind == .airNotSaved }
    #expect(told.map(\.priority) == [.error, .notice])
    #expect(told.last?.text == "the air is being saved again; nothing was lost")
  }

  @Test("after a week without a diary the oldest are dropped, counted and told")
  func tooMany() async throws {
    let bench = AirBench()
    try await bench.time.run {
      await bench.sink.setFull(true)
      for number in 0..<10_090 {
        bench.writer.add(
          AirSample(
            stamp: Stamp(
              utc: .seconds(Int64(number)), bootID: "b", bootMicroseconds: Int64(number),
              trust: .synced), part: AirBench.part, readings: []))
        if number == 5 { await bench.writer.flush() }
      }
      await bench.sink.setFull(false)
      await bench.writer.flush()
    }
    let numbers = await bench.sink.samples.map(\.stamp.bootMicroseconds)
    #expect(numbers == Array(10..<10_090))
    let told = try #require(bench.board.notices.last)
    #expect(told.text == "the air is being saved again; 10 of the oldest samples were lost")
  }
}

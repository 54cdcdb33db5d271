import Bus
import Readings
import SimulatedParts
import Testing

@testable import Acquisition

@Suite("herald") struct HeraldTests {
  private let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)

  private func herald(_ sink: MemorySink) -> Herald {
    Herald(post: { _ in }, sink: sink, keeper: TimeKeeper(clock: time))
  }

  @Test("what a full disk did not take is in the diary once there is room, in its order and time")
  func late() async throws {
    try await time.run {
      let sink = MemorySink(time: time)
      let herald = herald(sink)
      await herald.announce(Notice(.settingsRead, "1"))
      await sink.setFull(true)
      await herald.announce(Notice(.partLost, "2"))
      try await time.sleep(until: time.now.advanced(by: .seconds(60)), tolerance: nil)
      await herald.announce(Notice(.partBack, "3"))
      #expect(await sink.notices.map(\.text) == ["1"])
      await sink.setFull(false)
      await herald.keepRest()
      let kept = await sink.notices
      #expect(kept.map(\.text) == ["1", "2", "3"])
      let times = kept.compactMap { $0.stamp?.bootMicroseconds }
      #expect(times.count == 3 && times[2] - times[1] == 60_000_000)
      await herald.keepRest()
      #expect(await sink.notices.count == 3)
    }
  }

  @Test("the next line takes those before it along")
  func taken() async throws {
    try await time.run {
      let sink = MemorySink(time: time)
      let herald = herald(sink)
      await sink.setFull(true)
      await herald.announce(Notice(.partLost, "1"))
      await sink.setFull(false)
      await herald.announce(Notice(.partBack, "2"))
      #expect(await sink.notices.map(\.text) == ["1", "2"])
    }
  }

  @Test("after days of trouble the oldest are in the journal only")
  func tooMany() async throws {
    try await time.run {
      let sink = MemorySink(time: time)
      let herald = herald(sink)
      await sink.setFull(true)
      for number in 0..<600 { await herald.announce(Notice(.partLost, "\(number)")) }
      await sink.setFull(false)
      await herald.keepRest()
      #expect(await sink.notices.map(\.text) == (100..<600).map { "\($0)" })
    }
  }
}

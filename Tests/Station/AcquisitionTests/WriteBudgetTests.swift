import Bus
import Readings
import ServiceLifecycle
import SimulatedParts
import Synchronization
import Testing

@testable import Acquisition

@Suite("bytes a day") struct WriteBudgetTests {
  /// A disk that costs so much a write, and a day that was planted.
  private final class Disk: Sendable {
    let bytes = Mutex<Int64>(0)
    let batches = Mutex(0)
    let cost: Mutex<Int64>
    init(cost: Int64) { self.cost = Mutex(cost) }

    func write() {
      batches.withLock { $0 += 1 }
      let cost = cost.withLock { $0 }
      bytes.withLock { $0 += cost }
    }
  }

  /// What was written on each day and how often, over days that begin at 00:00 UTC.
  private struct Life {
    var batches: [Int] = []
    var bytes: [Int64] = []
    var notices: [Notice] = []
    var periods: [Duration] = []
  }

  /// Lives days with a planted cost a batch, by the air's writer of the station.
  private static func live(
    days: Int, limit: Int64?, costs: [Int64], samplesEvery: Duration = .seconds(60)
  ) async throws -> Life {
    // 2026-03-04 00:00 UTC.
    let time = SimulatedTime(utcMicroseconds: 1_772_582_400_000_000)
    let (sink, board, disk) = (MemorySink(time: time), NoticeBoard(), Disk(cost: costs[0]))
    let herald = Herald(post: { board.post($0) }, sink: sink, keeper: TimeKeeper(clock: time))
    let plan = DayPlan(zone: .utc)
    let meter = DiskMeter { disk.bytes.withLock { $0 } }
    let writer = AirWriter(
      herald: herald, health: Health(clock: time), period: .seconds(300),
      disk: .init(
        meter: meter,
        budget: WriteBudget(limit: limit, basePeriod: .seconds(300)), plan: { plan }))
    var life = try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        var life = Life()
        tasks.addTask { try await writer.run() }
        tasks.addTask {
          // A commit costs the same, however much is in it.
          var count = 0
          while await time.wait(for: .seconds(1)) {
            let saved = await sink.samples.count
            guard saved > count else { continue }
            count = saved
            disk.write()
          }
        }
        tasks.addTask {
          while await time.wait(for: samplesEvery) {
            writer.add(
              AirSample(stamp: herald.keeper.stamp(), part: "sen55 0x69", readings: []))
          }
        }
        for day in 0..<days {
          disk.cost.withLock { $0 = costs[min(day, costs.count - 1)] }
          let before = (disk.batches.withLock { $0 }, disk.bytes.withLock { $0 })
          try await time.sleep(until: time.now.advanced(by: .seconds(86_400)), tolerance: nil)
          life.batches.append(disk.batches.withLock { $0 } - before.0)
          life.bytes.append(disk.bytes.withLock { $0 } - before.1)
          life.periods.append(writer.period)
        }
        tasks.cancelAll()
        try await tasks.waitForAll()
        return life
      }
    }
    life.notices = board.notices.filter { $0.kind == .writingTooMuch }
    return life
  }

  @Test("wish 10: a day on course to pass the limit gathers for longer, and keeps it")
  func kept() async throws {
    // 288 batches of 60 kB would be 17 MB.
    let life = try await Self.live(days: 2, limit: 10_000_000, costs: [60_000])
    for bytes in life.bytes { #expect(bytes < 10_300_000 && bytes > 8_000_000, "\(bytes)") }
    #expect(life.notices.isEmpty)
  }

  @Test("wish 10: the next day begins with short batches again")
  func nextDay() async throws {
    let life = try await Self.live(days: 3, limit: 10_000_000, costs: [60_000, 60_000, 20_000])
    #expect(life.batches[0] < 200)
    #expect(life.batches[2] >= 285)
    #expect(life.periods[2] == .seconds(300))
  }

  @Test("wish 10: what no batch can keep is told once a day, and the air is still written hourly")
  func tooMuch() async throws {
    let life = try await Self.live(days: 2, limit: 1_000_000, costs: [100_000])
    #expect(life.notices.count == 2)
    #expect(
      life.notices.first?.text.contains(
        "1.0 MB are allowed: too much, although the air is gathered")
        == true)
    for batches in life.batches { #expect((22...40).contains(batches), "\(batches)") }
  }

  @Test("without a limit, and within it, batches keep their length")
  func free() async throws {
    let free = try await Self.live(days: 1, limit: nil, costs: [1_000_000])
    let cheap = try await Self.live(days: 1, limit: 10_000_000, costs: [10_000])
    for life in [free, cheap] {
      #expect(life.batches == [287] || life.batches == [288])
      #expect(life.notices.isEmpty)
    }
  }

  @Test("days go on where the diary left them, and the mean is of those that are known")
  func days() async {
    let today = LocalDate(daysSince1970: 20_515)
    let count = Mutex<Int64>(500)
    let meter = DiskMeter(days: [today: 1000, today - 1: 300, today - 3: 500]) {
      count.withLock { $0 }
    }
    #expect(await meter.look(on: nil) == nil)
    #expect(await meter.look(on: today) == 1500)
    count.withLock { $0 = 700 }
    #expect(await meter.look(on: today + 1) == 200)
    #expect(meter.mean(before: today) == 400)
    #expect(meter.takeUnkept().map(\.bytes) == [1500, 200])
    #expect(meter.takeUnkept().isEmpty)
  }
}

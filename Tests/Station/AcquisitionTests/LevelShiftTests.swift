import Bus
import FoundationEssentials
import Quantities
import Readings
import SimulatedParts
import Store
import Testing

@testable import Acquisition

@Suite("level shift") struct LevelShiftTests {
  /// 15:00 UTC of the 14th day: between the air of a morning and that of an evening.
  private static let reset = Timestamp.seconds(1_772_572_385 + 13 * 86_400 + 64_015)

  /// A fortnight around 21 °C, and a part that says 4 °C more after its supply dipped.
  private static func air(at time: BootInstant, of bench: SimulatedTime) -> SimulatedAir {
    let now = bench.reading().utcMicroseconds
    let day = Double((now - 1_772_572_385_000_000) / 86_400_000_000)
    let celsius = 21 + (day * 7).truncatingRemainder(dividingBy: 5) / 10
    return SimulatedAir(
      temperature: .celsius(now < reset.microseconds ? celsius : celsius + 4),
      humidity: .percent(50))
  }

  /// What the part said through it all, half-hourly, and the epochs that were begun.
  private func fortnight() async throws -> AirBench {
    let bench = AirBench()
    let time = bench.time
    bench.bus.attach(SimulatedSEN5x { Self.air(at: $0, of: time) }, at: 0x69)
    let sampler = try #require(bench.sampler(.sen55, at: 0x69, AirSchedule(every: .seconds(1800))))
    try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await bench.writer.run() }
        tasks.addTask { try await sampler.run() }
        let untilReset = Self.reset.microseconds - time.reading().utcMicroseconds
        try await bench.rest(.microseconds(untilReset))
        bench.fault(.brownOut)
        try await bench.rest(.seconds(3 * 86_400))
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    return bench
  }

  @Test("wish 14: a part that was reset says more of the same air, and no baseline moves by it")
  func levelShift() async throws {
    let bench = try await fortnight()
    let samples = await bench.sink.samples
    let epochs = await bench.sink.epochs
    let begun = try #require(bench.board.notices.first { $0.kind == .epochBegun }?.stamp)
    #expect(epochs.map(\.cause) == ["sen55 0x69 was reset"])

    let folder = FileManager.default.temporaryDirectory.appending(
      path: "shift-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "diary.sqlite").path
    let first = try #require(samples.first?.stamp)
    let store = try Store(
      path: path, options: .init(origin: .real, plan: DayPlan(zone: .utc)) { first })
    try await store.choose(Person("me"), at: first)
    try await store.append(samples.filter { $0.stamp.utc < begun.utc })
    try await store.closeSlots(before: begun.utc)
    let before = try await rows(path)
    #expect(before.count > 20)
    for epoch in epochs {
      _ = try await store.beginEpochs(
        of: epoch.channels, person: nil, site: nil, cause: epoch.cause, at: begun)
    }
    try await store.append(samples.filter { $0.stamp.utc >= begun.utc })
    try await store.closeSlots(before: samples.last?.stamp.utc ?? begun.utc)
    let after = try await rows(path)

    #expect(Array(after.prefix(before.count)) == before)
    let shifted = after.dropFirst(before.count)
    #expect(shifted.count >= 4)
    // Each is compared with nothing but those since: z7, n7, z30 and n30.
    #expect(shifted.map { $0[4] }.prefix(2) == ["0", "0"])
    #expect(shifted.allSatisfy { $0[3] == "–" && $0[5] == "–" })
    #expect(shifted.map { $0[6] }.prefix(2) == ["0", "0"])
    #expect(shifted.allSatisfy { (Double($0[2]) ?? 0) > 24.9 })
  }

  /// Date, slot, value, z7, n7, z30 and n30 of the air's temperature, in order of time.
  private func rows(_ path: String) async throws -> [[String]] {
    try await Archive(path: path).query(
      """
      SELECT local_date, slot, value, z7, n7, z30, n30 FROM v1_slot
      WHERE channel = 'air.temperature' ORDER BY local_date, slot DESC
      """
    ).rows.map { row in
      row.map { cell in
        switch cell {
        case .null: "–"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .blob: "bytes"
        }
      }
    }
  }
}

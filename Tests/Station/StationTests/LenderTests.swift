import Foundation
import Readings
import ServiceLifecycle
import SimulatedParts
import Store
import Testing
import TestSupport

@testable import Acquisition
@testable import skin2vecd

/// A lender over a diary of its own, in simulated time; a second store stands for the borrower.
private struct LendingHouse: Sendable {
  let time: SimulatedTime
  let path: String
  let store: Store
  let herald: Herald
  let lender: Lender
  let options: Store.Options

  init(folder: URL) throws {
    // 2026-03-03 21:13:05 UTC.
    let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
    let keeper = TimeKeeper(clock: time)
    path = folder.appending(path: "diary.sqlite").path
    options = Store.Options(
      origin: .real, plan: DayPlan(zone: .utc), waitsForDisk: false, now: { keeper.stamp() })
    store = try Store(path: path, options: options, executor: time)
    herald = Herald(post: { _ in }, sink: store, keeper: keeper)
    lender = Lender(store: store, herald: herald, clock: time)
    self.time = time
  }

  /// Runs a body, beside the lender's service where that is to take the diary back by itself.
  static func with(
    serving isServing: Bool = false,
    _ body: @escaping @Sendable (LendingHouse) async throws -> Void
  ) async throws {
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let house = try LendingHouse(folder: folder)
    try await house.time.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        if isServing { group.addTask { try await house.lender.run() } }
        try await body(house)
        group.cancelAll()
        try await group.waitForAll()
      }
    }
  }

  func notices() async throws -> [Notice.Kind] {
    try await Archive(path: path).notices(
      from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max), limit: 100
    ).map(\.kind)
  }

  var tap: TapSession {
    let stamp = herald.keeper.stamp()
    let measure = Touch.Measure(
      channel: .skinMoisture, raw: 6.7, rawUnit: .picofarads, value: 47, spread: 0.2, samples: [],
      refusal: nil, part: "fdc1004 0x50")
    return TapSession(
      person: Person("me"), started: stamp, ended: stamp,
      touches: [
        Touch(number: 1, site: Site("cheek"), started: stamp, contact: nil, measures: [measure])
      ], air: [:], verdict: .saved)
  }
}

@Suite(.takingTurns) struct LenderTests {
  @Test("a diary that is lent can be written by the borrower, and by nobody else")
  func lent() async throws {
    try await LendingHouse.with { house in
      #expect(await house.lender.lend(to: "skin2vec import") == nil)
      await #expect(throws: StoreError.self) {
        try await house.store.append(Notice(.failure, "while it is lent"))
      }
      #expect(await house.lender.lend(to: "skin2vec erase") != nil)
      let borrower = try Store(path: house.path, options: house.options)
      #expect(await house.lender.takeBack() != nil)
      try await borrower.close()
      #expect(await house.lender.takeBack() == nil)
      #expect(try await house.notices() == [.diaryLent, .diaryBack])
    }
  }

  @Test("a borrower that ends without a word is noticed within seconds")
  func silence() async throws {
    try await LendingHouse.with(serving: true) { house in
      #expect(await house.lender.lend(to: "skin2vec import") == nil)
      let borrower = try Store(path: house.path, options: house.options)
      #expect(await house.time.wait(for: .seconds(600)))
      #expect(try await house.notices() == [.diaryLent])
      try await borrower.close()
      #expect(await house.time.wait(for: .seconds(2)))
      #expect(try await house.notices() == [.diaryLent, .diaryBack])
    }
  }

  @Test("a tap that a run held at its end is saved by the next, once")
  func heldOverTheEnd() async throws {
    try await LendingHouse.with { house in
      let folder = RunFolder(path: URL(filePath: house.path).deletingLastPathComponent().path)
      let tap = house.tap
      /// A run that begins with what the last one left, takes a tap where it is given one, and ends.
      func run(_ tap: TapSession?) async throws {
        let recorder = TapRecorder(
          herald: house.herald, health: Health(clock: house.time),
          light: Light(outputs: [], clock: house.time),
          held: await folder.heldTaps(missingIn: house.path, herald: house.herald),
          namesPerson: false)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await recorder.run() }
          if let tap { await recorder.record(tap) }
          #expect(await house.time.wait(for: .seconds(30)))
          group.cancelAll()
          try await group.waitForAll()
        }
      }
      #expect(await house.lender.lend(to: "skin2vec recompute") == nil)
      try await run(tap)
      #expect(folder.kept().sessions == [tap])
      #expect(await house.lender.takeBack() == nil)
      try await run(nil)
      #expect(folder.kept().sessions.isEmpty)
      #expect(try await Archive(path: house.path).summary().sessions == 1)
      // As a kill between the commit and the letting go leaves it.
      #expect(folder.keep([tap]))
      try await run(nil)
      #expect(try await Archive(path: house.path).summary().sessions == 1)
      #expect(folder.kept().sessions.isEmpty)
    }
  }

  @Test("what is kept and cannot be read is set aside, told, and holds up nothing")
  func unreadable() async throws {
    try await LendingHouse.with { house in
      let place = URL(filePath: house.path).deletingLastPathComponent()
      let folder = RunFolder(path: place.path)
      let tap = house.tap
      #expect(folder.keep([tap]))
      let file = place.appending(path: "held")
      let good = try Data(contentsOf: file)
      try (Data("{\"person\":\n".utf8) + good).write(to: file)
      let held = await folder.heldTaps(missingIn: house.path, herald: house.herald)
      #expect(held.sessions == [tap])
      #expect(try Data(contentsOf: place.appending(path: "held.unread")).count == good.count + 11)
      #expect(try await house.notices() == [.tapNotSaved, .tapNotSaved])
    }
  }

  @Test("a tap made while the diary is lent is held, and saved once it is back")
  func heldTap() async throws {
    try await LendingHouse.with { house in
      let health = Health(clock: house.time)
      let recorder = TapRecorder(
        herald: house.herald, health: health, light: Light(outputs: [], clock: house.time),
        namesPerson: false)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await recorder.run() }
        #expect(await house.lender.lend(to: "skin2vec recompute") == nil)
        await recorder.record(house.tap)
        #expect(health.heldTaps == 1)
        #expect(await house.lender.takeBack() == nil)
        #expect(await house.time.wait(for: .seconds(30)))
        #expect(health.heldTaps == 0)
        #expect(try await Archive(path: house.path).summary().sessions == 1)
        group.cancelAll()
        try await group.waitForAll()
      }
    }
  }
}

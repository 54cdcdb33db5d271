import FoundationEssentials
import GRDB
import Readings
import Testing
import TestSupport

@testable import Store

@Suite("explaining", .takingTurns) struct ExplainTests {
  /// Changes rows behind the diary's back, as a failing disk or an old program might.
  private func tamper(_ bench: Bench, _ sql: String) throws {
    let queue = try DatabaseQueue(path: bench.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// Three values of sixty codes each, and the calibration that makes 50 of 7 pF.
  private func plantCodes(_ store: Store) async throws {
    let start = Bench.stamp(Bench.time(day: 0, hour: 0))
    _ = try await store.record(
      Calibration(
        part: "fdc1004 0x50", channel: .skinMoisture, validFrom: start.utc, who: "ann",
        why: "new electrode", parameters: ["air_picofarads": 3, "reference_picofarads": 11]),
      at: start)
    var session = Bench.session(Bench.time(day: 1, hour: 7), [1, 2, 3])
    for index in session.touches.indices {
      let code = Int32(7000 + 8 * index)
      session.touches[index].measures[0].samples = [Int32](repeating: code, count: 60)
      session.touches[index].measures[0].scale = Touch.RawScale(
        unitsPerCode: 0.001, offset: 0, greatestCode: 15_000)
    }
    _ = try await store.save(session)
  }

  private let key = SlotKey(date: LocalDate(daysSince1970: 20_515), slot: .morning)

  @Test("wish 5: nothing of sixty days differs from what is worked out anew, value by value")
  func sixtyDays() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var life = Life(seed: 11)
      for happening in life.happenings() { try await store.live(happening) }
      let archive = try Archive(path: bench.path)
      let values = try await archive.slotValues(
        from: key.date, to: key.date + Life.days)
      #expect(values.count > 500)
      // Every fifth, which takes in each channel, site, slot and person.
      for value in stride(from: 0, to: values.count, by: 5).map({ values[$0] }) {
        let explained = try #require(
          try await archive.explain(
            value.channel, of: value.person, at: value.site, in: value.key))
        #expect(!explained.differs, "\(value.key) \(value.channel.rawValue)")
        #expect(explained.week.values.count == value.normalised.n7)
        #expect(explained.baseline.values.count == value.normalised.n30)
        #expect(explained.epoch?.number == value.epoch)
      }
      try await store.close()
    }
  }

  @Test("wish 5: no sample of the air differs, and a checked one shows each check")
  func air() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let values = [20.0, 20.1, 20.2, 20.1, 29, 20.3, 90, 20.2]
      let samples = values.enumerated().map { index, celsius in
        Bench.air(Bench.time(day: 0, hour: 1) + .seconds(60 * index), celsius)
      }
      try await store.append(samples)
      let archive = try Archive(path: bench.path)
      var reasons: [String?] = []
      for sample in samples {
        let air = try #require(
          try await archive.explainAir(.airTemperature, at: sample.stamp.utc))
        #expect(!air.differs)
        guard case .value(_, _, let reason) = air.reading.state else { continue }
        reasons.append(reason)
      }
      #expect(reasons == [nil, nil, nil, nil, "step", nil, "range", nil])
      let jump = try await archive.explainAir(.airTemperature, at: samples[4].stamp.utc)
      let step = try #require(jump?.checks.first { $0.rule == .step })
      // 29 against the median of 20.0, 20.1, 20.2, 20.1.
      #expect(abs((step.found ?? 0) - 8.9) < 1e-9)
      #expect(step.greatest == 5 && step.passed == false)
      try await store.close()
    }
  }

  @Test("what is stored and what is worked out anew are both told where they differ")
  func tampered() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      try await plantCodes(store)
      try await store.close()
      let archive = try Archive(path: bench.path)
      let sound = try await archive.explain(.skinMoisture, of: "me", at: "cheek", in: key)
      // Codes of 7.000, 7.008 and 7.016 pF: 50.0, 50.1 and 50.2.
      #expect(abs((sound?.derived?.value ?? 0) - 50.1) < 1e-9)
      #expect(sound?.differs == false)
      try tamper(bench, "UPDATE slot_value SET value = 47.2 WHERE session_id IS NOT NULL")
      let other = try await archive.explain(.skinMoisture, of: "me", at: "cheek", in: key)
      #expect(other?.differs == true)
      #expect(other?.stored?.value == 47.2)
      #expect(abs((other?.derived?.value ?? 0) - 50.1) < 1e-9)
      try tamper(bench, "UPDATE measure SET value = 40 WHERE touch_id = 2")
      let session = try await archive.explainSession(1)
      #expect(session?.differing.map(\.id) == [2])
    }
  }

  @Test("a touch without the meaning of its codes is unknown, and stands as it was saved")
  func withoutScale() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.save(Bench.session(Bench.time(day: 1, hour: 7), [40]))
      let touch = try #require(try await Archive(path: bench.path).explainTouch(1))
      let measure = try #require(touch.measures.first)
      #expect(measure.derived == nil && measure.overRange == nil && measure.calibration == nil)
      #expect(measure.part == nil)
      #expect(!measure.differs)
      #expect(measure.current.value == 40)
      #expect(measure.checks.first { $0.rule == .drift }?.passed == nil)
      try await store.close()
    }
  }

  @Test("the week tells a doubtful value, another epoch, a refused tap and no tap apart")
  func leftOut() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for (day, values) in [(0, [40.0, 41]), (1, [40, 60]), (3, [42, 41])] {
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), values))
      }
      _ = try await store.save(Bench.session(Bench.time(day: 4, hour: 7), [nil]))
      let stamp = Bench.stamp(Bench.time(day: 3, hour: 0))
      _ = try await store.beginEpochs(
        of: [.skinMoisture], person: nil, site: nil, cause: "a new cream", at: stamp)
      _ = try await store.save(Bench.session(Bench.time(day: 5, hour: 7), [43, 43]))
      let date = LocalDate(daysSince1970: 20_519)
      let value = try #require(
        try await Archive(path: bench.path).explain(
          .skinMoisture, of: "me", at: "cheek", in: SlotKey(date: date, slot: .morning)))
      #expect(value.epoch?.cause == "a new cream")
      #expect(value.week.values.map(\.value) == [41.5])
      let why = Dictionary(uniqueKeysWithValues: value.week.leftOut.map { ($0.date, $0.why) })
      #expect(why[date - 1] == .missing(.refused))
      #expect(why[date - 3] == .missing(nil))
      let first = try #require(value.epoch?.number) - 1
      #expect(why[date - 4] == .epoch(first) && why[date - 5] == .epoch(first))
      try await store.close()
    }
  }
}

import Readings
import Store
import Testing

@testable import skin2vec

@Suite struct DiaryCommandTests {
  /// Nine evenings around 50, then one at 48.4: with the floor of 2 that is 0.8 below the week.
  private func plantTenEvenings(_ bench: Bench) async throws {
    try await bench.plant { store in
      for (index, value) in [50.0, 50, 50, 51, 49, 50, 52, 48, 50].enumerated() {
        try await store.save(Planted.session(Bench.evening(index - 9), moisture: [value]))
      }
      try await store.append([Planted.air(Bench.evening() - .seconds(60))])
      try await store.save(
        Planted.session(Bench.evening(), moisture: [48.4, nil, 48.4], sebum: 62))
    }
  }

  @Test("today shows the value, its deviation from the week and how far the baseline is")
  func today() async throws {
    try await Bench.with { bench in
      try await plantTenEvenings(bench)
      #expect(try await bench.run("today") == .done)
      let lines = bench.spoken.lines
      #expect(lines.first == "2026-11-20")
      #expect(lines.contains("Evening  me, tapped 22:14"))
      let moisture = try #require(lines.first { $0.contains("moisture") })
      #expect(moisture.contains("cheek"))
      #expect(moisture.contains("48.4 ±"))
      #expect(moisture.contains("a little drier than your week (−0.8)"))
      #expect(moisture.hasSuffix("baseline forming (9 of 30)"))
      let sebum = try #require(lines.first { $0.contains("sebum") })
      #expect(sebum.contains("62"))
      #expect(sebum.contains("week forming (0 of 4)"))
      #expect(lines.contains("  air: 22.1 °C, 48 %RH"))
    }
  }

  @Test("today as JSON has the columns of v1_slot")
  func todayJSON() async throws {
    try await Bench.with { bench in
      try await plantTenEvenings(bench)
      let page = try await bench.json("today")
      #expect(at(page, "local_date") as? String == "2026-11-20")
      let slots = try #require(at(page, "slots") as? [Any?])
      let moisture = try #require(slots.first { at($0, "channel") as? String == "skin.moisture" })
      #expect(at(moisture, "value") as? Double == 48.4)
      #expect(at(moisture, "n30") as? Double == 9)
      #expect(at(moisture, "unit") as? String == "index")
      let z7 = try #require(at(moisture, "z7") as? Double)
      #expect(abs(z7 + 0.8) < 1e-9)
      #expect(at(page, "sessions", 0, "verdict") as? String == "saved")
    }
  }

  @Test("what comes before four in the morning is the evening of the day before")
  func afterMidnight() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.save(
          Planted.session(Bench.evening(-1) + .seconds(3 * 3600), moisture: [50]))
      }
      #expect(try await bench.run("today", "--date", "yesterday") == .done)
      #expect(bench.spoken.lines.contains("Evening  me, tapped 01:14"))
    }
  }

  @Test("a day without anything says so")
  func emptyDay() async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      #expect(try await bench.run("today") == .done)
      #expect(bench.spoken.lines == ["2026-11-20", "  no tap yet"])
    }
  }

  @Test("wish 11: today says that there is no evening tap yet, the streak, and what is missing")
  func noTapYet() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        for day in 1...9 where day != 4 {
          try await store.save(Planted.session(Bench.evening(-day), moisture: [50]))
        }
        try await store.save(Planted.session(Bench.evening(-4), moisture: [nil]))
      }
      #expect(try await bench.run("today") == .done)
      #expect(
        bench.spoken.lines == [
          "2026-11-20", "Evening  me, no evening tap yet",
          "  3 evenings in a row until the day before; missing of the last 30: 11-16",
        ])
      let page = try await bench.json("today")
      let evening = (at(page, "regularity") as? [Any?])?.first {
        at($0, "slot") as? String == "evening"
      }
      #expect(at(evening ?? nil, "in_a_row") as? Double == 3)
      #expect(at(evening ?? nil, "missing", 0) as? String == "2026-11-16")
    }
  }

  @Test("wish 4: a value that is in nobody's window says why, and a baseline how far it is")
  func reasons() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        for day in 1...9 {
          try await store.save(Planted.session(Bench.evening(-day), moisture: [50]))
        }
        let cleansed = SkinEvent(
          person: Person("me"), time: Bench.evening() - .seconds(25 * 60), kind: "cleansed",
          weight: 1, note: nil)
        _ = try await store.save(cleansed, at: Bench.stamp(Bench.evening() - .seconds(25 * 60)))
        try await store.save(Planted.session(Bench.evening(), moisture: [40, 50, 60]))
      }
      #expect(try await bench.run("today") == .done)
      let line = try #require(bench.spoken.lines.first { $0.contains("moisture") })
      #expect(line.contains("(suspect: the touches disagree, cleansed too short before)"))
      #expect(line.hasSuffix("baseline forming (9 of 30)"))
    }
  }

  @Test("today names scores and events with their times")
  func entries() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        let stamp = Bench.stamp(Bench.evening())
        let date = try #require(LocalDate("2026-11-20"))
        try await store.save(
          Score(person: Person("me"), date: date, dimension: .oil, value: 2.5), at: stamp)
        _ = try await store.save(
          SkinEvent(
            person: Person("me"), time: Bench.evening() - .seconds(2640), kind: "alcohol",
            weight: 0.5, note: "red\u{1B}[31m wine"), at: stamp)
      }
      #expect(try await bench.run("today") == .done)
      #expect(bench.spoken.lines.contains("Scores of me: oil 2.5"))
      #expect(bench.spoken.lines.contains("  21:30  me  alcohol  weight 0.5  red[31m wine"))
    }
  }

  @Test("taps lists sessions, latest first, with the touches that count")
  func taps() async throws {
    try await Bench.with { bench in
      try await plantTenEvenings(bench)
      #expect(try await bench.run("taps", "--days", "2") == .done)
      let lines = bench.spoken.lines
      #expect(lines.count == 2)
      #expect(lines[0].hasPrefix("2026-11-20 evening  22:14  me  saved  2 of 3  cheek moisture"))
      #expect(lines[1].hasPrefix("2026-11-19 evening  22:14  me  saved  1 of 1  cheek"))
    }
  }

  @Test("each touch says whether it counts, and why not")
  func touches() async throws {
    try await Bench.with { bench in
      try await plantTenEvenings(bench)
      #expect(try await bench.run("taps", "--days", "1", "--touches") == .done)
      let lines = bench.spoken.lines
      #expect(lines.count { $0.hasSuffix("counts") } == 4)
      let short = try #require(lines.first { $0.contains("too short") })
      #expect(short.hasSuffix("too short: hold until the light goes out"))
      #expect(short.contains("6.50 pF"))
      #expect(short.contains("1.2 s"))
    }
  }

  @Test("taps of one person leaves the others out")
  func tapsOfOne() async throws {
    try await Bench.with { bench in
      try await bench.plant { store in
        try await store.save(Planted.session(Bench.evening(), moisture: [50]))
        try await store.save(
          Planted.session(Bench.evening() + .seconds(60), moisture: [40], person: Person("anna")))
      }
      let list = try await bench.json("taps", "--person", "anna", "--touches")
      #expect((list as? [Any?])?.count == 1)
      #expect(at(list, 0, "person") as? String == "anna")
      #expect(at(list, 0, "touch_list", 0, "contact_us") as? Double == 1_200_000)
      #expect(at(list, 0, "touch_list", 0, "measures", 0, "raw_unit") as? String == "pF")
    }
  }

  @Test("without a diary, commands that read it end with status 66 and say what to do")
  func noDiary() async throws {
    try await Bench.with { bench in
      for command in ["today", "taps", "log"] {
        let ending = try await bench.run(command)
        #expect(ending == .noDiary)
      }
      #expect(bench.complaints.lines.allSatisfy { $0.contains(bench.diary) })
      #expect(bench.complaints.text.contains("start the station"))
    }
  }
}

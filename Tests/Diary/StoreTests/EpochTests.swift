import Readings
import Store
import Testing
import TestSupport

@Suite("epochs", .takingTurns)
struct EpochTests {
  private static let epochs =
    "SELECT person, channel, site, began_utc_us, cause FROM v1_epoch ORDER BY epoch"

  private static func identity(_ serial: String?, firmware: String = "1.0") -> PartIdentity {
    PartIdentity(
      part: "fdc1004 0x50", product: "FDC1004", serial: serial, firmware: firmware, status: nil,
      channels: [.skinMoisture])
  }

  @Test("a series begins with its first reading")
  func first() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let time = Bench.time(day: 1, hour: 7)
      _ = try await store.save(Bench.session(time, [40]))
      let expected = ["me", "skin.moisture", "cheek", "\(time.microseconds)", "first reading"]
      #expect(try await bench.rows(Self.epochs) == [expected])
      // A late one was before it.
      let earlier = Bench.time(day: 0, hour: 7)
      _ = try await store.save(Bench.session(earlier, [40]))
      #expect(try await bench.rows(Self.epochs).map { $0[3] } == ["\(earlier.microseconds)"])
    }
  }

  @Test("a part with another serial number begins a new one, and its cause names both")
  func swapped() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      #expect(try await !store.record(Self.identity("A"), at: Bench.stamp(Bench.monday)))
      for day in 0..<6 {
        if day == 3 {
          let stamp = Bench.stamp(Bench.time(day: 3, hour: 0))
          #expect(try await store.record(Self.identity("B"), at: stamp))
          #expect(try await !store.record(Self.identity("B"), at: stamp))
        }
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
      }
      let epochs = try await bench.rows(Self.epochs)
      #expect(epochs.count == 2)
      #expect(epochs.last?[4] == "fdc1004 0x50: FDC1004 A replaced by FDC1004 B")
      let rows = try await bench.rows("SELECT epoch, n7, n30 FROM v1_slot ORDER BY local_date")
      #expect(
        rows == [
          ["1", "0", "0"], ["1", "1", "1"], ["1", "2", "2"],
          ["2", "0", "0"], ["2", "1", "1"], ["2", "2", "2"],
        ])
    }
  }

  @Test("a new firmware is noted, and the baseline goes on")
  func firmware() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      let stamp = Bench.stamp(Bench.monday)
      _ = try await store.record(Self.identity("A"), at: stamp)
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      #expect(try await !store.record(Self.identity("A", firmware: "2.0"), at: stamp))
      #expect(try await bench.rows(Self.epochs).count == 1)
      #expect(
        try await Archive(path: bench.path).parts() == [Self.identity("A", firmware: "2.0")])
    }
  }

  @Test("a part of another name that takes a channel over begins a new one")
  func otherPart() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      _ = try await store.record(Self.identity("A"), at: Bench.stamp(Bench.monday))
      _ = try await store.save(Bench.session(Bench.time(day: 0, hour: 7), [40]))
      var other = Self.identity(nil)
      other.part = "fdc1004 0x51"
      #expect(try await store.record(other, at: Bench.stamp(Bench.time(day: 1, hour: 0))))
      #expect(try await bench.rows(Self.epochs).last?[4] == "fdc1004 0x51: FDC1004 added")
    }
  }

  @Test("a calibration begins a new one, and every touch names the one it was made with")
  func calibration() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      var calibrations = [0, 2].map { day in
        Calibration(
          part: "fdc1004 0x50", channel: .skinMoisture,
          validFrom: Bench.time(day: day, hour: 0), who: "me", why: "number \(day)",
          parameters: ["air_picofarads": 1.5, "wet_picofarads": 6 + Double(day)])
      }
      for day in 0..<4 {
        if day % 2 == 0 {
          let stamp = Bench.stamp(calibrations[day / 2].validFrom)
          _ = try await store.record(calibrations[day / 2], at: stamp)
        }
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
      }
      let used = try await bench.rows("SELECT calibration_id FROM measure ORDER BY touch_id")
      #expect(used == [["1"], ["1"], ["2"], ["2"]])
      #expect(
        try await bench.rows(Self.epochs).map { $0[4] }
          == ["first reading", "fdc1004 0x50 calibrated: number 2"])
      calibrations[0].validTo = calibrations[1].validFrom
      for index in calibrations.indices { calibrations[index].id = Int64(index + 1) }
      #expect(try await Archive(path: bench.path).calibrations() == calibrations)
    }
  }

  @Test("a new baseline can be asked for, for one site alone")
  func accepted() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for site: Site in ["cheek", "forehead"] {
        _ = try await store.save(
          Bench.session(Bench.time(day: 0, hour: 7), [40], site: site))
      }
      let begun = try await store.beginEpochs(
        of: [.skinMoisture, .skinSebum], person: "me", site: "cheek", cause: "moved house",
        at: Bench.stamp(Bench.time(day: 1, hour: 0)))
      #expect(begun == 1)
      for site: Site in ["cheek", "forehead"] {
        _ = try await store.save(
          Bench.session(Bench.time(day: 1, hour: 7), [40], site: site))
      }
      let rows = try await bench.rows(
        "SELECT site, n7 FROM v1_slot WHERE local_date = '2026-03-03' ORDER BY site")
      #expect(rows == [["cheek", "0"], ["forehead", "1"]])
    }
  }

  @Test("values taken since then move into an epoch that begins late")
  func backdated() async throws {
    try await Bench.with { bench in
      let store = try bench.store()
      for day in 0..<3 {
        _ = try await store.save(Bench.session(Bench.time(day: day, hour: 7), [40]))
      }
      _ = try await store.beginEpochs(
        of: [.skinMoisture], person: "me", site: nil, cause: "knocked over",
        at: Bench.stamp(Bench.time(day: 1, hour: 0)))
      let rows = try await bench.rows("SELECT epoch, n7 FROM v1_slot ORDER BY local_date")
      #expect(rows == [["1", "0"], ["2", "0"], ["2", "1"]])
    }
  }
}

import Bus
import Foundation
import Readings
import Settings
import Testing
import TestSupport

@testable import SimulatedParts
@testable import skin2vecd

@Suite("scenario files", .takingTurns) struct ScenarioFileTests {
  /// Writes a text into a folder of its own and reads it.
  private func read(_ yaml: String) throws -> ScenarioFile {
    let folder = try StationBench.newFolder()
    // A folder left in the temporary directory spoils no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "s.yaml")
    try Data(yaml.utf8).write(to: file)
    return try ScenarioFile(path: file.path)
  }

  /// What a text is refused for, without the folder's name; empty where it is accepted.
  private func faults(_ yaml: String) throws -> [String] {
    do {
      _ = try read(yaml)
      return []
    } catch let error as SettingsError {
      return error.faults.map { fault in
        "s.yaml" + fault.description.dropFirst(fault.file.count)
      }
    }
  }

  @Test("a whole scenario is read as it stands")
  func whole() throws {
    let file = try read(
      """
      name: test
      seed: 9
      zone: Europe/Berlin
      start: 2026-03-28T22:00:00
      person: {sites: [cheek, forehead], touches: 3, missed: 10 %, morning: 06:30}
      faults:
        - {at: 2 h, fault: stuckSDA, for: 90 s}
        - {at: 1 d, fault: nak, address: 0x69, probability: 25 %}
      clock:
        - {at: 3 h, step: -5 d}
        - {at: 4 h, synchronised: yes}
      zone_changes:
        - {at: 2 d, zone: Asia/Shanghai}
      """)
    let scenario = file.scenario
    #expect(scenario.seed == 9)
    // 21:00 UTC, in winter time.
    #expect(scenario.startUTCMicroseconds == 1_774_731_600_000_000)
    #expect(scenario.utcOffset == .seconds(3600))
    // Summer time begins at 01:00 UTC, four hours later; Shanghai is eight hours ahead.
    let offsets: [Scenario.OffsetChange] = [
      .init(at: .seconds(14_400), offset: .seconds(7200)),
      .init(at: .seconds(172_800), offset: .seconds(28_800)),
    ]
    #expect(scenario.utcOffsetChanges == offsets)
    #expect(scenario.person.sites.map(\.name) == ["cheek", "forehead"])
    #expect(scenario.person.touches == 3)
    #expect(abs(scenario.person.missed - 0.1) < 1e-12)
    #expect(scenario.person.morning.time == .seconds(23_400))
    let faults: [FaultEvent] = [
      FaultEvent(.stuckSDA, at: .seconds(7200), lasting: .seconds(90)),
      FaultEvent(.nak, on: 0x69, at: .seconds(86_400), probability: 0.25),
    ]
    #expect(scenario.faults == faults)
    let clock: [ClockEvent] = [
      ClockEvent(at: .seconds(10_800), .step(.seconds(-432_000))),
      ClockEvent(at: .seconds(14_400), .synchronised),
    ]
    #expect(scenario.clock == clock)
    #expect(file.zoneChanges.map(\.zone.name) == ["Asia/Shanghai"])
  }

  private static let wrong: [(yaml: String, fault: String)] = [
    ("seed: 1", "s.yaml:1:1: `start` is missing: add `start: 2026-03-02T22:40:00`"),
    ("start: yesterday", "s.yaml:1:8: start: `yesterday` is not a time: write it as `2026-03-"),
    ("start: 2026-02-30T10:00:00", "s.yaml:1:8: start: `2026-02-30T10:00:00` is not a time"),
    ("zone: Mars/Base\nstart: 2026-03-02T10:00:00", "s.yaml:1:7: zone: no time zone 'Mars/Base'"),
    (
      "start: 2026-03-02T10:00:00\nfaults:\n  - {at: 2 h, fault: nack}",
      "s.yaml:3:22: faults[0].fault: `nack` is not a fault: did you mean `nak`?"
    ),
    (
      "start: 2026-03-02T10:00:00\nfaults:\n  - {fault: nak}",
      "s.yaml:3:5: faults[0]: `at` is missing: add `at: 26 h`"
    ),
    (
      "start: 2026-03-02T10:00:00\nclock:\n  - {at: 2 h}",
      "s.yaml:3:5: clock[0]: nothing happens: add `step: 1 h` or `synchronised: yes`"
    ),
    (
      "start: 2026-03-02T10:00:00\nperson:\n  mised: 3 %",
      "s.yaml:3:3: person.mised: unknown key: did you mean `missed`?"
    ),
    (
      "start: 2026-03-02T10:00:00\nair: {playback: nowhere.csv}",
      "s.yaml:2:17: air.playback: "
    ),
    (
      "start: 2026-03-02T10:00:00\nzone_changes:\n  - {at: 2 h, zone: Berlin}",
      "s.yaml:3:21: zone_changes[0].zone: no time zone 'Berlin'"
    ),
  ]

  @Test("each wrong line is refused with its place and its mend", arguments: wrong)
  func refused(yaml: String, fault: String) throws {
    let first = try #require(try faults(yaml).first)
    #expect(first.hasPrefix(fault))
    // Place, problem and hint at least.
    #expect(first.split(separator: ": ").count >= 3)
  }

  @Test("a scenario that goes on later has what is still to come, at its time")
  func resumed() throws {
    let file = try read(
      """
      zone: Europe/Berlin
      start: 2026-03-28T22:00:00
      faults: [{at: 2 h, fault: nak}, {at: 30 h, fault: nak}]
      zone_changes: [{at: 2 d, zone: Asia/Shanghai}]
      """
    ).resumed(after: .seconds(24 * 3600))
    #expect(file.scenario.startUTCMicroseconds == 1_774_731_600_000_000 + 86_400_000_000)
    #expect(file.scenario.utcOffset == .seconds(7200))
    #expect(file.scenario.faults.map(\.at) == [.seconds(6 * 3600)])
    #expect(file.zoneChanges.map(\.at) == [.seconds(24 * 3600)])
    #expect(file.zone.name == "Europe/Berlin")
  }
}

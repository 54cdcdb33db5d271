import Bus
import FoundationEssentials
import Readings
import Settings
import SimulatedParts

/// Reads the keys of a scenario's file.
struct ScenarioReader {
  let file: String
  let seed: UInt64?

  func read(_ top: Section) -> ScenarioFile {
    let name = top.value("name", as: .name, default: "unnamed")
    let fileSeed = UInt64(top.value("seed", as: .integer(in: 0...Int.max), default: 1))
    let zone = top.value("zone", as: .zone, default: .utc)
    let start = top.required("start", as: .localTime(in: zone), example: "2026-03-02T22:40:00")
    var scenario = Scenario(
      name: name, seed: seed ?? fileSeed, startUTCMicroseconds: start?.microseconds ?? 0)
    scenario.air = air(top)
    scenario.person = top.section("person", person) ?? PersonPlan()
    let faults = top.sections("faults", fault) ?? []
    scenario.faults = faults.compactMap { if case .bus(let fault) = $0 { fault } else { nil } }
    scenario.boardFaults = faults.compactMap {
      if case .board(let fault) = $0 { fault } else { nil }
    }
    scenario.clock = (top.sections("clock", clock) ?? []).flatMap(\.self)
    readBoot(top, into: &scenario)
    let journeys = top.sections("zone_changes", zoneChange) ?? []
    scenario.utcOffset = .seconds(zone.offsetSeconds(at: start?.seconds ?? 0))
    scenario.utcOffsetChanges = offsetChanges(of: scenario, in: zone, journeys)
    return ScenarioFile(scenario: scenario, zone: zone, zoneChanges: journeys)
  }

  /// What the person's clock does in the three years that a scenario may last.
  private func offsetChanges(
    of scenario: Scenario, in zone: ZoneRules, _ journeys: [(at: Duration, zone: ZoneRules)]
  ) -> [Scenario.OffsetChange] {
    var changes: [Scenario.OffsetChange] = []
    var offset = scenario.utcOffset
    let start = scenario.startUTCMicroseconds / 1_000_000
    for hour in 1...(3 * 366 * 24) {
      let elapsed = Duration.seconds(hour * 3600)
      let present = journeys.last { $0.at <= elapsed }?.zone ?? zone
      let next = Duration.seconds(present.offsetSeconds(at: start + Int64(hour) * 3600))
      guard next != offset else { continue }
      offset = next
      changes.append(.init(at: elapsed, offset: next))
    }
    return changes
  }

  private func air(_ top: Section) -> Scenario.AirSource {
    let playback = top.section("air") { section -> AirPlayback? in
      guard let path = section.required("playback", as: .text, example: "air.csv") else {
        return nil
      }
      return self.playback(path, section)
    }
    return playback.map { .playback($0) } ?? .model(AirModel())
  }

  /// A record beside the scenario's file, or at an absolute path.
  private func playback(_ path: String, _ section: Section) -> AirPlayback? {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let whole = path.hasPrefix("/") ? path : (folder + [Substring(path)]).joined(separator: "/")
    guard let data = FileManager.default.contents(atPath: whole) else {
      section.refuse("playback", "\(whole) cannot be read", hint: "give the path of a CSV file")
      return nil
    }
    do {
      return try AirPlayback(csv: String(decoding: data, as: UTF8.self))
    } catch {
      section.refuse(
        "playback", "\(whole): \(error)", hint: "begin it with `\(AirPlayback.heading)`")
      return nil
    }
  }

  private func person(_ section: Section) -> PersonPlan? {
    var plan = PersonPlan()
    if let sites = section.values("sites", as: .name) {
      plan.sites = sites.map { PersonPlan.Site(name: $0) }
    }
    plan.touches = section.value("touches", as: .integer(in: 1...20), default: plan.touches)
    plan.missed = share("missed", section, plan.missed)
    plan.tooShort = share("too_short", section, plan.tooShort)
    plan.unsteady = share("unsteady", section, plan.unsteady)
    plan.morning.time = time("morning", section, plan.morning.time)
    plan.evening.time = time("evening", section, plan.evening.time)
    return plan
  }

  private func share(_ key: String, _ section: Section, _ usual: Double) -> Double {
    section.value(key, as: .percent(), default: usual * 100) / 100
  }

  private func time(_ key: String, _ section: Section, _ usual: Duration) -> Duration {
    section.optional(key, as: .timeOfDay).map { .seconds($0.minutes * 60) } ?? usual
  }

  /// A fault of a bus, or of the board.
  private enum Fault: Sendable {
    case bus(FaultEvent)
    case board(BoardFault)
  }

  private func fault(_ section: Section) -> Fault? {
    let at = section.required("at", as: .elapsed, example: "26 h")
    let words = SimulatedFault.allCases.map(\.rawValue) + BoardFault.Kind.allCases.map(\.rawValue)
    let word = section.required("fault", as: .word(of: words, what: "a fault"), example: "nak")
    let lasting = section.optional("for", as: .elapsed)
    let address = section.optional("address", as: .address)
    let probability = share("probability", section, 1)
    guard let at, let word else { return nil }
    if let kind = BoardFault.Kind(rawValue: word) {
      return .board(BoardFault(kind, at: at, lasting: lasting))
    }
    return SimulatedFault(rawValue: word).map {
      .bus(FaultEvent($0, on: address, at: at, lasting: lasting, probability: probability))
    }
  }

  private func clock(_ section: Section) -> [ClockEvent]? {
    guard let at = section.required("at", as: .elapsed, example: "2 d") else { return nil }
    var events: [ClockEvent] = []
    if let step = section.optional("step", as: .step) { events.append(.init(at: at, .step(step))) }
    if let isSet = section.optional("synchronised", as: .yesOrNo) {
      events.append(.init(at: at, isSet ? .synchronised : .unsynchronised))
    }
    if events.isEmpty {
      section.refuse(nil, "nothing happens", hint: "add `step: 1 h` or `synchronised: yes`")
    }
    return events
  }

  private func readBoot(_ top: Section, into scenario: inout Scenario) {
    top.section("boot") { section -> Bool? in
      scenario.isSynchronised = section.value("synchronised", as: .yesOrNo, default: true)
      if let shown = section.optional("clock", as: .localTime(in: .utc)) {
        scenario.wallClockError =
          .microseconds(shown.microseconds - scenario.startUTCMicroseconds)
      }
      return true
    }
  }

  private func zoneChange(_ section: Section) -> (at: Duration, zone: ZoneRules)? {
    let at = section.required("at", as: .elapsed, example: "10 d")
    let zone = section.required("zone", as: .zone, example: "Asia/Shanghai")
    guard let at, let zone else { return nil }
    return (at, zone)
  }
}

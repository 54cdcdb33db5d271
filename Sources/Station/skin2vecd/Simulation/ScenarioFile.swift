import Bus
import FoundationEssentials
import Readings
import Settings
import SimulatedParts

/// A scenario as its YAML file gives it.
struct ScenarioFile: Sendable {
  var scenario: Scenario
  /// The zone the simulated house is in.
  var zone: ZoneRules
  /// Journeys: the zone in force from so long after the start.
  var zoneChanges: [(at: Duration, zone: ZoneRules)] = []

  init(scenario: Scenario, zone: ZoneRules, zoneChanges: [(at: Duration, zone: ZoneRules)]) {
    self.scenario = scenario
    self.zone = zone
    self.zoneChanges = zoneChanges
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - seed: Takes the place of the file's.
  /// - Throws: `SettingsError` with every fault of the file.
  init(path: String, seed: UInt64? = nil) throws(SettingsError) {
    self = try Document.read(path: path) { ScenarioReader(file: path, seed: seed).read($0) }
  }

  /// The same world from a later moment on: what has happened does not happen again.
  func resumed(after elapsed: Duration) -> ScenarioFile {
    var copy = self
    copy.scenario.startUTCMicroseconds += elapsed.microseconds
    copy.scenario.utcOffset = scenario.utcOffset(at: elapsed)
    copy.scenario.utcOffsetChanges = scenario.utcOffsetChanges.filter { $0.at > elapsed }
      .map { .init(at: $0.at - elapsed, offset: $0.offset) }
    copy.scenario.clock = scenario.clock.filter { $0.at > elapsed }
      .map { ClockEvent(at: $0.at - elapsed, $0.change) }
    copy.scenario.boardFaults = scenario.boardFaults.filter { $0.at > elapsed }
      .map { BoardFault($0.kind, at: $0.at - elapsed, lasting: $0.lasting) }
    copy.scenario.faults = scenario.faults.filter { $0.at > elapsed }.map { fault in
      var fault = fault
      fault.at -= elapsed
      return fault
    }
    copy.zone = zoneChanges.last { $0.at <= elapsed }?.zone ?? zone
    copy.zoneChanges = zoneChanges.filter { $0.at > elapsed }.map { ($0.at - elapsed, $0.zone) }
    return copy
  }

  /// Finds a scenario: a path as it is, a name beside the program or where packages put it.
  static func path(of name: String) -> String? {
    let manager = FileManager.default
    if name.contains("/") || name.hasSuffix(".yaml") {
      return manager.fileExists(atPath: name) ? name : nil
    }
    let folders = ["config/scenarios"] + foldersAboveProgram() + ["/usr/share/skin2vec/scenarios"]
    return folders.lazy.map { "\($0)/\(name).yaml" }.first { manager.fileExists(atPath: $0) }
  }

  /// Where a checkout has its scenarios, seen from a program that was built in it.
  private static func foldersAboveProgram() -> [String] {
    // Without /proc there is no checkout to look into, and the other folders remain.
    guard
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return [] }
    var parts = program.split(separator: "/").dropLast()
    var folders: [String] = []
    while !parts.isEmpty {
      folders.append("/" + parts.joined(separator: "/") + "/config/scenarios")
      parts = parts.dropLast()
    }
    return folders
  }
}

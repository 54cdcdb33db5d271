package import Settings
import SimulatedParts

/// The reader of scenario files, for the campaign that feeds it with what it should never see.
///
/// The sources beside this file are the daemon's own, by a link: an executable cannot be imported.
package enum ScenarioDecoder {
  /// What a scenario says, in short.
  package struct Facts: Hashable, Sendable {
    package var name: String
    package var startMicroseconds: Int64
    package var faults: Int
    package var journeys: Int
    package var happenings: [String]
  }

  /// Reads a scenario, and what happens first in it.
  ///
  /// - Parameters:
  ///   - text: The file's text.
  ///   - file: What to call it; recorded air is looked for beside it.
  /// - Returns: What it says.
  /// - Throws: `SettingsError`
  package static func read(_ text: String, file: String) throws(SettingsError) -> Facts {
    let found = try Document.read(text: text, file: file) {
      ScenarioReader(file: file, seed: nil).read($0)
    }
    let scenario = found.resumed(after: .seconds(86_400)).scenario
    return Facts(
      name: found.scenario.name, startMicroseconds: found.scenario.startUTCMicroseconds,
      faults: found.scenario.faults.count + found.scenario.boardFaults.count,
      journeys: found.zoneChanges.count,
      happenings: scenario.clock.prefix(3).map { "\($0)" } + scenario.faults.map { "\($0)" })
  }
}

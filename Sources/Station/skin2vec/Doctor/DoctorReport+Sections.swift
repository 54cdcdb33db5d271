import Control
import Readings
import Settings
import Store
import Tape
import Wording

extension DoctorReport {
  static var programs: [String] {
    [
      "diary schema of this program: \(Store.schemaVersion)",
      "tape format: \(Tape.formatVersion)",
    ]
  }

  /// Nil where the file is at fault.
  static func settings(file: String?, places: PlaceOptions) -> Settings? {
    var settings = Settings()
    if let file {
      // What is wrong with it is in the section of the check.
      guard let read = try? Settings.read(path: file) else { return nil }
      settings = read
    }
    settings.diary = places.database ?? settings.diary
    settings.control = places.control ?? settings.control
    return settings
  }

  /// How the station is; nil where nobody answers.
  static func station(at socket: String) -> StationStatus? {
    // A daemon that does not run is one of the things that are reported.
    guard case .status(let status)? = try? ControlClient(path: socket).send(.status) else {
      return nil
    }
    return status
  }

  func configurationLines(hasFile: Bool) -> [String] {
    guard settings != nil else {
      return ["left out: it is at fault, and nobody can tell which of its words are names"]
    }
    return hasFile
      ? configuration.split(separator: "\n").map(String.init) : ["the built-in settings"]
  }

  /// Keys and mends; what is wrong may quote a name and is told only where the names are known.
  func findings(file: String?, settings: Settings?, at desk: Desk) -> [String] {
    guard let settings else {
      guard let file, let error = Self.error(in: file) else { return ["the file cannot be read"] }
      return error.faults.map { fault in
        let place = fault.position.map { "\($0.line):\($0.column)" } ?? "–"
        return "\(place): \(fault.key)"
      }
    }
    // Without positions the keys say where.
    let positions = file.flatMap { try? KeyPositions(path: $0) }
    let check = BoardCheck(
      settings: settings, file: "configuration", positions: positions, desk: desk)
    return check.findings().map { redaction.apply(to: $0.line(Paint(isOn: false))) }
  }

  private static func error(in file: String) -> SettingsError? {
    do throws(SettingsError) {
      _ = try Settings.read(path: file)
      return nil
    } catch {
      return error
    }
  }

  static func lines(of station: StationStatus?, _ redaction: Redaction) -> [String] {
    guard let station else { return ["skin2vecd does not answer"] }
    let settings = station.settings.hasPrefix("refused") ? "refused" : station.settings
    let lines = [
      "started (seconds since 1970): \(station.started.seconds)",
      "up: \(whole(station.uptimeSeconds)) s",
      "diary: \(redaction.apply(to: station.diary))",
      "simulated: \(station.isSimulated)", "clock: \(station.clock.rawValue)",
      "next tap: \(redaction.stand(for: station.person.rawValue))",
      "taps held in memory: \(station.pendingTaps)",
      "written today: \(station.bytesWrittenToday) bytes",
      "journal in memory only: \(station.isJournalVolatile)", "settings: \(settings)",
    ]
    return lines + station.parts.map { line(of: $0, redaction) }
  }

  /// Whole seconds; what an answer may say, and no number of seconds is, as it stands.
  private static func whole(_ seconds: Double) -> String {
    Int64(exactly: seconds.rounded(.towardZero)).map { String($0) } ?? String(seconds)
  }

  private static func line(of part: PartStatus, _ redaction: Redaction) -> String {
    let counters = part.counters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let words =
      [
        part.product, part.serial.map { "serial " + Redaction.cut(serial: $0) },
        part.firmware.map { "firmware " + $0 }, redaction.apply(to: part.state),
        part.ageSeconds.map { "last value \(whole($0)) s ago" },
      ].compactMap(\.self) + counters
    return "\(part.part): \(words.joined(separator: ", "))"
  }

  static func line(of part: PartIdentity, _ redaction: Redaction) -> String {
    let words: [String?] = [
      part.product, part.serial.map { "serial " + Redaction.cut(serial: $0) },
      part.firmware.map { "firmware " + $0 }, part.status.map { redaction.apply(to: $0) },
      part.channels.map(\.rawValue).joined(separator: " "),
    ]
    return "\(part.part): \(words.compactMap(\.self).joined(separator: ", "))"
  }
}

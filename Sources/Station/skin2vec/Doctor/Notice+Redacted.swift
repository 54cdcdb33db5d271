import Readings

extension Notice {
  /// Kinds whose words are of the station only; of others what they say is left out.
  private static let ofStation: Set<Kind> = [
    .stationStarted, .stationStopped, .runHung, .runOutOfMemory, .runKilled, .runCrashed,
    .powerLost, .lineMissing, .lineBack, .partFound, .partMissing, .partLost, .partBack,
    .partRestarted, .partWrong, .partReplaced, .partStatus, .airNotSaved, .dataStopped, .dataBack,
    .fanCleaned, .recomputed, .diaryLent, .diaryBack, .backupMade, .backupFailed, .diaryRestored,
    .writingTooMuch, .clockStepped, .clockSet, .clockNotSet, .zoneChanged, .stationSlept,
    .settingsRead, .strangerRefused, .journalVolatile, .diaryMovedAside, .failure,
  ]

  /// Fields that are of the station, whatever the kind.
  private static let fieldsOfStation: Set<String> = [
    "PART", "PRODUCT", "FIRMWARE", "PART_STATUS", "STEP_SECONDS", "RESTAMPED", "DROPPED",
    "TOUCHES", "ACCEPTED", "CLOCK", "REASON", "ZONE",
    "LAST_RESULT", "LAST_STATUS", "HUNG", "LINE",
  ]

  /// One line for a report: time, kind, and what may be told of it.
  func line(_ redaction: Redaction) -> String {
    let time = stamp.map { "\($0.utc.microseconds / 1_000_000)" } ?? "–"
    let trust = stamp?.trust == .unsynced ? "?" : ""
    let told =
      Self.ofStation.contains(kind)
      ? redaction.apply(to: text.replacing("\n", with: " ")) : "(left out)"
    let fields = fields.filter { Self.fieldsOfStation.contains($0.name) }
      .map { "\($0.name)=\(redaction.apply(to: $0.value))" }
    return (["\(time)\(trust)", "\(priority)", kind.rawValue, told] + fields)
      .joined(separator: " ")
  }
}

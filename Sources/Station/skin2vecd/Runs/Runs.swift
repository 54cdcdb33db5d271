import Acquisition
import Bus
import Journal
import LinuxBus
import Readings
import Store

/// What this run leaves for the next, and what the last one has left.
struct Runs: Sendable {
  let folder: RunFolder
  private let witness: RunWitness

  init(_ folder: RunFolder) {
    self.folder = folder
    witness = RunWitness(folder: folder)
  }

  /// What hangs is looked for in these from now on.
  func watch(_ health: Health) {
    let clock = LinuxClock()
    witness.watch { RunFolder.Word(hung: health.lateness(at: clock.now)) }
  }
}

extension RunFolder.End {
  /// How the run that has just ended did, as systemd tells.
  static func told() -> RunFolder.End {
    RunFolder.End(
      result: environmentVariable("SERVICE_RESULT") ?? "",
      status: environmentVariable("EXIT_STATUS") ?? "")
  }
}

extension Daemon {
  /// How the last run ended, where it did not end by itself; what it left is read once.
  func lastRun() async -> LastRun? {
    guard order.scenario == nil, !taping.isPlaying else { return nil }
    var evidence = LastRun.Evidence(isClosed: store.opening.lastCloseWasClean)
    if let folder = runs?.folder {
      (evidence.ends, evidence.word) = folder.read()
      folder.clear()
    }
    // A diary that cannot be read is told of by whoever needs it.
    let last = try? await Archive(path: order.diary).query(
      """
      SELECT boot_id, time_utc_us FROM notice JOIN boot USING (boot)
      ORDER BY notice DESC LIMIT 1
      """
    ).rows.first
    if case .text(let bootID) = last?[0], case .integer(let time) = last?[1] {
      evidence.isSameBoot = bootID == board.clock.reading().bootID
      // A zone that is not known was refused before the diary was opened.
      let plan = try? order.settings.dayPlan(default: order.zone)
      evidence.lastLine = plan?.clockFace(at: Timestamp(microseconds: time), withDate: true)
    }
    return LastRun(evidence)
  }
}

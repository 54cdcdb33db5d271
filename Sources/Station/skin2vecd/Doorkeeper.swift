import Acquisition
import Bus
import Control
import Readings

/// Tells of those who asked at the control socket and may not: the first at once, and then once an
/// hour at most, so that nobody fills the journal by asking.
actor Doorkeeper {
  private let herald: Herald
  private let clock: any StationClock
  private var told: BootInstant?
  private var untold = 0

  static let quiet = Duration.seconds(3600)

  init(herald: Herald, clock: any StationClock) {
    self.herald = herald
    self.clock = clock
  }

  func refused(_ peer: PeerCredentials) async {
    let now = clock.now
    if let told, told.duration(to: now) < Self.quiet {
      untold += 1
      return
    }
    let others = untold == 0 ? "" : "; \(untold) more since the last such line"
    (told, untold) = (now, 0)
    await herald.announce(
      Notice(
        .strangerRefused,
        "process \(peer.process) asked at the control socket and was refused: it is neither root's "
          + "nor of the station's group\(others)",
        priority: .warning, fields: [.init("STRANGER_PID", String(peer.process))]))
  }
}

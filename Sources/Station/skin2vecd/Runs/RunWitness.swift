import Dispatch
import Glibc
import Synchronization

/// Leaves word of what hangs when the watchdog ends the run.
///
/// systemd sends SIGABRT first. What waits for it has a thread of its own, as the station's may be
/// what hangs; then the process ends as that signal says.
final class RunWitness: Sendable {
  typealias Look = @Sendable () -> RunFolder.Word

  /// What is looked at, where the handler finds it.
  private final class Place: Sendable {
    let look = Mutex<Look> { RunFolder.Word() }
  }

  private let place: Place
  private let source: Mutex<any DispatchSourceSignal>

  /// Waits from now on, for as long as the process lives.
  init(folder: RunFolder) {
    let place = Place()
    let source = DispatchSource.makeSignalSource(
      signal: SIGABRT, queue: DispatchQueue(label: "witness"))
    source.setEventHandler {
      folder.note(place.look.withLock(\.self)())
      signal(SIGABRT, SIG_DFL)
      abort()
    }
    source.activate()
    self.place = place
    self.source = Mutex(source)
  }

  /// Looks at this from now on.
  func watch(_ look: @escaping Look) { place.look.withLock { $0 = look } }
}

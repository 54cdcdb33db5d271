import Acquisition
import Glibc
import Readings
import ServiceLifecycle
import Settings
import Synchronization
import UnixSignals

/// Reads the configuration anew when told to.
///
/// Where it is wholly valid the station's present life ends, so that the next begins with it; the
/// old settings stay otherwise.
final class Reloader: Service {
  private struct State {
    var next: Settings?
    var words: String
  }

  private let path: String?
  private let herald: Herald
  private let state: Mutex<State>

  /// Creates a reloader for a file whose present reading is described by `words`.
  init(path: String?, words: String, herald: Herald) {
    self.path = path
    self.herald = herald
    state = Mutex(State(next: nil, words: words))
  }

  /// The settings to go on with, once.
  var next: Settings? { state.withLock(\.next) }

  /// How the settings are, in words.
  var words: String { state.withLock(\.words) }

  func run() async throws {
    await untilShutdown {
      for await _ in await UnixSignalsSequence(trapping: .sighup) where await self.reload() == nil {
        return
      }
    }
  }

  /// Asks for the same as SIGHUP does.
  func requestReload() { kill(getpid(), SIGHUP) }

  /// Reads the file; nil where it can come into force, or else what is wrong with it.
  func check() async -> String? { await read { _ in } }

  /// Reads the file; nil where it comes into force with the next life, or else what is wrong.
  func reload() async -> String? {
    await read { settings in state.withLock { $0.next = settings } }
  }

  private func read(_ use: (Settings) -> Void) async -> String? {
    guard let path else {
      return "there is no configuration file; the built-in settings are in force"
    }
    do {
      use(try Settings.read(path: path))
      return nil
    } catch {
      let problem = "\(error)"
      state.withLock { $0.words = "refused, the old ones stay: \(problem)" }
      await herald.announce(.refused(problem, file: path))
      return problem
    }
  }
}

extension Notice {
  /// New settings that do not come into force.
  static func refused(_ problem: String, file: String?) -> Notice {
    Notice(
      .settingsRefused, "the new settings are refused and the old ones stay: \(problem)",
      priority: .error, fields: [.init("CONFIG_FILE", file ?? "")])
  }
}

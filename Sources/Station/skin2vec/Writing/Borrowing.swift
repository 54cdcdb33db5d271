import Acquisition
import Control
import FoundationEssentials
import Glibc
import Readings
import Settings
import Store

/// For commands that must write much themselves: borrows the diary from a running daemon, which holds
/// taps and air in memory meanwhile, and gives it back.
struct Borrowing: Sendable {
  var setup: Setup
  /// The command that borrows: `skin2vec import`.
  var borrower: String

  /// Runs a body as the diary's writer.
  ///
  /// - Parameters:
  ///   - origin: Whose readings the diary may hold: real ones only, where the body brings some.
  ///   - body: Writes; its stamp is the moment it began.
  /// - Returns: What the body returns.
  /// - Throws: `Failure` where another process writes the diary and does not lend it; `StoreError`;
  ///   whatever the body throws.
  func asWriter<T: Sendable>(
    origin: Store.Origin = .asFound, _ body: (Store, Stamp) async throws -> T
  ) async throws -> T {
    // A diary that this program began would be its user's, and the daemon could not write it.
    guard FileManager.default.fileExists(atPath: setup.diary) else {
      throw StoreError(.missing, path: setup.diary, operation: "write into the diary")
    }
    return try await whileLent {
      let keeper = TimeKeeper(clock: setup.desk.clock)
      let store = try await setup.writer(keeper, origin: origin)
      do {
        let result = try await body(store, keeper.stamp())
        try await store.close()
        return result
      } catch {
        // The first failure is the one to tell of.
        try? await store.close()
        throw error
      }
    }
  }

  /// Runs a body while no daemon writes the diary, under the name of the diary's owner.
  ///
  /// - Parameter body: What is to be done; takes the writer's lock itself.
  /// - Returns: What the body returns.
  /// - Throws: `ControlError`, `Failure`; whatever the body throws.
  func whileLent<T: Sendable>(_ body: () async throws -> T) async throws -> T {
    let isLent = try borrow()
    let name = Ownership(of: setup.diary)
    name.assume()
    defer {
      name.giveUp()
      // The daemon looks for itself once the lock is free; this only spares it the wait.
      if isLent { _ = try? setup.client.send(.takeBack) }
    }
    return try await body()
  }

  /// Asks the daemon for the diary; false where none runs, or none that writes this diary.
  private func borrow() throws -> Bool {
    guard !setup.isOtherDiary else { return false }
    do {
      switch try setup.client.send(.lend(to: borrower)) {
      case .refused(let problem, let hint): throw Failure(.unavailable, problem, hint: hint)
      case .done, .saved, .status, .tap, .measured: return true
      }
    } catch ControlError.notRunning {
      return false
    }
  }
}

/// The owner of the diary, whose name root takes on to write it: a file that root makes beside the
/// diary would be closed to the daemon.
struct Ownership {
  private var user: uid_t?
  private var group: gid_t?

  /// Looks whose a file, or else its folder, is.
  init(of path: String) {
    var status = stat()
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    guard geteuid() == 0, stat(path, &status) == 0 || stat("/" + folder, &status) == 0,
      status.st_uid != 0
    else { return }
    (user, group) = (status.st_uid, status.st_gid)
  }

  /// Root goes by the owner's name; everybody else stays who they are.
  func assume() {
    guard let user, let group else { return }
    _ = setegid(group)
    _ = seteuid(user)
  }

  /// Root is root again.
  func giveUp() {
    guard user != nil else { return }
    _ = seteuid(0)
    _ = setegid(0)
  }
}

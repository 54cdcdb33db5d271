import Bus
import Synchronization

/// The levels of a line of gpio-sim, read from the file that shows it and remembered.
///
/// A photometer's integration began before it is read, so what the lamp did then must be known.
final class LevelHistory: Sendable {
  private struct Change {
    var time: BootInstant
    var isActive: Bool
  }

  private let path: String?
  private let activeLevel: Character
  private let changes = Mutex<[Change]>([])

  /// Nil for a line that nobody watches.
  init(path: String?, isActiveLow: Bool = false) {
    self.path = path
    activeLevel = isActiveLow ? "0" : "1"
  }

  var isWatched: Bool { path != nil }

  /// Reads the file once more.
  func look(at now: BootInstant) {
    guard let path else { return }
    note(TextFile.firstCharacter(of: path) == activeLevel, at: now)
  }

  func note(_ isActive: Bool, at time: BootInstant) {
    changes.withLock { changes in
      guard changes.last?.isActive != isActive else { return }
      changes.append(Change(time: time, isActive: isActive))
      if changes.count > Self.limit { changes.removeFirst(Self.limit / 2) }
    }
  }

  private static let limit = 256

  /// Active where nobody watches; inactive before the first look.
  func isActive(at time: BootInstant) -> Bool {
    guard isWatched else { return true }
    return changes.withLock { $0.last { $0.time <= time }?.isActive ?? false }
  }
}

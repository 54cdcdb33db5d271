import Bus
import LinuxBus
import Settings
import Synchronization

/// The board the daemon runs on.
///
/// A bus or a chip that is not there when the station starts may come later: the rest goes on, and
/// it is used when it is there. Settings that are read again while the station runs must not name
/// what is not there, unless it was missing before.
final class LinuxBoard: Board {
  private struct State {
    /// Places that were not there when they were asked for.
    var known: Set<String> = []
    var missing: [MissingLine] = []
    var isSettled = false
  }

  let clock: any StationClock = LinuxClock()
  private let state = Mutex(State())

  func bus(_ name: String, path: String) throws(BusError) -> any I2CBus {
    // Its node is looked at and not opened: a driver that hangs would hold up the start for ever.
    _ = try lenient(path) { () throws(BusError) in try LinuxI2CBus.look(for: path) }
    return LinuxI2CBus(whenPresent: path)
  }

  func input(_ line: Settings.InputLine, as role: LineRole) throws(BusError) -> any EdgeInput {
    let pull: LinePull =
      switch line.pull {
      case .up: .up
      case .down: .down
      case .none: .none
      }
    let input = LinuxEdgeInput(
      whenPresent: line.place.onBoard(isActiveLow: line.isActiveLow), pull: pull,
      debounce: line.debounce)
    try take(role, at: input.name) { () throws(BusError) in try input.take() }
    return input
  }

  func output(_ line: Settings.OutputLine, as role: LineRole) throws(BusError) -> any SignalOutput {
    let output = LinuxSignalOutput(
      whenPresent: line.place.onBoard(isActiveLow: line.isActiveLow))
    try take(role, at: output.name) { () throws(BusError) in try output.take() }
    return output
  }

  func takeMissing() -> [MissingLine] {
    state.withLock { state in
      defer { state.missing = [] }
      return state.missing
    }
  }

  func settle() { state.withLock { $0.isSettled = true } }

  private func take(
    _ role: LineRole, at place: String, _ look: @escaping @Sendable () throws(BusError) -> Void
  ) throws(BusError) {
    guard let cause = try lenient(place, look) else { return }
    let line = MissingLine(name: role.rawValue, cause: cause, look: look)
    state.withLock { $0.missing.append(line) }
  }

  /// Why something is not there, where it may come later; nil where it is there.
  private func lenient(
    _ place: String, _ look: () throws(BusError) -> Void
  ) throws(BusError) -> BusError? {
    do throws(BusError) {
      try look()
      return nil
    } catch {
      // A node that has just come is denied until udev has seen to it.
      let isPassing = error.kind == .gone || error.kind == .denied
      let mayCome = state.withLock { state in
        isPassing && (!state.isSettled || state.known.contains(place))
      }
      guard mayCome else { throw error }
      state.withLock { _ = $0.known.insert(place) }
      return error
    }
  }

  func rebind(_ path: String) async throws(BusError) {
    try await AdapterDriver(ofBus: path).rebind()
  }
}

extension Settings.LinePlace {
  fileprivate func onBoard(isActiveLow: Bool) -> LinePlace {
    let name: LineName =
      switch line {
      case .offset(let number): .offset(UInt32(number))
      case .name(let name): .named(name)
      }
    return LinePlace(chip: chip, line: name, isActiveLow: isActiveLow)
  }
}

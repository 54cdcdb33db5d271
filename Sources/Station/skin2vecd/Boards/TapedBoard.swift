import Bus
import Settings
import Tape

/// A board as the station sees it through a deck: everything it says passes there.
struct TapedBoard: Board {
  let board: any Board
  let deck: any Deck

  var clock: any StationClock { TapedClock(board.clock, deck: deck) }

  func bus(_ name: String, path: String) throws(BusError) -> any I2CBus {
    TapedBus(try board.bus(name, path: path), key: name, deck: deck)
  }

  func input(_ line: Settings.InputLine, as role: LineRole) throws(BusError) -> any EdgeInput {
    TapedInput(try board.input(line, as: role), role: role.rawValue, deck: deck)
  }

  func output(_ line: Settings.OutputLine, as role: LineRole) throws(BusError) -> any SignalOutput {
    TapedOutput(try board.output(line, as: role), role: role.rawValue, deck: deck)
  }

  func takeMissing() -> [MissingLine] { board.takeMissing() }
  func settle() { board.settle() }

  func rebind(_ path: String) async throws(BusError) {
    let board = board
    let outcome = await deck.carry(Request(.keep, "bus bound anew"), on: nil) {
      do throws(BusError) {
        try await board.rebind(path)
        return .done
      } catch {
        return .failed(
          error.kind, code: error.code, path: error.path, operation: error.operation)
      }
    }
    guard case .failed(let kind, let code, let path, let operation) = outcome else { return }
    throw BusError(kind, path: path, operation: operation, code: code)
  }
}

/// A board without wires: what it would say is on a tape.
struct UnpluggedBoard: Board {
  let clock: any StationClock

  func bus(_ name: String, path: String) -> any I2CBus { UnpluggedBus(name: path) }

  func input(_ line: Settings.InputLine, as role: LineRole) -> any EdgeInput {
    UnpluggedLine(name: role.rawValue)
  }

  func output(_ line: Settings.OutputLine, as role: LineRole) -> any SignalOutput {
    UnpluggedLine(name: role.rawValue)
  }
}

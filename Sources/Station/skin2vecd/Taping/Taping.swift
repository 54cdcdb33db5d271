import Bus
import Tape

/// Whether the station is taped, or plays a tape.
enum Taping: Sendable {
  case none
  case recording(Recording)
  case playing(Player)

  /// What the station hears the world through.
  func deck(on board: any Board) -> any Deck {
    switch self {
    case .none: Bypass(clock: board.clock)
    case .recording(let recording): recording.recorder
    case .playing(let player): player
    }
  }

  /// The board as the station sees it.
  func view(of board: any Board) -> any Board {
    if case .none = self { board } else { TapedBoard(board: board, deck: deck(on: board)) }
  }

  var isPlaying: Bool { if case .playing = self { true } else { false } }

  /// Whether somebody may be heard by this name: on a tape, only who was heard.
  func hears(_ subject: String) -> Bool {
    if case .playing(let player) = self { player.subjects.contains(subject) } else { true }
  }
}

import Readings
import Store
import Tape

/// What can be asked of the diary when the station starts.
protocol Recalling: Sendable {
  func query(_ sql: String) async throws -> Archive.Table
}

extension Archive: Recalling {}

/// A diary whose answers go onto the tape, or come from it.
///
/// A station that starts on a diary of months knows what one that starts on a new one cannot.
private struct TapedArchive: Recalling {
  let archive: Archive
  let taping: Taping
  let isOfEveryLife: Bool

  func query(_ sql: String) async throws -> Archive.Table {
    let own = try await archive.query(sql)
    switch taping {
    case .none: return own
    case .recording(let recording):
      recording.remember(own.written, isOfEveryLife: isOfEveryLife)
      return own
    case .playing(let player):
      return player.recall().map { own.saying($0) } ?? own
    }
  }
}

extension Taping {
  /// The diary to ask at the start: of the station, or of each life with its settings.
  func archive(_ path: String, isOfEveryLife: Bool = false) throws -> any Recalling {
    TapedArchive(
      archive: try Archive(path: path), taping: self, isOfEveryLife: isOfEveryLife)
  }
}

extension Archive.Table {
  // ASCII's own separators, of records and of units.
  private static let record: Character = "\u{1E}"
  private static let unit: Character = "\u{1F}"

  /// The rows as one text: each cell by the first letter of its kind.
  var written: String {
    rows.map { row in row.map { $0.written + String(Self.unit) }.joined() + String(Self.record) }
      .joined()
  }

  /// The same columns with rows that were written down.
  func saying(_ written: String) -> Archive.Table {
    var table = self
    table.rows = written.split(separator: Self.record).map { row in
      row.split(separator: Self.unit).map { Archive.Cell(written: $0) }
    }
    return table
  }
}

extension Archive.Cell {
  fileprivate var written: String {
    switch self {
    case .null, .blob: "n"
    case .integer(let number): "i\(number)"
    case .real(let number): "r\(number)"
    // A name must stand by itself, so that it can be found.
    case .text(let text): "t:\(text)"
    }
  }

  fileprivate init(written: Substring) {
    let value = written.dropFirst()
    switch written.first {
    case "i": self = Int64(value).map { .integer($0) } ?? .null
    case "r": self = Double(value).map { .real($0) } ?? .null
    case "t": self = .text(String(value.dropFirst()))
    default: self = .null
    }
  }
}

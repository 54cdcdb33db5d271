package import Bus

/// What the station asks of the world outside it, as a tape keeps it.
package struct Request: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    /// To be woken.
    case sleep
    case write, read, readRegister, writeRegister, probe
    /// The next edge of a line.
    case edge
    /// A line's level now.
    case level
    case switchOn, switchOff
    /// To keep something in the diary.
    case keep
    /// To hear from outside: of a stop, of the command line.
    case hear
    /// How the board is made.
    case fact
  }

  package var kind: Kind
  /// The bus's key and address, the line's role, or what is kept or heard.
  package var subject: String
  /// The bytes written, the register first; or the number of bytes to read.
  package var detail: [UInt8]

  package init(_ kind: Kind, _ subject: String = "", _ detail: [UInt8] = []) {
    self.kind = kind
    self.subject = subject
    self.detail = detail
  }

  /// In words, for an error: `read main 0x69 [18]`.
  package var words: String {
    var words = "\(kind)"
    if !subject.isEmpty { words += " " + subject }
    if !detail.isEmpty { words += " [\(detail.hexadecimal)]" }
    return words
  }
}

/// What came of a request.
package enum Outcome: Hashable, Sendable {
  case done
  /// The waiting task was cancelled.
  case cancelled
  case bytes([UInt8])
  case yes, no
  /// The bus or line failed; the address is the request's.
  case failed(BusError.Kind, code: Int32?, path: String, operation: String)
  /// An edge, at a time in microseconds since boot.
  case edge(isActive: Bool, microseconds: Int64, missed: Int)
  /// Nothing more will come.
  case ended
  /// The diary could not be written, in words.
  case refused(String)

  /// In words, for an error.
  package var words: String {
    switch self {
    case .bytes(let bytes): "bytes [\(bytes.hexadecimal)]"
    case .failed(let kind, _, _, let operation): "\(operation): \(kind.rawValue)"
    case .edge(let isActive, _, _): "edge to \(isActive ? "active" : "inactive")"
    case .refused(let text): "refused: \(text)"
    case .done, .cancelled, .yes, .no, .ended: "\(self)"
    }
  }
}

/// Something on the tape, in the order the station took it in.
package struct Entry: Hashable, Sendable {
  package var time: BootInstant
  package var track: String
  /// Which of the track's requests that wait is answered, the oldest being 0.
  package var index: Int
  package var request: Request
  package var outcome: Outcome
  /// How the wall clock stood when it was next asked, where that changed.
  package var wall: WallClock?
}

/// How the wall clock stands to the boot-time clock.
package struct WallClock: Hashable, Sendable {
  /// UTC less time since boot, in microseconds.
  package var offset: Int64
  package var synchronisation: Int64?

  package init(offset: Int64, synchronisation: Int64?) {
    self.offset = offset
    self.synchronisation = synchronisation
  }
}

extension [UInt8] {
  /// Two digits a byte: `D2 06`.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
  }
}

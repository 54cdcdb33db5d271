import Bus

/// A stretch of tape that can be read by itself.
package struct Chunk: Hashable, Sendable {
  /// Counted from 0 at the start of the tape; a jump in the numbers is time that was forgotten.
  package var number: Int
  /// Whether every loop was between two turns when it began, so that time before may be left out.
  package var isCut: Bool
  /// Its entries, encoded.
  package var bytes: [UInt8]
}

/// Puts entries into the bytes of a chunk.
///
/// An entry begins with a byte: how it came out in the low half, which waiting request it answers in
/// the high one. Track and request, and the words of a failure, are written once in a chunk and
/// meant by number afterwards.
struct ChunkWriter {
  let number: Int
  let isCut: Bool
  private var writer = ByteWriter()
  private var time: Int64
  private var blobs: [[UInt8]: Int] = [:]
  private(set) var count = 0

  init(number: Int, isCut: Bool, at time: Int64, _ wall: WallClock) {
    self.number = number
    self.isCut = isCut
    self.time = time
    writer.signed(time)
    writer.signed(wall.offset)
    writer.optional(wall.synchronisation)
  }

  var size: Int { writer.bytes.count }

  var chunk: Chunk { Chunk(number: number, isCut: isCut, bytes: writer.bytes) }

  mutating func write(_ wall: WallClock) {
    writer.byte(Code.wall.rawValue)
    writer.signed(wall.offset)
    writer.optional(wall.synchronisation)
  }

  mutating func write(
    _ outcome: Outcome, of request: Request, on track: String, index: Int, at time: Int64
  ) {
    let question = number(of: request.blob(on: track))
    var words = 0
    if case .failed(_, _, let path, let operation) = outcome {
      words = number(of: Array((path + "\0" + operation).utf8))
    }
    writer.byte(outcome.code.rawValue | UInt8(min(index, 15)) << 4)
    if index >= 15 { writer.number(index) }
    writer.number(question)
    writer.number(UInt64(max(0, time - self.time)))
    self.time = max(time, self.time)
    count += 1
    write(payload: outcome, words: words)
  }

  mutating func write(_ entry: Entry) {
    write(
      entry.outcome, of: entry.request, on: entry.track, index: entry.index,
      at: entry.time.microseconds)
    if let wall = entry.wall { write(wall) }
  }

  private mutating func write(payload outcome: Outcome, words: Int) {
    switch outcome {
    case .done, .cancelled, .yes, .no, .ended: break
    case .bytes(let bytes): writer.block(bytes)
    case .failed(let kind, let code, _, _):
      writer.number(BusError.Kind.allCases.firstIndex(of: kind) ?? 0)
      writer.optional(code.map { Int64($0) })
      writer.number(words)
    case .edge(let isActive, let microseconds, let missed):
      writer.byte(isActive ? 1 : 0)
      writer.signed(time - microseconds)
      writer.number(max(0, missed))
    case .refused(let text): writer.text(text)
    }
  }

  /// The number of a text, which is written where it is new.
  private mutating func number(of blob: [UInt8]) -> Int {
    if let number = blobs[blob] { return number }
    blobs[blob] = blobs.count
    writer.byte(Code.blob.rawValue)
    writer.block(blob)
    return blobs.count - 1
  }
}

/// What follows in a chunk: an outcome, or what is said once.
enum Code: UInt8 {
  case done, cancelled, bytes, yes, no, failed, edge, ended, refused
  case blob = 14
  case wall = 15
}

extension Outcome {
  fileprivate var code: Code {
    switch self {
    case .done: .done
    case .cancelled: .cancelled
    case .bytes: .bytes
    case .yes: .yes
    case .no: .no
    case .failed: .failed
    case .edge: .edge
    case .ended: .ended
    case .refused: .refused
    }
  }
}

extension Request {
  fileprivate func blob(on track: String) -> [UInt8] {
    var writer = ByteWriter()
    writer.text(track)
    writer.byte(kind.rawValue)
    writer.text(subject)
    writer.block(detail)
    return writer.bytes
  }
}

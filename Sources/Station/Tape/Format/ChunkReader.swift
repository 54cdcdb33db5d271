import Bus

/// Reads the entries of a chunk.
struct ChunkReader {
  private var reader: ByteReader
  private var time: Int64
  private var blobs: [[UInt8]] = []
  private(set) var entries: [Entry] = []
  /// When it begins, in microseconds since boot.
  let start: Int64
  /// How the wall clock stood then.
  let wall: WallClock

  typealias Malformed = ByteReader.Malformed

  init(_ bytes: [UInt8]) throws(Malformed) {
    reader = ByteReader(bytes)
    start = try reader.moment()
    time = start
    wall = WallClock(offset: try reader.moment(), synchronisation: try reader.optional())
    while !reader.isAtEnd { try next() }
  }

  private mutating func next() throws(Malformed) {
    let first = try reader.byte()
    guard let code = Code(rawValue: first & 0x0F) else { throw Malformed() }
    switch code {
    case .blob: blobs.append(try reader.block())
    case .wall:
      let wall = WallClock(
        offset: try reader.moment(), synchronisation: try reader.optional())
      // Nothing precedes it in a chunk that begins with a change: the chunk says it itself.
      guard !entries.isEmpty else { throw Malformed() }
      entries[entries.count - 1].wall = wall
    default:
      let short = Int(first >> 4)
      let index = short == 15 ? try reader.count() : short
      var question = ByteReader(try blob())
      let track = try question.text()
      guard let kind = Request.Kind(rawValue: try question.byte()) else { throw Malformed() }
      let request = Request(kind, try question.text(), try question.block())
      guard let step = Int64(exactly: try reader.number()),
        step <= ByteReader.moments.upperBound - time
      else { throw Malformed() }
      time += step
      entries.append(
        Entry(
          time: BootInstant(sinceBoot: .microseconds(time)), track: track, index: index,
          request: request, outcome: try outcome(code)))
    }
  }

  private mutating func outcome(_ code: Code) throws(Malformed) -> Outcome {
    switch code {
    case .done: return .done
    case .cancelled: return .cancelled
    case .yes: return .yes
    case .no: return .no
    case .ended: return .ended
    case .bytes: return .bytes(try reader.block())
    case .refused: return .refused(try reader.text())
    case .edge:
      let isActive = try reader.byte() == 1
      return .edge(
        isActive: isActive, microseconds: time - (try reader.moment()),
        missed: try reader.count())
    case .failed: return try failure()
    case .blob, .wall: throw Malformed()
    }
  }

  private mutating func failure() throws(Malformed) -> Outcome {
    let index = try reader.count()
    guard BusError.Kind.allCases.indices.contains(index) else { throw Malformed() }
    let code = try reader.optional().map { Int32(truncatingIfNeeded: $0) }
    let words = String(decoding: try blob(), as: UTF8.self)
      .split(separator: "\0", omittingEmptySubsequences: false)
    guard words.count == 2 else { throw Malformed() }
    return .failed(
      BusError.Kind.allCases[index], code: code, path: String(words[0]),
      operation: String(words[1]))
  }

  private mutating func blob() throws(Malformed) -> [UInt8] {
    let number = try reader.count()
    guard blobs.indices.contains(number) else { throw Malformed() }
    return blobs[number]
  }
}

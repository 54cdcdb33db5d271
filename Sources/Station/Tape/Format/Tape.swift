/// A whole tape: what the station was, and all that it heard.
///
/// A file begins with the line `skin2vec tape 1`. Blocks follow: one byte that says what it is, its
/// length, and the CRC-32 of that byte and the block (four bytes each, the lowest first), then the
/// block. The first is the header, the others are chunks in order.
package struct Tape: Sendable {
  package var header: TapeHeader
  package var chunks: [Chunk] = []

  /// The version of this format; a tape of another one is refused.
  package static let formatVersion = 1

  package init(header: TapeHeader, chunks: [Chunk] = []) {
    self.header = header
    self.chunks = chunks
  }

  /// The bytes of a file before its first chunk.
  package static func opening(_ header: TapeHeader) -> [UInt8] {
    Array(greeting.utf8) + block(.header, header.encoded)
  }

  /// The bytes of a chunk in a file.
  package static func block(_ chunk: Chunk) -> [UInt8] {
    var writer = ByteWriter()
    writer.number(chunk.number)
    writer.byte(chunk.isCut ? 1 : 0)
    return block(.chunk, writer.bytes + chunk.bytes)
  }

  /// The whole file.
  package var bytes: [UInt8] { chunks.reduce(Self.opening(header)) { $0 + Self.block($1) } }

  private static let greeting = "skin2vec tape \(formatVersion)\n"

  /// What a block is.
  private enum Kind: Character {
    case header = "H"
    case chunk = "C"

    var byte: UInt8 { rawValue.asciiValue ?? 0 }
  }

  private static func block(_ kind: Kind, _ bytes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.byte(kind.byte)
    for number in [UInt32(bytes.count), checksum(of: [kind.byte] + bytes)] {
      for shift in stride(from: 0, to: 32, by: 8) {
        writer.byte(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
      }
    }
    return writer.bytes + bytes
  }

  /// Whether the station can be started with it: not where its beginning had to be dropped, or a
  /// loop stood within a turn where time was forgotten.
  package var isPlayable: Bool {
    guard chunks.first?.number == 0 else { return false }
    return zip(chunks, chunks.dropFirst()).allSatisfy { earlier, later in
      later.number == earlier.number + 1 || later.isCut
    }
  }

  /// Reads a file's bytes.
  ///
  /// A last block that was cut off, as when the power went, is left out.
  ///
  /// - Parameter file: The whole file.
  /// - Throws: `TapeError` where it is no tape, another version's, or was altered.
  package init(file: [UInt8]) throws(TapeError) {
    guard let end = file.firstIndex(of: UInt8(ascii: "\n")), end < 64 else { throw .noTape }
    let line = String(decoding: file[...end], as: UTF8.self)
    guard line.hasPrefix("skin2vec tape ") else { throw .noTape }
    guard line == Self.greeting else {
      throw .version(String(line.dropFirst(14).dropLast()), known: Self.formatVersion)
    }
    var rest = file[(end + 1)...]
    guard let first = try Self.next(.header, of: &rest, after: "the beginning") else {
      throw .noTape
    }
    do {
      header = try TapeHeader(encoded: first)
    } catch {
      throw .altered(where: "in the header")
    }
    while let block = try Self.next(.chunk, of: &rest, after: "chunk \(chunks.count)") {
      chunks.append(try Self.chunk(block, after: chunks.count))
    }
  }

  private static func chunk(_ block: [UInt8], after count: Int) throws(TapeError) -> Chunk {
    var reader = ByteReader(block)
    do throws(ByteReader.Malformed) {
      let number = try reader.count()
      let isCut = try reader.byte() == 1
      return Chunk(number: number, isCut: isCut, bytes: reader.remainder)
    } catch {
      throw .altered(where: "in chunk \(count + 1)")
    }
  }

  private static func next(
    _ kind: Kind, of rest: inout ArraySlice<UInt8>, after place: String
  ) throws(TapeError) -> [UInt8]? {
    guard rest.count >= 9 else { return nil }
    let fields = rest.prefix(9)
    func number(at offset: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(fields[fields.startIndex + offset + $1]) << UInt32(8 * $1) }
    }
    let (length, sum) = (Int(number(at: 1)), number(at: 5))
    guard rest.count >= 9 + length else { return nil }
    let block = rest.dropFirst(9).prefix(length)
    guard fields.first == kind.byte, checksum(of: [kind.byte] + block) == sum else {
      throw .altered(where: "after \(place)")
    }
    rest = rest.dropFirst(9 + length)
    return Array(block)
  }

  /// The same with every entry as a body leaves it.
  ///
  /// - Parameter change: Changes an entry; its time must stay.
  /// - Returns: The changed tape.
  /// - Throws: `TapeError` where the tape cannot be read.
  package func rewritten(_ change: (inout Entry) -> Void) throws(TapeError) -> Tape {
    var tape = Tape(header: header)
    for chunk in chunks {
      let reader = try Self.reader(of: chunk)
      var writer = ChunkWriter(
        number: chunk.number, isCut: chunk.isCut, at: reader.start, reader.wall)
      for var entry in reader.entries {
        change(&entry)
        writer.write(entry)
      }
      tape.chunks.append(writer.chunk)
    }
    return tape
  }

  private static func reader(of chunk: Chunk) throws(TapeError) -> ChunkReader {
    do throws(ByteReader.Malformed) {
      return try ChunkReader(chunk.bytes)
    } catch {
      throw .altered(where: "in chunk \(chunk.number + 1)")
    }
  }

  /// The entries, in order, and before which of them time was forgotten, with the wall clock then.
  package func entries() throws(TapeError) -> (entries: [Entry], jumps: [Int: WallClock]) {
    var entries: [Entry] = []
    var jumps: [Int: WallClock] = [:]
    var last = -1
    for chunk in chunks {
      let reader = try Self.reader(of: chunk)
      if chunk.number != last + 1 { jumps[entries.count] = reader.wall }
      entries += reader.entries
      last = chunk.number
    }
    return (entries, jumps)
  }
}

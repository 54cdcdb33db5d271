/// Comma-separated values by RFC 4180; also with semicolons or tabs, LF or CRLF, a mark of the byte
/// order, and line ends inside quotes.
final class CSVReader: RecordReader {
  private(set) var columns: [String] = []
  private(set) var line = 0
  private let buffer: LineBuffer
  private let room = FieldRoom()
  private var separator = UInt8(ascii: ",")
  private var nextLine = 1

  private static let quote = UInt8(ascii: "\"")
  private static let lineEnd = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Begins with the header.
  ///
  /// - Parameter buffer: The file.
  /// - Throws: `Failure` where there is no header, or the file cannot be read.
  init(_ buffer: LineBuffer) throws {
    self.buffer = buffer
    while buffer.bytes.count < LineBuffer.longestLine, try buffer.fill() {}
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if buffer.bytes.starts(with: mark) { buffer.take(mark.count) }
    separator = Self.separator(of: buffer.bytes)
    do {
      columns = try next()?.map { String(decoding: $0.bytes.trimmed, as: UTF8.self) } ?? []
    } catch let fault as LineFault {
      throw Failure(
        .badData, "\(buffer.path):\(max(1, line)): the header: \(fault.reason)", hint: fault.mend)
    }
    guard columns.contains(where: { !$0.isEmpty }) else {
      throw Failure(
        .badData, "\(buffer.path): there is no header",
        hint: "the first line names the columns: 'skin2vec import --help'")
    }
  }

  /// The likeliest separator: the one most frequent in the first line.
  private static func separator(of bytes: Bytes) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    for byte in bytes {
      if byte == lineEnd { break }
      counts[byte, default: 0] += 1
    }
    let candidates = [",", ";", "\t"].map { UInt8(ascii: $0) }
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? candidates[0]
  }

  func next() throws -> UnsafeBufferPointer<Field>? {
    while true {
      line = nextLine
      room.clear()
      let ending: Ending
      do {
        ending = try cut()
      } catch let fault as LineFault {
        try skipLine()
        throw fault
      }
      switch ending {
      case .lineEnd(let length, let lines, let isPlain):
        let bytes = Bytes(rebasing: buffer.bytes[..<length])
        buffer.take(length)
        nextLine += lines
        if room.count == 1, room.fields[0].isEmpty, !room.fields[0].isQuoted { continue }
        if !isPlain { try UTF8Check.check(bytes) }
        return room.all
      case .end: return nil
      case .cutShort(let isQuoteOpen): try readOn(isQuoteOpen: isQuoteOpen)
      }
    }
  }

  /// Reads more of a record; refuses one that is too long, or whose end never comes.
  private func readOn(isQuoteOpen: Bool) throws {
    let wasAtEnd = buffer.isAtEnd
    if buffer.bytes.count < LineBuffer.longestLine {
      if try buffer.fill() { return }
      if !wasAtEnd, buffer.isAtEnd { return }
    }
    try skipLine()
    throw isQuoteOpen
      ? LineFault(
        nil, "a quote that is opened here is never closed",
        mend: "close it, or double it inside text")
      : LineFault.tooLong
  }

  /// Passes over the line that cannot be read; the next one may be well again.
  private func skipLine() throws {
    nextLine = line + 1
    try buffer.skipLine()
  }

  /// How the cutting of a record ended.
  private enum Ending {
    /// Its bytes with the line end, the lines it is on, and whether it is ASCII without a NUL.
    case lineEnd(length: Int, lines: Int, isPlain: Bool)
    /// Its end is not in the buffer.
    case cutShort(isQuoteOpen: Bool)
    case end
  }

  /// Cuts the record at the start of the buffer into fields.
  private func cut() throws -> Ending {
    let bytes = buffer.bytes
    guard let base = bytes.baseAddress, !bytes.isEmpty else {
      return buffer.isAtEnd ? .end : .cutShort(isQuoteOpen: false)
    }
    let limit = min(bytes.count, LineBuffer.longestLine)
    let separator = separator
    var (position, lines, isPlain) = (0, 1, true)
    while true {
      if position < limit, base[position] == Self.quote {
        guard let end = try cutQuoted(base, from: position, to: limit, &lines) else {
          return .cutShort(isQuoteOpen: true)
        }
        position = end
        isPlain = false
      } else {
        let begin = position
        var high: UInt8 = 0
        while position < limit {
          let byte = base[position]
          if byte == separator || byte == Self.lineEnd { break }
          high |= byte
          if byte == 0 { isPlain = false }
          position += 1
        }
        if high >= 0x80 { isPlain = false }
        let hasReturn =
          position > begin && base[position - 1] == Self.carriageReturn
          && (position == limit || base[position] == Self.lineEnd)
        try room.add(Field(base + begin, position - begin - (hasReturn ? 1 : 0)))
      }
      guard position < limit else {
        guard buffer.isAtEnd, limit == bytes.count else { return .cutShort(isQuoteOpen: false) }
        return .lineEnd(length: position, lines: lines, isPlain: isPlain)
      }
      if base[position] == Self.lineEnd {
        return .lineEnd(length: position + 1, lines: lines, isPlain: isPlain)
      }
      position += 1
    }
  }

  /// Takes a field in quotes.
  ///
  /// - Parameters:
  ///   - base: The record's bytes.
  ///   - begin: Where the quote stands.
  ///   - limit: Where the bytes end.
  ///   - lines: Counts the line ends in the field.
  /// - Returns: The place of the separator or of the line end behind it; nil where its end is not
  ///   there.
  /// - Throws: `LineFault`
  private func cutQuoted(
    _ base: UnsafePointer<UInt8>, from begin: Int, to limit: Int, _ lines: inout Int
  ) throws -> Int? {
    let text = room.free
    var (position, count, newLines) = (begin + 1, 0, 0)
    while position < limit {
      let byte = base[position]
      if byte == Self.quote {
        position += 1
        guard position < limit, base[position] == Self.quote else { break }
      } else if byte == Self.lineEnd {
        newLines += 1
      }
      text[count] = byte
      count += 1
      position += 1
    }
    let isClosed = position <= limit && base[position - 1] == Self.quote && position > begin + 1
    guard isClosed, position < limit || buffer.isAtEnd else { return nil }
    var field = room.keep(count)
    field.isQuoted = true
    try room.add(field)
    if position < limit, base[position] == Self.carriageReturn { position += 1 }
    guard position == limit || base[position] == separator || base[position] == Self.lineEnd else {
      throw LineFault(
        nil, "there is text behind a closing quote", mend: "double the quotes inside text")
    }
    lines += newLines
    return position
  }
}

/// JSON, one flat object a line: strings, numbers, true, false and null by name.
final class NDJSONReader: RecordReader {
  private(set) var columns: [String] = []
  private(set) var line = 0
  private let buffer: LineBuffer
  private let room = FieldRoom()
  /// The first record, read to learn the names, and not given yet.
  private var hasFirst = false

  /// Begins with the names of the first object.
  ///
  /// - Parameter buffer: The file.
  /// - Throws: `Failure` where the first line is no object, or the file cannot be read.
  init(_ buffer: LineBuffer) throws {
    self.buffer = buffer
    do {
      hasFirst = try next() != nil
    } catch let fault as LineFault {
      throw Failure(.badData, "\(buffer.path):\(line): \(fault.reason)", hint: fault.mend)
    }
    guard !columns.isEmpty else {
      throw Failure(
        .badData, "\(buffer.path): there is no object in it",
        hint: "NDJSON has one JSON object a line: 'skin2vec import --help'")
    }
  }

  func next() throws -> UnsafeBufferPointer<Field>? {
    if hasFirst {
      hasFirst = false
      return room.all
    }
    while let bytes = try nextLine() {
      let object = bytes.trimmed
      if object.isEmpty { continue }
      try UTF8Check.check(object)
      room.clear()
      for _ in columns { try room.add(Field(room.free, 0)) }
      var scanner = JSONScanner(object, room: room)
      try scanner.object { name, field throws(LineFault) in try self.set(name, field) }
      return room.all
    }
    return nil
  }

  private func set(_ name: Bytes, _ field: Field) throws(LineFault) {
    let place = columns.firstIndex { column in
      column.utf8.count == name.count && column.utf8.elementsEqual(name)
    }
    if let place {
      room.fields[place] = field
    } else {
      columns.append(String(decoding: name, as: UTF8.self))
      try room.add(field)
    }
  }

  /// The next line without its end; nil at the end of the file.
  private func nextLine() throws -> Bytes? {
    line += 1
    while true {
      let bytes = buffer.bytes
      if let end = bytes.prefix(LineBuffer.longestLine).firstIndex(of: UInt8(ascii: "\n")) {
        buffer.take(end + 1)
        return Self.plain(bytes[..<end])
      }
      if bytes.count < LineBuffer.longestLine {
        if try buffer.fill() { continue }
        if bytes.isEmpty { return nil }
        buffer.take(bytes.count)
        return Self.plain(bytes[...])
      }
      try buffer.skipLine()
      throw LineFault.tooLong
    }
  }

  /// Without a carriage return at the end, and a mark of the byte order at the start.
  private static func plain(_ line: Slice<Bytes>) -> Bytes {
    var line = line
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if line.starts(with: mark) { line.removeFirst(mark.count) }
    return Bytes(rebasing: line)
  }
}

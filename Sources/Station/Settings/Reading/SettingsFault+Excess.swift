extension SettingsFault {
  /// No configuration is as long, in bytes.
  private static let mostBytes = 1 << 20
  /// No configuration says as often that something is as elsewhere.
  private static let mostAliases = 8

  /// What a text has too much of to be read at all; nil where it is moderate.
  ///
  /// A few lists of aliases of each other's lists stand for billions of values.
  static func excess(of text: String, file: String) -> SettingsFault? {
    if text.utf8.count > mostBytes {
      return SettingsFault(
        file: file, position: nil, key: "", problem: "the file is longer than 1 MB",
        hint: "is it the right file?")
    }
    var count = 0
    for (number, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let column = lastAlias(of: line, &count), count > mostAliases else { continue }
      return SettingsFault(
        file: file, position: Position(line: number + 1, column: column + 1), key: "",
        problem: "more than \(mostAliases) values are as elsewhere (`*name`)",
        hint: "write the values out")
    }
    return nil
  }

  /// Counts what looks like an alias: a star before a letter where a value may begin.
  private static func lastAlias(of line: Substring.UTF8View.SubSequence, _ count: inout Int) -> Int?
  {
    var before = UInt8(ascii: " ")
    var last: Int?
    var column = 0
    for byte in line {
      // A comment goes on to the end of its line.
      if byte == UInt8(ascii: "#"), before == 0x20 || before == 0x09 { break }
      let isStart = before == 0x20 || before == 0x09 || "[{,:".utf8.contains(before)
      if byte == UInt8(ascii: "*"), isStart {
        count += 1
        last = column
      }
      before = byte
      column += 1
    }
    return last
  }
}

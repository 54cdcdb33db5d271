/// A configuration file's text for a report: without remarks, which may say anything.
struct ConfigurationText {
  /// The text without `#` to the end of the line, and without lines that hold nothing else.
  static func withoutRemarks(_ text: String) -> String {
    text.split(separator: "\n").compactMap { line in
      let kept = withoutRemark(line)
      return kept.allSatisfy(\.isWhitespace) ? nil : kept
    }.joined(separator: "\n")
  }

  /// YAML takes a `#` for a remark at the start of a line or after a blank, outside of quotes.
  private static func withoutRemark(_ line: Substring) -> String {
    var quote: Character?
    var last: Character = " "
    var kept = ""
    for character in line {
      if character == "#", quote == nil, last.isWhitespace { break }
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      }
      kept.append(character)
      last = character
    }
    while kept.last?.isWhitespace ?? false { kept.removeLast() }
    return kept
  }
}

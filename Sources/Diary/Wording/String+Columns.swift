extension String {
  /// The columns of a terminal that the text takes: two for each Chinese character, one for others.
  ///
  /// Source: the wide and full-width ranges of Unicode's East Asian Width (UAX #11).
  package var terminalColumns: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }
}

extension Character {
  fileprivate var isWide: Bool {
    guard let value = unicodeScalars.first?.value, value >= 0x1100 else { return false }
    return switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension [String] {
  /// Words in lines of what fits, two spaces apart.
  func wrapped(indentedBy indentation: Int, width: Int = 96) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    return reduce(into: []) { lines, word in
      if let last = lines.last, last.terminalColumns + word.terminalColumns + 2 <= width {
        lines[lines.count - 1] = last + "  " + word
      } else {
        lines.append(margin + word)
      }
    }
  }
}

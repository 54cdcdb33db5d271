/// A line in which the station said that a tap is saved.
struct SavedLine: Hashable {
  /// Without its time: `evening tap saved: moisture 47.2 ±0.2 (5 of 7 touches), …`.
  var text: String

  /// Finds such lines in what a daemon said; one that was cut short is none.
  static func all(in said: String) -> [SavedLine] {
    said.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap { line in
      // `2026-03-03 21:14:11 ` comes before it.
      guard line.contains(" tap saved: "), line.utf8.count > 20 else { return nil }
      return SavedLine(text: String(line.dropFirst(20)))
    }
  }

  /// What it says of the moisture: `47.2`, 5, 7.
  var moisture: (value: String, accepted: Int, touches: Int)? {
    guard let start = text.firstRange(of: "moisture ") else { return nil }
    let rest = text[start.upperBound...]
    let words = rest.split(separator: " ")
    guard words.count > 4, words[1].hasPrefix("±"), words[2].hasPrefix("("), words[3] == "of",
      let accepted = Int(words[2].dropFirst()), let touches = Int(words[4].prefix { $0.isNumber })
    else { return nil }
    return (String(words[0]), accepted, touches)
  }
}

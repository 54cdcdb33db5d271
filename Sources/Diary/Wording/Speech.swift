package import Readings

/// How a page is said: by whose clock, in which colours, in which language.
package struct Speech: Hashable, Sendable {
  package var local: LocalClock
  package var paint: Paint
  package var language: Language

  package init(_ local: LocalClock, _ paint: Paint, in language: Language) {
    self.local = local
    self.paint = paint
    self.language = language
  }

  /// The one of two texts that say the same which is in the language of the speech.
  func text(
    _ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String
  ) -> String {
    language.text(english(), chinese())
  }

  /// A line of a page: a label, as wide as the others, and what it says.
  func field(
    _ label: String, _ words: String, indentedBy indentation: Int = 2, width: Int = 13
  ) -> String {
    let gap = max(1, width - label.terminalColumns)
    return String(repeating: " ", count: indentation) + label
      + String(repeating: " ", count: gap) + words
  }
}

extension Language {
  /// Things after each other: `a, b` or `a、b`.
  package func list(_ items: [String]) -> String { items.joined(separator: text(", ", "、")) }

  /// A part of a whole: `3 of 4`, or `3/4`.
  package func share(_ part: String, of whole: String) -> String {
    text("\(part) of \(whole)", "\(part)/\(whole)")
  }

  /// An aside in brackets, behind its words: ` (warming up)`, or `（预热中）`.
  package func aside(_ words: String) -> String { text(" (\(words))", "（\(words)）") }

  /// Two Chinese words in a row, with the space that Latin letters and digits want on either side.
  static func beside(_ first: String, _ second: String) -> String {
    let isLatin = [first.last, second.first].map { $0?.isASCII ?? false }
    return first + (isLatin[0] == isLatin[1] ? "" : " ") + second
  }

  /// How many samples: `1 sample`, or `1 个采样`.
  package func samples(_ count: Int) -> String {
    text(counted(count, "sample"), "\(grouped(count)) 个采样")
  }
}

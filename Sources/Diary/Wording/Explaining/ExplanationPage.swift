package import Readings

/// A page that explains something to a person.
package protocol ExplanationPage: Sendable {
  /// The page, line by line.
  func lines(_ speech: Speech) -> [String]
}

extension ExplanationPage {
  /// The page, line by line.
  ///
  /// - Parameters:
  ///   - local: The person's clock.
  ///   - paint: The colours.
  ///   - language: Default: English.
  /// - Returns: The lines.
  package func lines(
    _ local: LocalClock, _ paint: Paint, in language: Language = .english
  ) -> [String] {
    lines(Speech(local, paint, in: language))
  }
}

extension Speech {
  /// How what is stored and what is worked out anew are not the same, and the mend.
  func difference(_ stored: String, _ derived: String) -> String {
    text(
      "stored \(stored), derived \(derived): run 'skin2vec recompute'",
      "已存 \(stored)，重算 \(derived)：请运行 'skin2vec recompute'")
  }
}

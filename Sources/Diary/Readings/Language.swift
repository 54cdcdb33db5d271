/// A language that pages and pictures speak.
package enum Language: String, Hashable, Sendable, Codable, CaseIterable {
  case english = "en"
  case simplifiedChinese = "zh-Hans"
}

extension Language {
  /// The one of two texts that say the same which is in this language.
  ///
  /// Both stand where they are used, side by side: with a third language the compiler lists what has
  /// to be translated.
  package func text(
    _ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String
  ) -> String {
    switch self {
    case .english: english()
    case .simplifiedChinese: chinese()
    }
  }
}

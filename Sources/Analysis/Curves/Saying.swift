package import Readings

/// A text in each of the languages that pages and pictures speak.
package struct Saying: Hashable, Sendable, Codable {
  package var english: String
  package var chinese: String

  package init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// What is made for each language alike.
  package init(_ text: (Language) -> String) {
    self.init(text(.english), text(.simplifiedChinese))
  }

  package func text(in language: Language) -> String {
    language.text(english, chinese)
  }
}

package import Readings

/// Why an analysis says nothing: what is missing, in words for the person.
///
/// Analysis says how sure it is, or says this.
package struct Silence: Error, Sendable, Codable, CustomStringConvertible {
  private var saying: Saying

  /// One sentence without a full stop: `41 readings so far; at least 60 over 30 days are needed`.
  package init(_ english: String, _ chinese: String) { saying = Saying(english, chinese) }

  /// What is only said where nobody chooses a language: on the command line.
  package init(_ english: String) { self.init(english, english) }

  /// In English.
  package var reason: String { saying.english }

  package func reason(in language: Language) -> String { saying.text(in: language) }

  package var description: String { reason }
}

extension Silence: Hashable {
  /// What is the same in English is the same.
  package static func == (a: Silence, b: Silence) -> Bool { a.reason == b.reason }

  package func hash(into hasher: inout Hasher) { hasher.combine(reason) }
}

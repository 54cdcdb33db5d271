/// Colour for a terminal, or none.
package struct Paint: Hashable, Sendable {
  package var isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  /// A heading.
  package func bold(_ text: String) -> String { escape("1", text) }
  /// What is beside the point.
  package func dim(_ text: String) -> String { escape("2", text) }
  /// What is wrong.
  package func red(_ text: String) -> String { escape("31", text) }
  /// What is well.
  package func green(_ text: String) -> String { escape("32", text) }
  /// What should be looked at.
  package func yellow(_ text: String) -> String { escape("33", text) }

  private func escape(_ code: String, _ text: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

package import Readings

/// What the analyses have found, as far as they have run.
package protocol FindingsSource: Sendable {
  /// Everything found of a person, in a language; nil where no analysis has run.
  func findings(of person: Person, in language: Language) async throws -> FoundPage?

  /// A figure's drawing (SVG) in a language; nil where there is none of that name.
  func drawing(named name: String, in language: Language) async throws -> String?

  /// A figure's numbers (CSV); nil where there is none of that name.
  func numbers(named name: String) async throws -> String?
}

/// What was found of a person.
package struct FoundPage: Sendable {
  /// When, in microseconds since 1970; nil where nothing was found.
  package var madeAt: Int64?
  /// Each as an object of the interface.
  package var findings: [JSON]
  package var figures: [JSON]

  package init(madeAt: Int64?, findings: [JSON], figures: [JSON]) {
    self.madeAt = madeAt
    self.findings = findings
    self.figures = figures
  }
}

package import Readings

/// What is to be erased: readings of a time, of somebody, or of both.
package struct Erasure: Hashable, Sendable {
  /// Local dates, both included; nil for all there are.
  package var dates: ClosedRange<LocalDate>?
  /// Whose; nil for everybody's, and for what is nobody's.
  package var person: Person?
  package var parts: Set<Part>

  /// What can be erased by itself.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    case taps, events, scores, air, log
  }

  package init(
    dates: ClosedRange<LocalDate>?, person: Person? = nil, parts: Set<Part>? = nil
  ) {
    precondition(dates != nil || person != nil, "everything of everybody is not erased but deleted")
    self.dates = dates
    self.person = person
    // The air of a room is nobody's.
    self.parts = parts ?? (person == nil ? Set(Part.allCases) : [.taps, .events, .scores, .log])
  }

  /// Whether somebody is to be forgotten altogether, name and all.
  package var isOfWholePerson: Bool {
    person != nil && dates == nil && parts.isSuperset(of: [.taps, .events, .scores, .log])
  }

  /// What came of it.
  package struct Outcome: Hashable, Sendable {
    /// Rows that were removed, by table.
    package var rows: [String: Int]
    package var proof: ErasureProof

    /// Rows in all.
    package var total: Int { rows.values.reduce(0, +) }
  }
}

/// What a search of the files' bytes for what was erased has found.
package struct ErasureProof: Hashable, Sendable {
  /// How many texts, numbers and runs of samples were looked for.
  package var traces: Int
  /// How many were found before the erasure; 0 where nothing was erased.
  package var foundBefore: Int
  /// How many are in the files still; 0 proves it.
  package var foundAfter: Int
  /// The files that were searched, byte by byte.
  package var files: [String]
  package var bytes: Int64

  package var isProved: Bool { foundAfter == 0 }
}

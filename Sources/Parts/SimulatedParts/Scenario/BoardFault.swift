/// Something that goes wrong with the board itself, and not on its buses.
package struct BoardFault: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Nothing can be written for a while.
    case diskFull
    /// The plug is pulled: what was not written is gone, and nothing is closed.
    case powerCut
  }

  package var kind: Kind
  package var at: Duration
  /// Nil for ever.
  package var lasting: Duration?

  package init(_ kind: Kind, at: Duration, lasting: Duration? = nil) {
    self.kind = kind
    self.at = at
    self.lasting = lasting
  }

  /// Whether it is going on, so long after the scenario's start.
  package func isOn(at elapsed: Duration) -> Bool {
    elapsed >= at && (kind == .powerCut || lasting.map { elapsed < at + $0 } ?? true)
  }
}

package import Readings

/// A session, its touches, and what its slot took from it.
package struct SessionExplanation: Hashable, Sendable {
  package var saved: SavedSession
  package var touches: [TouchExplanation]
  /// Every session of the slot, oldest first.
  package var slotSessions: [Int64]
  package var restamps: [Restamp]

  /// The touches of which something stored is not what is worked out anew.
  package var differing: [TouchExplanation] { touches.filter { !$0.differing.isEmpty } }
}

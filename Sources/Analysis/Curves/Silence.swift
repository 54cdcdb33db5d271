/// Why an analysis says nothing: what is missing, in words for the person.
///
/// Analysis says how sure it is, or says this.
package struct Silence: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence without a full stop: `41 readings so far; at least 60 over 30 days are needed`.
  package var reason: String

  package init(_ reason: String) { self.reason = reason }

  package var description: String { reason }
}

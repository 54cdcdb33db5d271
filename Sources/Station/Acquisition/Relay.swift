/// Passes on what the station goes by, and does not hear from its board.
///
/// What was written to the disk, say, and what it remembers of earlier days. A tape listens here.
package struct Relay: Sendable {
  /// Passes a number on, by the name of what it is.
  package var pass: @Sendable (_ what: String, _ number: Int64?) async -> Int64?

  package init(_ pass: @escaping @Sendable (_ what: String, _ number: Int64?) async -> Int64?) {
    self.pass = pass
  }

  /// As it is.
  package static let direct = Relay { _, number in number }

  /// Passes on whether something is so.
  func pass(_ what: String, _ isSo: Bool) async -> Bool {
    await pass(what, isSo ? 1 : 0) == 1
  }
}

/// A change of an input line.
package struct Edge: Hashable, Sendable {
  /// Whether the line is now active (a contact closed), after any inversion.
  package var isActive: Bool
  /// When the kernel saw it.
  package var time: BootInstant
  /// Edges that were lost before this one, where the kernel can tell.
  package var missed: Int

  package init(isActive: Bool, time: BootInstant, missed: Int = 0) {
    self.isActive = isActive
    self.time = time
    self.missed = missed
  }
}

/// An input line that reports its changes: the probe's contact switch, a selector button.
package protocol EdgeInput: Sendable {
  /// What people call it: `gpiochip0 17 "contact"`.
  var name: String { get }
  /// Whether the kernel (or the simulation) already debounces it.
  var isDebounced: Bool { get }
  /// The line's level now, after any inversion.
  func isActive() async throws(BusError) -> Bool
  /// Its changes from now on, oldest first; one reader only. Ends when the line is closed or lost.
  func edges() -> AsyncStream<Edge>
}

/// An output line: a light, a buzzer, the sebum lamp.
package protocol SignalOutput: Sendable {
  /// What people call it.
  var name: String { get }
  /// Drives the line active or inactive, before any inversion.
  func set(_ isActive: Bool) async throws(BusError)
}

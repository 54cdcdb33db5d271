package import Readings

/// Checks a slot's value of the skin against what was around it.
///
/// Each reason is a word; several are joined by commas, the weightiest first.
package struct SessionChecks: Hashable, Sendable {
  package var limits: Limits.Session

  package init(limits: Limits.Session) { self.limits = limits }

  /// Says how far a value can be used, and why not further.
  ///
  /// - Parameters:
  ///   - channel: A channel of the skin.
  ///   - value: What the slot's touches came to.
  ///   - spread: How far they disagree; nil where that is not known.
  ///   - floor: The channel's repeatability: a smaller spread says nothing.
  ///   - air: The air at the tap, as far as it was known and can be used.
  ///   - sinceCleansing: How long before the tap the skin was last cleansed; nil where nobody said.
  /// - Returns: The quality, and the reason where it is not ok, or where the air was not ideal.
  package func check(
    _ channel: Channel, value: Double, spread: Double?, floor: Double, air: [Channel: Double],
    sinceCleansing: Duration?
  ) -> (quality: Quality, reason: String?) {
    var reasons: [String] = []
    if let spread, spread > max(floor, limits.spreadShare * value.magnitude) {
      reasons.append("spread")
    }
    if let minutes = limits.minutesSinceCleansing[channel], let sinceCleansing,
      .zero <= sinceCleansing, sinceCleansing < .seconds(minutes * 60)
    {
      reasons.append("cleansed")
    }
    if Self.isOutside(limits.climate, air) { reasons.append("climate") }
    if !reasons.isEmpty { return (.suspect, reasons.joined(separator: ",")) }
    return (.ok, Self.isOutside(limits.idealClimate, air) ? "climate_not_ideal" : nil)
  }

  private static func isOutside(
    _ windows: [Channel: Limits.Span], _ air: [Channel: Double]
  ) -> Bool {
    windows.contains { channel, span in air[channel].map { !span.contains($0) } ?? false }
  }
}

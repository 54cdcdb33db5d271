package import Readings

/// One check of one reading: what was found, and the limit it was held against.
package struct Check: Hashable, Sendable {
  /// What is looked at.
  package enum Rule: String, Hashable, Sendable, CaseIterable {
    /// How long the contact was closed.
    case contact
    /// How many samples of it can be believed.
    case samples
    /// What the value can be at all.
    case range
    /// Whether the electrode saw skin, or the probe was pressed enough and not too much.
    case light, force
    /// How far samples, or touches, disagree; and how far they run away.
    case spread, drift
    /// The air at the tap, and how near it was to what is ideal.
    case climate, idealClimate
    /// How long ago the skin was cleansed.
    case cleansing
    /// How far a value of the air is from those before it, and for how long it was exactly the same.
    case step, flat
  }

  package var rule: Rule
  /// What it is of, where that is not the reading itself: a channel of the air at the tap.
  package var channel: Channel?
  /// Nil where it could not be told.
  package var found: Double?
  package var least: Double?
  package var greatest: Double?
  /// The unit of the numbers.
  package var unit: String
  /// Nil where nothing was found, or there is no limit.
  package var passed: Bool?

  /// Holds a number against its limits, both of them allowed.
  init(
    _ rule: Rule, _ channel: Channel? = nil, found: Double?, least: Double? = nil,
    greatest: Double? = nil, unit: String
  ) {
    self.rule = rule
    self.channel = channel
    self.found = found
    self.least = least
    self.greatest = greatest
    self.unit = unit
    passed =
      found.flatMap { found in
        guard least != nil || greatest != nil else { return nil }
        return found >= least ?? -.infinity && found <= greatest ?? .infinity
      }
  }

  /// Holds a number against a span; nil is no limit.
  init(
    _ rule: Rule, _ channel: Channel? = nil, found: Double?, in span: Limits.Span?, unit: String
  ) {
    self.init(
      rule, channel, found: found, least: span?.least, greatest: span?.greatest, unit: unit)
  }
}

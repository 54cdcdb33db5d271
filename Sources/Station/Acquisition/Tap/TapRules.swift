/// When a site, and then a session, ends; when a touch counts is in the limits.
package struct TapRules: Hashable, Sendable {
  /// Accepted touches of a site after which it is done.
  package var maximumTouches = 5
  /// Accepted sebum readings of a site after which the strip is spared.
  package var sebumTouches = 3
  /// The quiet after which a site, and then the session, ends.
  package var endAfter = Duration.seconds(10)
  /// Touches of any kind after which a site is given up.
  package var mostTouches = 20

  package init() {}
}

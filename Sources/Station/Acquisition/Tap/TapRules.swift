import Bus

/// When a touch counts, and when a session ends.
package struct TapRules: Hashable, Sendable {
  /// Samples count from here after contact.
  package var sampleFrom = Duration.milliseconds(200)
  /// Samples count until here after contact.
  package var sampleUntil = Duration.seconds(1)
  /// The shortest contact that counts.
  package var minimumContact = Duration.milliseconds(800)
  /// The share, 0 to 1, of the window's samples at 100 a second that must be there.
  package var minimumShare = 0.5
  /// The spread of a touch's samples, as a share of their median, from which it is unsteady.
  package var steadySpread = 0.1
  /// The change from the first to the last third, as a share of the median, from which it is.
  package var steadyDrift = 0.1
  /// The moisture index below which the electrode is hardly on the skin.
  package var lightThreshold = 5.0
  /// Accepted touches of a site after which it is done.
  package var maximumTouches = 5
  /// Accepted sebum readings of a site after which the strip is spared.
  package var sebumTouches = 3
  /// The quiet after which a site, and then the session, ends.
  package var endAfter = Duration.seconds(10)
  /// Touches of any kind after which a site is given up.
  package var mostTouches = 20

  package init() {}

  /// Samples expected in a whole window, at 100 a second.
  var expectedSamples: Double { (sampleUntil - sampleFrom).inSeconds * 100 }
}

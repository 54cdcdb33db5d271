internal import Curves
internal import Mathematics
internal import Readings

/// A made-up split-face trial whose truth is known: what the method is judged on.
///
/// Both sites start each day at a level of that day, a lasting difference of the sides and one of that
/// day; treated sites rise within minutes and fade by halves; all drift alike over the day.
package struct PlantedTrial: Hashable, Sendable {
  /// Uplift of the second product just after the application, in a.u.
  package var uplift = 10.0
  /// The first product's uplift is higher by this share of the second's.
  package var gap = 0.0
  /// Hours in which either uplift halves.
  package var halfLife = 4.0
  /// Standard deviation of a single reading, in a.u.: 7.2 % of 50.
  package var readingDeviation = 3.6
  /// Taps a reading, of which the mean is kept.
  package var taps = 1
  /// Standard deviation of an application's own strength, as a share.
  package var strengthDeviation = 0.1
  /// The left side is moister by this, always, in a.u.
  package var sideDifference = 2.0
  /// Whatever is put on the left works better by this share.
  package var sideGain = 0.1
  /// Standard deviation of a day's difference of the sides, in a.u.
  package var dayAsymmetry = 1.5
  /// Of the level of a day.
  package var dayDeviation = 5.0
  /// What skin does by itself in 8 h, in a.u.
  package var drift = -2.0
  /// The probability that a reading after the application is missing.
  package var missing = 0.0
  /// Whether the products change sides from one application to the next.
  package var alternates = true
  /// Whether the readings' errors have heavy tails (t with 4 degrees of freedom).
  package var heavyTails = false

  package init() {}

  /// The two products' names.
  package static let products = (first: "cream", second: "lotion")

  /// The true mean uplift of the second product until `hours`, by the readings' own trapezoids.
  package func trueMean(until hours: Double) -> Double {
    let points = Self.minutes.dropFirst().map {
      UpliftPoint(hours: $0 / 60, uplift: shape($0) * uplift)
    }
    // The plan's own times always give an area.
    return ((try? UpliftArea.trapezoid(points, until: hours)) ?? 0) / hours
  }

  /// The true difference of the mean uplifts, first minus second.
  package func trueDifference(until hours: Double) -> Double { gap * trueMean(until: hours) }

  private static let minutes = [0.0, 15, 60, 240, 480]

  private func shape(_ minutes: Double) -> Double {
    minutes <= 0 ? 0 : 2.0.power(-minutes / 60 / halfLife)
  }

  /// Split-face days, both sides and the untreated site.
  package func applications(days: Int, seed: UInt64) -> [Application] {
    var random = SeededGenerator(seed: seed)
    let firstIsLeftOnEven = random.chance(0.5)
    return (0..<days).flatMap { day -> [Application] in
      let firstIsLeft = !alternates || day.isMultiple(of: 2) == firstIsLeftOnEven
      return self.day(day, firstIsLeft: firstIsLeft, &random)
    }
  }

  private func day(
    _ day: Int, firstIsLeft: Bool, _ random: inout SeededGenerator
  ) -> [Application] {
    let level = 50 + dayDeviation * random.normal()
    let asymmetry = sideDifference + dayAsymmetry * random.normal()
    let control = readings(level + random.normal(), strength: 0, &random)
    let date = LocalDate(daysSince1970: 20_700 + 2 * day)
    return [true, false].map { isFirst in
      let isLeft = isFirst == firstIsLeft
      let strength =
        uplift * (isFirst ? 1 + gap : 1) * (1 + (isLeft ? 0.5 : -0.5) * sideGain)
        * (1 + strengthDeviation * random.normal())
      return Application(
        date: date, product: isFirst ? Self.products.first : Self.products.second,
        side: isLeft ? .left : .right,
        readings: readings(
          level + (isLeft ? 0.5 : -0.5) * asymmetry, strength: strength, &random),
        control: control)
    }
  }

  private func readings(
    _ level: Double, strength: Double, _ random: inout SeededGenerator
  ) -> [TimedReading] {
    Self.minutes.compactMap { minutes in
      let truth = level + drift * minutes / 480 + strength * shape(minutes)
      let values = (0..<taps).map { _ in
        truth + readingDeviation
          * (heavyTails ? random.studentT(df: 4) / 2.0.squareRoot() : random.normal())
      }
      let isMissing = minutes > 0 && random.chance(missing)
      guard !isMissing, let value = Robust.mean(values) else { return nil }
      let spread = Robust.deviation(values).map { $0 / Double(taps).squareRoot() }
      return TimedReading(minutes: minutes, value: value, spread: spread)
    }
  }
}

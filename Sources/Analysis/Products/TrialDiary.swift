package import Curves
package import Readings

/// A planned reading after an application.
package struct PlannedPoint: Hashable, Sendable {
  /// Minutes after the application.
  package var minutes: Double
  /// How far from it a reading may be, in minutes.
  package var tolerance: Double

  package init(minutes: Double, tolerance: Double) {
    self.minutes = minutes
    self.tolerance = tolerance
  }
}

/// How a trial stands in the diary.
///
/// An application is an event of the kind `applied` whose note says `PRODUCT at SITE`:
/// `lotion at left_cheek`. The readings are taps at the treated sites and at the untreated one: before
/// the application, and 15 min ± 5, 1 h ± 15 min, 4 h ± 45 min, 8 h ± 90 min after it.
package struct TrialPlan: Hashable, Sendable {
  /// The events' kind.
  package static let eventKind = "applied"

  package var left = "left_cheek"
  package var right = "right_cheek"
  package var control = "forehead"
  /// How old a baseline may be, in minutes.
  package var baselineWithin = 45.0
  package var points = [
    PlannedPoint(minutes: 15, tolerance: 5), PlannedPoint(minutes: 60, tolerance: 15),
    PlannedPoint(minutes: 240, tolerance: 45), PlannedPoint(minutes: 480, tolerance: 90),
  ]

  package init() {}
}

/// A tap's value at a site.
package struct SiteReading: Hashable, Sendable {
  /// Minutes on any clock that neither jumps nor stops.
  package var minute: Double
  package var site: String
  /// In the channel's unit.
  package var value: Double
  /// Standard error, from repeated taps.
  package var spread: Double?

  package init(minute: Double, site: String, value: Double, spread: Double? = nil) {
    self.minute = minute
    self.site = site
    self.value = value
    self.spread = spread
  }
}

/// An `applied` event.
package struct AppliedEvent: Hashable, Sendable {
  /// Minutes on the readings' clock.
  package var minute: Double
  /// The local date of the application.
  package var date: LocalDate
  package var note: String?

  package init(minute: Double, date: LocalDate, note: String?) {
    self.minute = minute
    self.date = date
    self.note = note
  }
}

extension TrialPlan {
  /// The applications that the diary holds, and for each event that gives none a sentence why.
  ///
  /// A reading serves one point: the planned one it is nearest to, and of several the nearest (the
  /// earlier of two as near). It keeps its real time. Nothing counts after the next application on the
  /// same site, or after the face was cleansed.
  ///
  /// - Parameters:
  ///   - readings: of all sites, in any order.
  ///   - events: of the kind ``eventKind``, in any order.
  ///   - cleansed: minutes at which the face was washed.
  /// - Returns: applications in the order of their events.
  package func applications(
    readings: [SiteReading], events: [AppliedEvent], cleansed: [Double] = []
  ) -> (applications: [Application], refused: [Silence]) {
    var applications: [Application] = []
    var refused: [Silence] = []
    let events = events.sorted { $0.minute < $1.minute }
    let parsed = events.map { parse($0.note) }
    for (index, event) in events.enumerated() {
      do throws(Silence) {
        guard let (product, side) = parsed[index] else {
          throw Silence("the note is not `PRODUCT at \(left)` or `PRODUCT at \(right)`")
        }
        let next = events.indices.first { $0 > index && parsed[$0]?.side == side }
        let ends = [next.map { events[$0].minute }, cleansed.filter { $0 > event.minute }.min()]
        let time = (start: event.minute, end: ends.compactMap { $0 }.min() ?? .infinity)
        let site = side == .left ? left : right
        let treated = try matched(readings.filter { $0.site == site }, time.start, time.end)
        // Without an untreated site the application still counts.
        let untreated = try? matched(
          readings.filter { $0.site == control }, time.start, time.end)
        applications.append(
          Application(
            date: event.date, product: product, side: side, readings: treated,
            control: untreated ?? []))
      } catch {
        refused.append(Silence("\(event.date): \(error.reason)"))
      }
    }
    return (applications, refused)
  }

  /// `lotion at left_cheek`: a product may itself hold ` at `.
  private func parse(_ note: String?) -> (product: String, side: Side)? {
    guard let words = note?.split(separator: " "), words.count >= 3, words[words.count - 2] == "at",
      let site = words.last
    else { return nil }
    let product = words.dropLast(2).joined(separator: " ")
    if site == left { return (product, .left) }
    return site == right ? (product, .right) : nil
  }

  private func matched(
    _ readings: [SiteReading], _ start: Double, _ end: Double
  ) throws(Silence) -> [TimedReading] {
    let readings = readings.filter { $0.value.isFinite }.sorted { $0.minute < $1.minute }
    guard
      let baseline = readings.last(where: {
        $0.minute <= start && start - $0.minute <= baselineWithin
      })
    else {
      throw Silence("no reading within \(Int(baselineWithin)) minutes before the application")
    }
    let after = readings.filter { $0.minute > start && $0.minute < end }
    let found = points.compactMap { point in
      after.filter { abs($0.minute - start - point.minutes) <= point.tolerance }
        .min { abs($0.minute - start - point.minutes) < abs($1.minute - start - point.minutes) }
    }
    guard found.count >= 2 else {
      throw Silence(
        "\(counted(found.count, "reading")) at the planned times after the application; "
          + "at least 2 are needed")
    }
    return [timed(baseline, 0)] + found.map { timed($0, $0.minute - start) }
  }

  private func timed(_ reading: SiteReading, _ minutes: Double) -> TimedReading {
    TimedReading(minutes: minutes, value: reading.value, spread: reading.spread)
  }
}

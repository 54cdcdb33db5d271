internal import Readings
package import Curves

/// How much moister a treated site is than it was before, over the untreated site.
///
/// A moisture meter sees hydration uplift; it does not see what the skin took in.
package struct UpliftPoint: Hashable, Sendable {
  /// Hours after the application, above 0.
  package var hours: Double
  /// In the channel's unit.
  package var uplift: Double

  package init(hours: Double, uplift: Double) {
    self.hours = hours
    self.uplift = uplift
  }
}

extension Application {
  /// The readings after the application, each minus the baseline, minus what the untreated site did
  /// meanwhile.
  ///
  /// The untreated site is a straight line between its readings, and holds its first and last value
  /// for 20 minutes beyond them; where it says nothing, the point is left out. Without an untreated
  /// site it is the change since the baseline.
  ///
  /// - Throws: `Silence` without a baseline.
  package func uplift() throws(Silence) -> [UpliftPoint] {
    guard let baseline else {
      throw Silence("\(date): no reading before \(product) was put on the \(side.rawValue) side")
    }
    let before = control.last { $0.minutes <= 0 }
    return readings.compactMap { reading in
      guard reading.minutes > 0 else { return nil }
      var uplift = reading.value - baseline.value
      if hasControl, let before {
        guard let meanwhile = controlValue(at: reading.minutes) else { return nil }
        uplift -= meanwhile - before.value
      }
      return UpliftPoint(hours: reading.minutes / 60, uplift: uplift)
    }
  }

  /// The untreated site's value at a time, on straight lines between its readings.
  private func controlValue(at minutes: Double) -> Double? {
    let held = 20.0
    guard let after = control.firstIndex(where: { $0.minutes >= minutes }) else {
      return control.last.flatMap { minutes - $0.minutes <= held ? $0.value : nil }
    }
    let next = control[after]
    guard after > 0 else { return next.minutes - minutes <= held ? next.value : nil }
    let last = control[after - 1]
    let length = next.minutes - last.minutes
    guard length > 0 else { return next.value }
    return last.value + (next.value - last.value) * (minutes - last.minutes) / length
  }
}

/// The area under a curve of hydration uplift.
package enum UpliftArea {
  /// The latest that the first reading after the application may be, in hours.
  static let latestFirst = 1.25
  /// How long the last reading is held to reach the end, in hours.
  static let held = 1.5

  /// By trapezoids from 0 at the application to `hours`, in unit · h.
  ///
  /// A missing time is bridged by the straight line between its neighbours. A last reading up to 1.5 h
  /// early is held to the end; a later one is cut there by the straight line.
  ///
  /// - Throws: `Silence` where fewer than two readings stand after the application, the first is
  ///   later than 1.25 h, or the last is more than 1.5 h early.
  package static func trapezoid(
    _ points: [UpliftPoint], until hours: Double
  ) throws(Silence) -> Double {
    guard points.count >= 2, let first = points.first, let last = points.last else {
      throw Silence("fewer than two readings after the application")
    }
    guard first.hours <= latestFirst else {
      throw Silence("no reading within 75 minutes of the application")
    }
    guard last.hours >= hours - held else {
      throw Silence("the last reading is \(decimal(last.hours, 1)) h after, not \(brief(hours)) h")
    }
    var area = 0.0
    var (time, height) = (0.0, 0.0)
    for point in points where time < hours {
      let end = min(point.hours, hours)
      let share = (end - time) / max(point.hours - time, 1e-9)
      let reached = height + (point.uplift - height) * share
      area += (end - time) * (height + reached) / 2
      (time, height) = (end, reached)
    }
    return area + max(0, hours - time) * height
  }
}

extension ApplicationPair {
  /// Both sides' mean uplift until `hours`, from the times that both sides have.
  ///
  /// What a bridged gap adds or takes is then the same on both sides.
  ///
  /// - Throws: `Silence` with the date where one side has no area.
  func outcome(until hours: Double) throws(Silence) -> PairOutcome {
    guard let baselines = first.baseline.map(\.value), let other = second.baseline.map(\.value)
    else { throw Silence("\(first.date): a side has no reading before the application") }
    let (one, two) = (try first.uplift(), try second.uplift())
    let near = 15.0 / 60
    func common(_ points: [UpliftPoint], _ others: [UpliftPoint]) -> [UpliftPoint] {
      points.filter { point in others.contains { abs($0.hours - point.hours) <= near } }
    }
    do {
      return PairOutcome(
        first: try UpliftArea.trapezoid(common(one, two), until: hours) / hours,
        second: try UpliftArea.trapezoid(common(two, one), until: hours) / hours,
        baselineDifference: baselines - other, firstIsLeft: first.side == .left)
    } catch { throw Silence("\(first.date): \(error.reason)") }
  }
}

/// What one pair of applications came to.
struct PairOutcome: Sendable {
  /// Mean uplift of the first product, in the channel's unit.
  var first: Double
  /// Mean uplift of the second product.
  var second: Double
  /// The first side's baseline minus the second's.
  var baselineDifference: Double
  var firstIsLeft: Bool
}

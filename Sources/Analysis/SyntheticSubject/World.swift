internal import Mathematics
package import Curves
internal import Readings

/// How people are made up: shapes of kernels, of noise and of the year.
///
/// Methods may be tuned in the home world. The other world is for judging only.
package enum World: String, Sendable, Codable, CaseIterable {
  /// AR(1) and normal noise, exponential decay, a year like a sine.
  case home
  /// Heavy-tailed noise over two time scales, effects that rise and fall, a year with a short sharp
  /// winter, and an answer to humidity that is no parabola.
  case other

  /// A made-up person: the same for the same plan and seed.
  package func subject(_ plan: SubjectPlan, seed: UInt64) -> Subject {
    var maker = SubjectMaker(world: self, plan: plan, generator: SeededGenerator(seed: seed))
    return maker.make()
  }

  /// What an event does so many days later, at its strongest 1.
  package func kernel(_ event: PlantedEvent, daysAfter days: Double) -> Double {
    let since = days - event.delayDays
    guard since >= 0 else { return 0 }
    switch self {
    case .home: return (-since / event.tauDays).exponential
    case .other:
      // Rises for half a day and then falls: (t/m) exp(1 − t/m), shifted so that the peak is at m.
      let rise = max(0.5, event.tauDays * 0.6)
      return since / rise * (1 - since / rise).exponential
    }
  }

  /// The sum over all days of what a whole dose does, in SD times days.
  package func cumulative(_ event: PlantedEvent) -> Double {
    let steps = (0..<240).map { Double($0) / Double(Grid.perDay) }
    return event.peak * steps.reduce(0) { $0 + kernel(event, daysAfter: $1) }
      / Double(Grid.perDay)
  }

  /// The year, from −1 in winter to 1.
  func season(_ date: LocalDate) -> Double {
    let phase = Double(date.daysSince1970) / 365.2425 - 14.0 / 365.2425
    let turn = (phase - phase.rounded(.down)) * 2 * Double.pi
    switch self {
    case .home: return -turn.cosine
    case .other:
      // A sharp winter: most of the year is good.
      return 1 - 2 * (2 * (turn.cosine - 1)).exponential
    }
  }

  /// What is lost at a humidity so many tens of %RH from the optimum.
  func bell(tens: Double) -> Double {
    switch self {
    case .home: tens * tens
    // Steeper on the dry side.
    case .other: tens < 0 ? 1.3 * (-tens).power(1.6) : 0.8 * tens.power(1.6)
    }
  }
}

/// A made-up person: what their station would have seen, and what is true.
package struct Subject: Sendable {
  package var history: History
  package var plan: SubjectPlan
}

import Curves
import Mathematics
import Readings
import Trials

/// A made-up person who carries a trial out: AR(1), noise, slot, season and weekday, and what is planted.
struct MadeUp {
  var plan: NOf1Plan
  /// On each day the event happens, in SD of the noise.
  var effect = 0.0
  /// The share of days on which the assignment is kept.
  var kept = 1.0
  /// From the best of the season to the worst, and by how much weekends are worse, in SD.
  var season = 1.4
  var weekend = 0.4
  var missing = 0.15
  /// Of the AR(1) part over half a day.
  var correlation = 0.7
  static let spread = 5.0

  static func plan(seed: UInt64, blocks: Int = 14) throws -> NOf1Plan {
    try NOf1Plan(
      person: Person("me"), event: "late_night", start: LocalDate(daysSince1970: 20_423),
      blocks: blocks, seed: seed)
  }

  func history(seed: UInt64) -> History {
    var random = SeededGenerator(seed: seed)
    // Ten days of diary before the trial.
    let first = plan.start - 10
    var history = History(person: "me", firstDate: first, days: plan.days + 10)
    var doses = Array(repeating: 0.0, count: history.places)
    var values: [Double?] = []
    var wandering = random.normal()
    for day in 0..<history.days {
      let date = first + day
      let isAssigned = plan.arm(on: date) == .with
      let happens = plan.arm(on: date) != nil && isAssigned == random.chance(kept)
      if happens { doses[2 * day + 1] = 1 }
      for slot in 0..<2 {
        wandering =
          correlation * wandering
          + (1 - correlation * correlation).squareRoot() * random.normal()
        let turn = Double(date.daysSince1970) / 365.25 * 2 * Double.pi
        let calendar =
          season / 2 * turn.sine - ((date.daysSince1970 + 3) % 7 >= 5 ? weekend : 0)
          + (slot == 0 ? 0 : 0.5)
        let value =
          0.6.squareRoot() * wandering + 0.4.squareRoot() * random.normal() + calendar
          + (happens ? effect : 0)
        values.append(random.chance(missing) ? nil : 50 + Self.spread * value)
      }
    }
    history.curves = [Curve(channel: "skin.moisture", site: "cheek", values: values)]
    history.events = [EventCurve(kind: "late_night", doses: doses)]
    return history
  }

  /// What a finished trial says of the only outcome.
  func found(seed: UInt64) throws -> NOf1Difference {
    let result = try NOf1Analysis(plan).result(in: history(seed: seed), on: plan.end)
    return try result.answers[0].result.get()
  }
}

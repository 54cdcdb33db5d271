package import Curves
package import Readings

/// The half of the face a product was put on.
package enum Side: String, Hashable, Sendable, CaseIterable, Codable {
  case left, right
}

/// One reading of skin moisture, so many minutes after the product was put on.
package struct TimedReading: Hashable, Sendable {
  /// Minutes after the application; 0 and below is before it.
  package var minutes: Double
  /// In the channel's unit.
  package var value: Double
  /// Standard error of the value, from repeated taps; nil for a single tap.
  package var spread: Double?

  package init(minutes: Double, value: Double, spread: Double? = nil) {
    self.minutes = minutes
    self.value = value
    self.spread = spread
  }
}

/// One product on one side of the face on one day, and what was read before and after.
package struct Application: Hashable, Sendable {
  package var date: LocalDate
  package var product: String
  package var side: Side
  /// The treated site: the last reading at 0 minutes or before is its baseline.
  package var readings: [TimedReading]
  /// The untreated site at about the same times; empty where there was none.
  package var control: [TimedReading]

  package init(
    date: LocalDate, product: String, side: Side, readings: [TimedReading],
    control: [TimedReading] = []
  ) {
    self.date = date
    self.product = product
    self.side = side
    self.readings = readings.sorted { $0.minutes < $1.minutes }
    self.control = control.sorted { $0.minutes < $1.minutes }
  }

  /// The last reading before the product was put on.
  package var baseline: TimedReading? { readings.last { $0.minutes <= 0 } }

  /// Whether an untreated site was read before and after.
  package var hasControl: Bool {
    control.contains { $0.minutes <= 0 } && control.contains { $0.minutes > 0 }
  }
}

/// Two products on the two sides of one face on one day.
package struct ApplicationPair: Hashable, Sendable {
  package var first: Application
  package var second: Application

  package init(first: Application, second: Application) {
    self.first = first
    self.second = second
  }

  /// The pairs of two products: one of each on one date, on opposite sides.
  ///
  /// - Returns: pairs by date, and for each day that cannot be paired a sentence why.
  package static func pairs(
    of first: String, and second: String, in applications: [Application]
  ) -> (pairs: [ApplicationPair], leftOut: [Silence]) {
    var pairs: [ApplicationPair] = []
    var leftOut: [Silence] = []
    let days = Dictionary(
      grouping: applications.filter { $0.product == first || $0.product == second }, by: \.date)
    for (date, day) in days.sorted(by: { $0.key < $1.key }) {
      let (ones, others) = (
        day.filter { $0.product == first }, day.filter { $0.product == second }
      )
      guard let one = ones.first, let other = others.first else {
        let missing = ones.isEmpty ? first : second
        leftOut.append(Silence("\(date): \(missing) is missing on the other side"))
        continue
      }
      guard ones.count == 1, others.count == 1 else {
        leftOut.append(Silence("\(date): a product was put on more than once"))
        continue
      }
      guard one.side != other.side else {
        leftOut.append(Silence("\(date): both products are on the \(one.side.rawValue) side"))
        continue
      }
      pairs.append(ApplicationPair(first: one, second: other))
    }
    return (pairs, leftOut)
  }
}

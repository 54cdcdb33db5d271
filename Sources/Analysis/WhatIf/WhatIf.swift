package import Curves
internal import Mathematics

/// A question: what becomes of an outcome if the air stays like this for some days.
package struct WhatIf: Hashable, Sendable, Codable {
  /// `air.pm2_5`.
  package var channel: String
  /// In the channel's unit.
  package var value: Double
  /// 1 to 14.
  package var days: Int
  /// Of all intervals.
  package var level = 0.9
  /// How many days after the last changed one are shown.
  package var after = 3

  /// Fewer days with the channel and the outcome say nothing.
  package static let leastDays = 60
  /// The most days in a row that can be asked for.
  package static let mostDays = 14

  package init(channel: String, value: Double, days: Int) {
    self.channel = channel
    self.value = value
    self.days = days
  }

  /// The outcome's path against no change: the air going on as in the last week.
  ///
  /// - Throws: a ``Silence`` where the data are too few, or such air was never seen.
  package func path(of curve: Curve, in history: History) throws(Silence) -> WhatIfPath {
    let seen = try SeenAir(self, history)
    let model = try WhatIfModel(self, curve, history, seen)
    return model.path(self, seen)
  }

  /// The path of every outcome, or why there is none.
  package func paths(
    in history: History
  ) -> [(outcome: String, result: Result<WhatIfPath, Silence>)] {
    history.curves.map { curve in
      do throws(Silence) {
        return (curve.name, .success(try path(of: curve, in: history)))
      } catch {
        return (curve.name, .failure(error))
      }
    }
  }
}

/// How an outcome may go on if the air changes, and if it does not.
package struct WhatIfPath: Sendable, Codable {
  /// One place of the grid to come.
  package struct Step: Sendable, Codable {
    package var place: Int
    /// The expected difference to no change, in the outcome's unit: how sure the effect is.
    package var difference: Estimate
    /// The difference that one reading may show: with what the skin does by itself.
    package var differenceRead: Estimate
    /// The level if the air does not change, with an adaptive conformal band.
    package var unchanged: Estimate
    /// The level if it does, with the same band, and the effect's own uncertainty.
    package var changed: Estimate
  }

  package var question: WhatIf
  /// `skin.moisture at cheek`.
  package var outcome: String
  package var unit: String
  package var airUnit: String
  /// The air without the change: the mean of the last week.
  package var reference: Double
  package var steps: [Step]
  /// The person's own SD, in the outcome's unit.
  package var deviation: Double
  package var readings: Int
  package var days: Int
  package var adjustedFor: [String]
  /// The weight of each of ``AirKernel/all``.
  package var kernels: [Double]
  /// The share of the past's readings that the adaptive band held.
  package var heldShare: Double

  /// The step on the changed days at which the expected difference is largest.
  package var largest: Step? {
    steps.max { abs($0.difference.value) < abs($1.difference.value) }
  }
}

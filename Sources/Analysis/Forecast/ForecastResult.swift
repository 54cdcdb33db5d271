package import Curves
package import Readings

/// What is expected of a curve's readings to come, and how the methods did before.
package struct ForecastResult: Sendable {
  /// What is expected of one reading.
  package struct Outlook: Sendable {
    package var date: LocalDate
    package var slot: Slot
    /// The place of the grid.
    package var place: Int
    package var likely80: Estimate
    package var likely90: Estimate
    package var method: ForecastMethod
  }

  package var curve: String
  package var unit: String
  /// The fourteen places after the last reading, in their order.
  package var outlooks: [Outlook]
  /// Each method's score, and `used`: the best so far at each reading.
  package var scores: [ForecastScore]
  package var used: ForecastScore
  /// Of each next reading that was foretold, whether it was within the interval of 80 % and 90 %.
  package var within80: [Bool]
  package var within90: [Bool]
  /// How many readings it was learned from.
  package var readings: Int

  /// The next reading's outlook.
  package var next: Outlook? { outlooks.first }
}

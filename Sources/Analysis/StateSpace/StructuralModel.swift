package import Curves
package import Readings
internal import Mathematics

/// What a curve of readings is made of: a level that may walk, a slot effect, the week, the logged
/// cycle, the year, known inputs, a part that comes back (AR(1)), and noise.
///
/// Fitted by restricted maximum likelihood over the places of the grid; missing readings cost
/// nothing. Bands and variances take the variances found as true: in short series they are somewhat
/// too narrow.
package struct StructuralModel: Sendable {
  /// Something known at each place of the grid that the readings may follow.
  package struct Input: Sendable {
    /// For a person: `late_night`.
    package var name: String
    /// One a place, and further places where the future is known.
    package var values: [Double]
    /// Taken for places after the last value.
    package var beyond: Double

    package init(name: String, values: [Double], beyond: Double = 0) {
      self.name = name
      self.values = values
      self.beyond = beyond
    }

    /// The value at a place.
    package func value(_ place: Int) -> Double { place < values.count ? values[place] : beyond }
  }

  /// Whether mornings and evenings differ.
  package var hasSlot = true
  /// Whether the level walks; otherwise it stands.
  package var isWalking = true
  /// How many harmonics the week has, 0 to 3; used from four weeks on.
  package var weekHarmonics = 3
  /// How many harmonics the year has; used from two years on, as one year cannot be told from a
  /// trend.
  package var yearHarmonics = 2
  /// The phase of the cycle between logged starts, 0 to 1, at each place; nil where it is not
  /// known.
  package var cycle: [Double?] = []
  package var inputs: [Input] = []
  /// Whether the coefficients of week, cycle, year and inputs are drawn towards 0.
  package var isShrunk = false

  /// Fewer readings are not fitted.
  package static let leastReadings = 30
  /// Nor those of fewer days.
  package static let leastDays = 14

  package init() {}

  /// Fits the model to all of a curve.
  ///
  /// The date is that of the curve's first two places. The search begins at `start`, or on a grid.
  ///
  /// - Throws: `Silence` where there are too few readings, or they are all equal.
  package func fit(_ curve: Curve, from firstDate: LocalDate, start: Wander? = nil) throws
    -> StructuralFit
  {
    let design = try StructuralDesign(self, curve, firstDate)
    let (wander, scale) = try design.search(isWalking: isWalking, start: start)
    return StructuralFit(design, wander: wander.scaled(by: scale), scale: scale)
  }

  /// What the model says of a curve where it is known how the readings wander.
  ///
  /// - Throws: `Silence` where there are too few readings, or they are all equal.
  package func fit(_ curve: Curve, from firstDate: LocalDate, wander: Wander) throws
    -> StructuralFit
  {
    StructuralFit(try StructuralDesign(self, curve, firstDate), wander: wander, scale: 1)
  }
}

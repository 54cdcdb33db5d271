package import Curves

/// One product's side of a comparison.
package struct ProductUplift: Hashable, Sendable {
  package var product: String
  /// Mean hydration uplift until the end, in the channel's unit; times the hours, it is the area.
  package var mean: Estimate
  /// In hours, or why there is none.
  package var halfLife: Result<Estimate, Silence>
}

/// What a comparison comes to.
package enum Verdict: Hashable, Sendable {
  /// That product's uplift is the higher one.
  case higher(product: String)
  /// The two do not differ by more than the margin.
  case equal
  /// They differ, and by less than the margin.
  case higherWithinMargin(product: String)
  case undecided
}

/// Two products, compared on the two sides of one face.
package struct Comparison: Hashable, Sendable {
  /// How many hours after the application are compared.
  package var hours: Double
  package var first: ProductUplift
  package var second: ProductUplift
  /// The first's mean uplift minus the second's, in the channel's unit.
  package var difference: Estimate
  /// The first's over the second's; silent where the second has no sure uplift.
  package var ratio: Result<Estimate, Silence>
  package var equivalence: Equivalence
  package var verdict: Verdict
  /// Days on which both products were put on and read.
  package var applications: Int
  package var need: Need
  /// What the numbers are adjusted for.
  package var adjustedFor: [String]
  /// Whether every pair had an untreated site.
  package var overControl: Bool
  /// Days that were not used, and why.
  package var leftOut: [Silence]
}

/// The test of whether two products are the same within a margin (two one-sided tests).
package struct Equivalence: Hashable, Sendable {
  /// A share of the mean uplift of both.
  package var margin: Double
  /// The larger of the two one-sided p.
  package var p: Double
  /// At the interval's level: 5 % a side for 90 %.
  package var isShown: Bool
}

/// How many applications a gap worth finding needs, with this person's scatter.
package struct Need: Hashable, Sendable {
  /// The gap that is planned for, as a share of the mean uplift.
  package var gap: Double
  /// A pair's scatter about the model, in the channel's unit.
  package var deviation: Double
  /// Applications in all for an interval that excludes zero, with 80 % power (exact, noncentral t); nil
  /// above 2000 or without an uplift.
  package var totalForInterval: Int?
  /// Applications in all for a verdict, which no single application may decide; more than for the
  /// interval alone.
  package var total: Int?
  /// The same with the ends of the scatter's own interval.
  package var totalLow: Int?
  package var totalHigh: Int?
  /// What is still to do.
  package var more: Int?
  /// Applications in all that show two equal products equal within the margin, with that power.
  package var totalForEquivalence: Int?
  /// The share of the scatter's variance that repeated taps could lessen; nil without repeats.
  package var readingShare: Double?
}

/// How two products are compared.
package struct ComparisonPlan: Hashable, Sendable {
  /// Until so many hours after the application; default 8.
  package var hours = 8.0
  /// Level of all intervals; default 0.9.
  package var level = 0.9
  /// Products within this share of the mean uplift are the same; default 0.2.
  package var margin = 0.2
  /// The gap to plan for, as a share of the mean uplift; default 0.3.
  package var gap = 0.3
  /// The power to plan for; default 0.8.
  package var power = 0.8
  /// Whether side and baselines are taken out; false only to compare with a plain paired t-test.
  package var isAdjusted = true

  package init() {}

  /// The level of an interval as strict as a verdict, which stands without any one application.
  ///
  /// 0.96 for 0.9. Simulated: without a gap, 4 % of trials reach a verdict, from 8 to 40 applications.
  package var verdictLevel: Double { 1 - 0.4 * (1 - level) }
}

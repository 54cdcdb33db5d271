package import Curves
package import Figures
package import Products
package import Trials

extension IntervalFigure {
  /// Two products' uplifts, and the first's minus the second's.
  package init(_ comparison: Comparison) {
    let products = [comparison.first, comparison.second].map {
      Row(label: .asWritten($0.product), result: .success($0.mean))
    }
    self.init(
      title: .heading(.products([comparison.first.product, comparison.second.product])),
      quantity: .uplift(hours: comparison.hours), unit: "index",
      rows: products + [Row(label: .difference, result: .success(comparison.difference))])
  }

  /// All pairs of products: both uplifts and their difference, or why there is none.
  package init(
    products pairs: [(first: String, second: String, result: Result<Comparison, Silence>)]
  ) {
    let rows = pairs.flatMap { first, second, result in
      let difference = Row(
        label: .differenceOf(first, second), result: result.map(\.difference),
        occasions: (try? result.get())?.applications)
      guard case .success(let found) = result else { return [difference] }
      return [found.first, found.second].map {
        Row(label: .asWritten($0.product), result: .success($0.mean))
      } + [difference]
    }
    let hours = pairs.compactMap { try? $0.result.get() }.first?.hours ?? ComparisonPlan().hours
    self.init(
      title: .heading(.products([])), quantity: .uplift(hours: hours), unit: "index", rows: rows)
  }

  /// What a randomised trial's arms differ by in each outcome.
  package init(_ result: NOf1Result) {
    self.init(
      title: .heading(.trial(event: result.plan.event, start: result.plan.start)),
      quantity: .assigned, unit: "own SD",
      rows: result.answers.map {
        Row(label: .outcome($0.outcome), result: $0.result.map(\.difference))
      })
  }
}

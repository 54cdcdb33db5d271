/// Many tests at once: what share of what is claimed is false.
///
/// Source: Y. Benjamini and Y. Hochberg, J. R. Statist. Soc. B 57 (1995); Y. Benjamini and
/// D. Yekutieli, Ann. Statist. 29 (2001).
package enum FalseDiscovery {
  /// Whether the tests may depend on each other in any way.
  package enum Dependence: Sendable {
    /// Independent tests, or such as err together (Benjamini and Hochberg).
    case positive
    /// Any tests (Benjamini and Yekutieli): stricter, by the harmonic number of their count.
    case any
  }

  /// The smallest rate of false discoveries at which each test would be among those claimed.
  ///
  /// There is one p-value a test; NaN, a test that could not be made, counts as 1.
  ///
  /// - Returns: adjusted p-values in the order of the tests, none below its own p-value.
  package static func adjusted(
    _ pValues: [Double], dependence: Dependence = .positive
  ) -> [Double] {
    let p = pValues.map { $0.isNaN ? 1 : $0 }
    let count = p.count
    let penalty =
      switch dependence {
      case .positive: 1.0
      case .any: (0..<count).reduce(0.0) { $0 + 1 / Double($1 + 1) }
      }
    var adjusted = Array(repeating: 1.0, count: count)
    var least = 1.0
    let falling = p.indices.sorted { p[$0] > p[$1] }
    for (step, index) in falling.enumerated() {
      least = min(least, penalty * p[index] * Double(count) / Double(count - step))
      adjusted[index] = least
    }
    return adjusted
  }
}

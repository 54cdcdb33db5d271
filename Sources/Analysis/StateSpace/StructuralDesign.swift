internal import Mathematics
internal import Curves
internal import Readings

/// A curve and the regressors that a structural model gives it, over the places of the grid.
struct StructuralDesign {
  /// One regressor.
  struct Term {
    var name: String
    /// Standard deviation of its coefficient beforehand, in that of the fast parts; nil: anything.
    var expected: Double?
    /// Its values where the filter goes, and then on.
    var value: @Sendable (Int) -> Double
  }

  var terms: [Term]
  /// The mean of the readings, taken off before all else.
  let reference: Double
  /// Readings less their mean; 0 where there is none.
  let values: [Double]
  let isRead: [Bool]

  init(_ model: StructuralModel, _ curve: Curve, _ firstDate: LocalDate) throws {
    let read = curve.values.compactMap { $0 }
    guard read.count >= StructuralModel.leastReadings, let mean = Robust.mean(read) else {
      throw Silence(
        "\(read.count) readings of \(curve.name) so far; at least \(StructuralModel.leastReadings)"
          + " are needed",
        "目前有 \(read.count) 次\(curve.chineseName)读数，"
          + "至少需要 \(StructuralModel.leastReadings) 次")
    }
    isRead = curve.values.map { $0 != nil }
    let first = isRead.firstIndex(of: true) ?? 0
    let days = Grid.day(isRead.lastIndex(of: true) ?? 0) - Grid.day(first) + 1
    guard days >= StructuralModel.leastDays else {
      throw Silence(
        "readings of \(curve.name) span \(days) days; at least \(StructuralModel.leastDays)"
          + " are needed",
        "\(curve.chineseName)读数跨越 \(days) 天，至少需要 \(StructuralModel.leastDays) 天")
    }
    guard let spread = Robust.deviation(read), spread > 1e-9 * max(1, mean.magnitude) else {
      throw Silence(
        "all \(read.count) readings of \(curve.name) are equal",
        "\(curve.chineseName)的 \(read.count) 次读数全都相等")
    }
    reference = mean
    values = curve.values.map { ($0 ?? mean) - mean }
    terms = []
    terms = identified(
      Self.level(curve) + Self.slot(model) + Self.week(model, firstDate, days)
        + Self.cycle(model) + Self.year(model, firstDate, days) + Self.inputs(model))
    guard read.count >= 2 * terms.count else {
      throw Silence(
        "\(read.count) readings of \(curve.name) for \(terms.count) influences; at least two for"
          + " each are needed",
        "\(curve.chineseName)有 \(read.count) 次读数、\(terms.count) 项影响因素，每项至少需要两次")
    }
  }

  /// A regressor's values at the first places of the grid.
  func column(_ term: Term, count: Int) -> [Double] { (0..<count).map(term.value) }

  /// What is added to the normal equations, a number a term, in fast variances.
  var penalties: [Double] { terms.map { $0.expected.map { 1 / ($0 * $0) } ?? 0 } }

  /// Without those that are made of others before them where there are readings.
  private func identified(_ terms: [Term]) -> [Term] {
    let places = isRead.indices.filter { isRead[$0] }
    var basis: [[Double]] = []
    return terms.filter { term in
      var column = places.map(term.value)
      let before = column.reduce(0) { $0 + $1 * $1 }
      for known in basis {
        let share = zip(column, known).reduce(0) { $0 + $1.0 * $1.1 }
        for row in column.indices { column[row] -= share * known[row] }
      }
      let after = column.reduce(0) { $0 + $1 * $1 }
      guard after > 1e-9 * before, after > 0 else { return false }
      let length = after.squareRoot()
      basis.append(column.map { $0 / length })
      return true
    }
  }

  private static func level(_ curve: Curve) -> [Term] {
    let epochs = curve.epochs
    let level = Term(name: "level", expected: nil) { _ in 1 }
    return [level]
      + Set(epochs).sorted().dropFirst().map { epoch in
        Term(name: "epoch", expected: nil) { place in
          (place < epochs.count ? epochs[place] : epochs.last ?? epoch) >= epoch ? 1 : 0
        }
      }
  }

  private static func slot(_ model: StructuralModel) -> [Term] {
    guard model.hasSlot else { return [] }
    return [Term(name: "slot", expected: nil) { Grid.slot($0) == .morning ? -0.5 : 0.5 }]
  }

  private static func harmonic(
    _ name: String, expected: Double?, _ turns: @escaping @Sendable (Int) -> Double?
  ) -> [Term] {
    [
      Term(name: name, expected: expected) { turns($0).map { ($0 * 2 * Double.pi).sine } ?? 0 },
      Term(name: name, expected: expected) { turns($0).map { ($0 * 2 * Double.pi).cosine } ?? 0 },
    ]
  }

  private static func week(_ model: StructuralModel, _ date: LocalDate, _ days: Int) -> [Term] {
    guard days >= 28, model.weekHarmonics > 0 else { return [] }
    return (1...min(3, model.weekHarmonics)).flatMap { number in
      harmonic("week", expected: model.isShrunk ? 0.2 : nil) {
        Double(number * (date + Grid.day($0)).daysSince1970) / 7
      }
    }
  }

  private static func cycle(_ model: StructuralModel) -> [Term] {
    let phases = model.cycle
    guard phases.contains(where: { $0 != nil }) else { return [] }
    return harmonic("cycle", expected: model.isShrunk ? 0.3 : nil) {
      $0 < phases.count ? phases[$0] : nil
    }
  }

  private static func year(_ model: StructuralModel, _ date: LocalDate, _ days: Int) -> [Term] {
    guard days >= 730, model.yearHarmonics > 0 else { return [] }
    return (1...model.yearHarmonics).flatMap { number in
      harmonic("year", expected: model.isShrunk ? 0.8 / Double(number) : nil) {
        Double(number * (date + Grid.day($0)).daysSince1970) / 365.2425
      }
    }
  }

  private static func inputs(_ model: StructuralModel) -> [Term] {
    model.inputs.map { input in
      Term(name: input.name, expected: model.isShrunk ? 0.3 : nil) { input.value($0) }
    }
  }
}

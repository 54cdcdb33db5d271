internal import Curves
internal import Readings

/// How well the assignment was kept, by the events in the diary: what was not tagged did not happen.
package struct Adherence: Hashable, Sendable, Codable {
  /// Days assigned to the event, and those of them that have it; 0 where the arm is "as usual".
  package var with: Count
  /// Days assigned to none, and those of them that have none.
  package var without: Count

  package struct Count: Hashable, Sendable, Codable {
    package var days = 0
    package var kept = 0

    /// Nil where nothing was asked.
    package var share: Double? { days == 0 ? nil : Double(kept) / Double(days) }
  }

  /// Below this share in either arm the sentence says so.
  package static let least = 0.75

  /// Of all days on which something was asked; nil of none.
  package var share: Double? {
    Count(days: with.days + without.days, kept: with.kept + without.kept).share
  }

  /// Whether both arms were kept on most days.
  package var isGood: Bool {
    [with.share, without.share].allSatisfy { ($0 ?? 1) >= Self.least }
  }

  /// On the trial's days before `days`, counted from the history's first; later ones are not over.
  init(_ plan: NOf1Plan, _ history: History, days: Int) {
    let doses = history.events.first { $0.kind == plan.event }?.doses ?? []
    let tagged = Set(doses.indices.filter { doses[$0] > 0 }.map(Grid.day))
    (with, without) = (Count(), Count())
    for day in 0..<max(0, days) {
      let happened = tagged.contains(day)
      switch plan.arm(on: history.firstDate + day) {
      case .with where plan.arms == .withOrWithout: with.add(isKept: happened)
      case .without: without.add(isKept: !happened)
      default: break
      }
    }
  }
}

extension Adherence.Count {
  mutating func add(isKept: Bool) {
    days += 1
    kept += isKept ? 1 : 0
  }
}

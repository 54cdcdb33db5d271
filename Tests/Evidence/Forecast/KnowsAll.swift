import Curves
import Mathematics
import SyntheticSubject

/// The least that any forecast of a person of the home world can err.
///
/// One who knows all that was planted there, and how the readings wander, foretells each reading by
/// a Kalman filter.
struct KnowsAll {
  /// Readings that open: none is foretold.
  private static let opening = 20

  /// Mean absolute error of the next reading by that of the slot's last one.
  ///
  /// - Parameters:
  ///   - plan: what was planted; missing readings must not depend on it.
  ///   - seed: of the person.
  /// - Returns: a share, below 1 where repeating errs more.
  static func error(_ plan: SubjectPlan, seed: UInt64) -> Double {
    let read = World.home.subject(plan, seed: seed).history.curves[0].values
    var bare = plan
    (bare.seasonAmplitude, bare.weekday, bare.slotOffset) = (0, 0, 0)
    bare.changes = []
    for index in bare.events.indices { bare.events[index].peak = 0 }
    // The same person: every chance is drawn as before, and only what was planted is missing.
    let wandering = World.home.subject(bare, seed: seed).history.curves[0].values
    let known = foretold(wandering, plan)
    var (ours, naive, count) = (0.0, 0.0, 0)
    var lastOfSlot: [Double?] = Array(repeating: nil, count: Grid.perDay)
    for place in read.indices {
      guard let value = read[place], let bare = wandering[place] else { continue }
      if count >= Self.opening, let last = lastOfSlot[place % Grid.perDay] {
        ours += abs(bare - known[place])
        naive += abs(value - last)
      }
      lastOfSlot[place % Grid.perDay] = value
      count += 1
    }
    return ours / naive
  }

  /// What is expected at each place of the readings before it.
  private static func foretold(_ values: [Double?], _ plan: SubjectPlan) -> [Double] {
    let channel = plan.channels[0]
    let kept = plan.autocorrelation.power(1 / Double(Grid.perDay))
    let share = plan.autoregressiveShare
    var (mean, variance) = (0.0, share)
    return values.map { value in
      mean *= kept
      variance = kept * kept * variance + share * (1 - kept * kept)
      let expected = channel.mean + channel.deviation * mean
      if let value {
        let follow = variance / (variance + 1 - share)
        mean += follow * (value - expected) / channel.deviation
        variance *= 1 - follow
      }
      return expected
    }
  }
}

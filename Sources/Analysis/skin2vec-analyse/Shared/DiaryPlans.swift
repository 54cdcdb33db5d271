import Readings
import Trials

/// The randomised trials that somebody's diary holds: each is an event's note.
struct DiaryPlans: Sendable {
  /// The kind of event that keeps a plan.
  static let eventKind = "trial"

  /// In the order in which they were begun.
  var plans: [NOf1Plan]
  /// Notes that are no plan, with what is wrong.
  var faults: [NOf1PlanFault]

  init(_ events: [SkinEvent], of person: Person) {
    plans = []
    faults = []
    let noted = events.filter { $0.person == person && $0.kind == Self.eventKind }
    for event in noted.sorted(by: { $0.time < $1.time }) {
      do throws(NOf1PlanFault) {
        plans.append(try NOf1Plan(parsing: event.note ?? "", person: person))
      } catch { faults.append(error) }
    }
  }

  /// Without those that begin after a date.
  func upTo(_ date: LocalDate) -> DiaryPlans {
    var earlier = self
    earlier.plans = plans.filter { $0.start <= date }
    return earlier
  }
}

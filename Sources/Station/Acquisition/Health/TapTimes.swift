import Bus
package import Readings
import Synchronization

/// When people tapped lately: what the station goes by when it reminds somebody, or keeps quiet.
package final class TapTimes: Sendable {
  /// One of them.
  package struct Tap: Hashable, Sendable {
    package var person: Person
    package var start: Stamp
    /// Whether a touch of it counts.
    package var counts: Bool

    package init(person: Person, start: Stamp, counts: Bool) {
      self.person = person
      self.start = start
      self.counts = counts
    }
  }

  private struct State {
    var taps: [Tap] = []
    /// When the probe last touched something.
    var lastContact: BootInstant?
  }

  private struct PersonSlot: Hashable {
    var person: Person
    var key: SlotKey
  }

  private let state: Mutex<State>
  /// Whose slots were told of before this start.
  private let reminded: Set<PersonSlot>
  /// Two people's evenings and mornings of a month, and some.
  private static let most = 200
  /// As many taps of a slot say when the person usually taps.
  private static let mostForUsual = 14

  /// Remembers what is known.
  ///
  /// - Parameters:
  ///   - taps: Those of the last weeks, in any order.
  ///   - reminded: Whose slots were told of lately.
  package init(_ taps: [Tap] = [], reminded: [(Person, SlotKey)] = []) {
    let taps = taps.sorted { $0.start.utc < $1.start.utc }
    state = Mutex(State(taps: Array(taps.suffix(Self.most))))
    self.reminded = Set(reminded.map { PersonSlot(person: $0, key: $1) })
  }

  /// The probe touches something.
  func noteContact(at time: BootInstant) { state.withLock { $0.lastContact = time } }

  /// A session was saved.
  func note(_ session: TapSession) {
    state.withLock { state in
      state.taps.append(Tap(session))
      if state.taps.count > 2 * Self.most { state.taps.removeFirst(Self.most) }
    }
  }

  /// How long ago the probe last touched something; nil where it has not.
  func sinceContact(at now: BootInstant) -> Duration? {
    state.withLock(\.lastContact).map { $0.duration(to: now) }
  }

  /// Whether a person has a tap in a slot that counts.
  func hasTap(of person: Person, in key: SlotKey, _ plan: DayPlan, _ keeper: TimeKeeper) -> Bool {
    let taps = state.withLock(\.taps)
    return taps.contains { tap in
      tap.counts && tap.person == person && plan.slot(at: tap.time(by: keeper)) == key
    }
  }

  /// Whether a person was told of a slot before this start.
  func wasReminded(_ person: Person, of key: SlotKey) -> Bool {
    reminded.contains(PersonSlot(person: person, key: key))
  }

  /// The minutes of the local day at which people usually tap, one a person and slot.
  func usualMinutes(_ plan: DayPlan, _ keeper: TimeKeeper) -> [Int] {
    var minutes: [Person: [Slot: [Int]]] = [:]
    for tap in state.withLock(\.taps) {
      let time = tap.time(by: keeper)
      let slot = plan.slot(at: time).slot
      // Counted from the slot's beginning, so that an evening goes on after midnight.
      let start = slot == .morning ? plan.morningStart : plan.eveningStart
      let minute = (plan.local(time).minute - start + 1440) % 1440
      minutes[tap.person, default: [:]][slot, default: []].append(minute)
    }
    return minutes.values.flatMap { slots in
      slots.map { slot, minutes in
        let start = slot == .morning ? plan.morningStart : plan.eveningStart
        let last = minutes.suffix(Self.mostForUsual).sorted()
        return (last[last.count / 2] + start) % 1440
      }
    }.sorted()
  }
}

extension TapTimes.Tap {
  fileprivate init(_ session: TapSession) {
    self.init(
      person: session.person, start: session.started, counts: session.acceptedTouches > 0)
  }

  /// When it was, by what is known of the clock now.
  fileprivate func time(by keeper: TimeKeeper) -> Timestamp {
    let present = keeper.stamp()
    guard start.trust == .unsynced, present.bootID == start.bootID else { return start.utc }
    let instant = BootInstant(sinceBoot: .microseconds(start.bootMicroseconds))
    return keeper.stamp(at: instant).utc
  }
}

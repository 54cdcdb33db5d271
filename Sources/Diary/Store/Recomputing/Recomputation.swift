package import Readings

/// What working the diary out anew came to.
package struct Recomputation: Hashable, Sendable {
  /// The first local date to which the last limits were applied; nil for those of the time.
  package var since: LocalDate?
  package var changes = Changes()
  /// Some of the changes, the first of each kind.
  package var examples: [Example] = []
  /// Of everything derived, as it was.
  package var before: DiaryDigest
  /// Of everything derived, as it is; as it would be, after a rehearsal.
  package var after: DiaryDigest

  /// How many rows, and of the air how many values, are other than before.
  package struct Changes: Hashable, Sendable {
    /// Touches in one channel.
    package var touches = 0
    /// One channel of one sample.
    package var airValues = 0
    package var hours = 0
    package var days = 0
    package var slotValues = 0
    /// Slot values that compare otherwise with their series.
    package var comparisons = 0

    package init() {}

    /// Whether nothing is other than before.
    package var isEmpty: Bool { self == Changes() }
  }

  /// One change, in words.
  package struct Example: Hashable, Sendable {
    /// What it is of: `2026-11-21 evening, me, skin.moisture at cheek`.
    package var place: String
    package var before: String
    package var after: String
  }
}

/// Counts the changes of a recomputation, and keeps some of them.
final class ChangeLedger {
  /// Examples a kind of change.
  private static let enough = 5

  private let plans: PlanBook
  private(set) var changes = Recomputation.Changes()
  private(set) var examples: [Recomputation.Example] = []

  init(plans: PlanBook = PlanBook()) { self.plans = plans }

  func note(_ change: ChangedMeasure) {
    changes.touches += 1
    guard changes.touches <= Self.enough else { return }
    add(
      "\(change.slot.key), \(change.slot.person), \(change.new.channel.rawValue) at "
        + "\(change.touch.site), touch \(change.touch.number)",
      Self.words(change.old), Self.words(change.new))
  }

  func note(_ change: ChangedValue) {
    changes.slotValues += 1
    guard changes.slotValues <= Self.enough, let value = change.new ?? change.old else { return }
    let site = value.site.map { " at \($0)" } ?? ""
    add(
      "\(change.key), \(change.person), \(value.channel.rawValue)\(site)",
      Self.words(change.old), Self.words(change.new))
  }

  /// Notes what is said of a sample now.
  func note(_ new: AirContent, insteadOf old: AirContent, at place: AirPlace) {
    for column in AirColumn.all {
      let index = column.bit
      guard old.values[index] != new.values[index] || old.words[index] != new.words[index] else {
        continue
      }
      changes.airValues += 1
      guard changes.airValues <= Self.enough else { continue }
      add(
        "\(words(Timestamp(microseconds: place.taken))), \(column.channel.rawValue)",
        Self.words(old, index), Self.words(new, index))
    }
  }

  func note(_ count: Int, in kind: AirRollup.Kind) {
    switch kind {
    case .hour: changes.hours += count
    case .day: changes.days += count
    }
  }

  func noteComparison() { changes.comparisons += 1 }

  private func add(_ place: String, _ before: String, _ after: String) {
    examples.append(Recomputation.Example(place: place, before: before, after: after))
  }

  /// The local date and time of day.
  private func words(_ time: Timestamp) -> String {
    let (date, minute) = plans.plan(at: time).local(time)
    return "\(date) \((minute / 60).padded(to: 2)):\((minute % 60).padded(to: 2))"
  }

  private static func words(_ measure: Touch.Measure) -> String {
    let value = measure.value.map { decimal($0, 2) } ?? "no value"
    return value + (measure.refusal.map { " (\($0.rawValue))" } ?? "")
  }

  private static func words(_ value: DerivedValue?) -> String {
    guard let value else { return "no value" }
    let reason = value.reason.map { ": " + $0 } ?? ""
    return decimal(value.value, 2)
      + (value.quality == .ok && reason.isEmpty ? "" : " (\(value.quality.rawValue)\(reason))")
  }

  private static func words(_ content: AirContent, _ index: Int) -> String {
    let value = content.values[index].map { decimal($0, 2) } ?? "no value"
    return value + (content.words[index].map { " (\($0))" } ?? "")
  }
}

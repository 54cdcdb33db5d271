import Readings
import Store
import Wording

/// How regularly a person taps in one half of the day, until a date.
struct Regularity: Hashable {
  /// The days that are looked at for what is missing.
  static let daysOfGaps = 30
  /// The days that are looked at for how long it has gone on.
  static let daysOfStreak = 366

  var person: Person
  var slot: Slot
  var date: LocalDate
  /// Whether there is a tap on the date itself.
  var isTapped: Bool
  /// Days in a row with a tap, to the date or, where that has none, to the day before.
  var streak: Int
  /// Days without a tap of the last thirty before the date, since the first tap.
  var missing: [LocalDate]

  /// - Parameters:
  ///   - tapped: The days with a tap, of the year before the date and of the date itself.
  ///   - slot: The half of the day.
  ///   - person: Whose.
  ///   - date: Until when.
  init(_ tapped: Set<LocalDate>, _ slot: Slot, of person: Person, until date: LocalDate) {
    (self.person, self.slot, self.date) = (person, slot, date)
    isTapped = tapped.contains(date)
    var day = isTapped ? date : date - 1
    streak = 0
    while tapped.contains(day) {
      streak += 1
      day = day - 1
    }
    let first = tapped.min() ?? date
    missing = (1...Self.daysOfGaps).reversed().map { date - $0 }
      .filter { first < $0 && !tapped.contains($0) }
  }

  /// Whether the person still taps in this half of the day.
  var isKept: Bool { streak > 0 || missing.count < Self.daysOfGaps && !missing.isEmpty }

  /// `10 evenings in a row until yesterday; missing of the last 30: 11-02, 11-09`; nil where there is
  /// nothing to say yet.
  var words: String? {
    guard streak > 1 || !missing.isEmpty else { return nil }
    let year = streak >= Self.daysOfStreak ? "more than a year of \(slot.rawValue)s" : nil
    let row = year ?? counted(streak, slot.rawValue)
    let until = isTapped || streak == 0 ? "" : " until the day before"
    let days = missing.map(\.short).joined(separator: ", ")
    let gaps = missing.isEmpty ? "" : "; missing of the last \(Self.daysOfGaps): \(days)"
    return "\(row) in a row\(until)\(gaps)"
  }

  var json: JSON {
    [
      "person": .text(person.rawValue), "slot": .text(slot.rawValue), "tapped": JSON(isTapped),
      "in_a_row": JSON(streak), "missing": .list(missing.map { .text($0.description) }),
    ]
  }
}

extension [Regularity] {
  /// Everybody's who tapped in the year before a date, by person and slot.
  init(_ slots: [(person: Person, key: SlotKey)], until date: LocalDate) {
    let people = Set(slots.map(\.person)).sorted { $0.rawValue < $1.rawValue }
    self = people.flatMap { person in
      Slot.allCases.map { slot in
        let own = slots.filter { $0.person == person && $0.key.slot == slot }
        return Regularity(Set(own.map(\.key.date)), slot, of: person, until: date)
      }
    }
  }
}

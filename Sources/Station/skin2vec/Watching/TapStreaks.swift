import Readings

/// How regularly a person taps: what goes on in a row, and what was missed.
struct TapStreaks {
  /// The slots of the person that have a tap that counts.
  let taps: Set<SlotKey>
  /// The slot that is going on.
  let present: SlotKey

  /// Slots in a row up to the last, the present one only where it has its tap already.
  func streak(of slot: Slot) -> Int {
    var date = last(slot)
    if slot == present.slot, taps.contains(present) { date = present.date }
    var count = 0
    while taps.contains(SlotKey(date: date - count, slot: slot)) { count += 1 }
    return count
  }

  /// The slots without a tap among the last seven that are over, counted from the first tap ever.
  func missed(of slot: Slot) -> Int {
    guard let first = taps.min()?.date else { return 0 }
    let last = last(slot)
    return (0..<7).count { age in
      let date = last - age
      return date >= first && !taps.contains(SlotKey(date: date, slot: slot))
    }
  }

  /// The date of the last slot of a kind that is over.
  private func last(_ slot: Slot) -> LocalDate {
    SlotKey(date: present.date, slot: slot) < present ? present.date : present.date - 1
  }

  /// `12 evenings in a row; morning: 2 missed this week`, or nil where there is nothing to say.
  var words: String? {
    let words = [Slot.morning, .evening].compactMap { slot -> String? in
      let (missed, streak) = (missed(of: slot), streak(of: slot))
      if streak >= 2 {
        let row = "\(streak) \(slot.rawValue)s in a row"
        return missed > 0 ? "\(row), \(missed) missed in the week before" : row
      }
      return missed > 0 ? "\(slot.rawValue): \(missed) missed this week" : nil
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}

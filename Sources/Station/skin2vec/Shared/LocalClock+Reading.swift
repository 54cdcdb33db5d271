import Readings
import Settings
import Wording

extension LocalClock {
  /// How long ago a moment was: `12 s ago`.
  func age(of moment: Timestamp) -> String {
    moment > now ? "ahead of the clock" : spanInWords((now - moment) / .seconds(1)) + " ago"
  }

  /// When a date of the plan begins, and when the next does.
  func bounds(of date: LocalDate) -> (start: Timestamp, end: Timestamp) {
    (
      plan.start(of: SlotKey(date: date, slot: .morning)),
      plan.start(of: SlotKey(date: date + 1, slot: .morning))
    )
  }
}

// Reading.
extension LocalClock {
  /// A moment as people give it.
  ///
  /// `now`, `today` and `yesterday` (midnight, or with a time behind), a time of today (`21:30`), a
  /// date (its midnight), date and time, or how long ago (`2 h`, `3 d`).
  func moment(_ text: String) throws(Failure) -> Timestamp {
    if text == "now" { return now }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "T" }).map { String($0) }
    if let day = words.first.flatMap({ date($0) }), words.count <= 2 {
      guard let clock = words.dropFirst().first else {
        return plan.zone.timestamp(date: day, minute: 0)
      }
      if let moment = moment(day, clock) { return moment }
    }
    if words.count == 1, let moment = moment(plan.local(now).date, text) { return moment }
    let century = Duration.seconds(36_525 * 86_400)
    // The words of this failure would speak of durations only.
    if let span = try? Format.duration(in: .zero...century).read(text) { return now - span }
    throw Failure(
      .usage, "`\(text.printable)` is not a time",
      hint: "write today, yesterday, 21:30, 2026-11-20, 2026-11-20T22:00 or, for ago, 2 h or 3 d")
  }

  private func date(_ word: String) -> LocalDate? {
    switch word {
    case "today": plan.local(now).date
    case "yesterday": plan.local(now).date - 1
    default: LocalDate(word)
    }
  }

  /// A time of day, with or without seconds, on a date.
  private func moment(_ date: LocalDate, _ text: String) -> Timestamp? {
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    let isPlain = fields.allSatisfy { $0.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }
    let numbers = fields.compactMap { Int($0) }
    guard isPlain, (2...3).contains(numbers.count), numbers[0] < 24,
      numbers.dropFirst().allSatisfy({ $0 < 60 })
    else { return nil }
    let start = plan.zone.timestamp(date: date, minute: numbers[0] * 60 + numbers[1])
    return start + .seconds(numbers.count == 3 ? numbers[2] : 0)
  }

  /// A local date: `today`, `yesterday` or `2026-11-20`; today is the day of the plan.
  func day(_ text: String) throws(Failure) -> LocalDate {
    switch text {
    case "today": return today
    case "yesterday": return today - 1
    default:
      if let date = LocalDate(text) { return date }
      throw Failure(
        .usage, "`\(text.printable)` is not a date", hint: "write today, yesterday or 2026-11-20")
    }
  }
}

/// The rule at the end of a zoneinfo file, for all years after its table: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1-2017, section 8.3, with the extension of RFC 9636 (times from −167 to 167 hours).
struct POSIXZone: Hashable, Sendable {
  /// When daylight saving begins or ends, every year.
  struct Change: Hashable, Sendable {
    enum Day: Hashable, Sendable {
      /// Day 1 to 365, 29 February never counted.
      case julian(Int)
      /// Day 0 to 365, 29 February counted.
      case ordinal(Int)
      /// Weekday (0 is Sunday) of week 1 to 5 (5 is the last) of a month.
      case weekday(month: Int, week: Int, weekday: Int)
    }
    var day: Day
    /// Seconds after local midnight; default 02:00.
    var seconds: Int
  }

  var standardOffset: Int
  var daylight: (offset: Int, begins: Change, ends: Change)?

  static func == (a: POSIXZone, b: POSIXZone) -> Bool {
    a.standardOffset == b.standardOffset && a.daylight?.offset == b.daylight?.offset
      && a.daylight?.begins == b.daylight?.begins && a.daylight?.ends == b.daylight?.ends
  }

  func hash(into hasher: inout Hasher) { hasher.combine(standardOffset) }

  /// The offset from UTC in seconds at a moment in seconds since 1970.
  func offset(at time: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let days = (time + Int64(standardOffset)).flooringDivision(by: 86_400)
    let year = LocalDate(daysSince1970: Int(days)).civil.year
    let begins = daylight.begins.moment(in: year) - Int64(standardOffset)
    let ends = daylight.ends.moment(in: year) - Int64(daylight.offset)
    let isDaylight =
      begins < ends ? begins <= time && time < ends : !(ends <= time && time < begins)
    return isDaylight ? daylight.offset : standardOffset
  }
}

extension POSIXZone.Change {
  /// The local moment of the change in a year, in seconds since 1970 as if local time were UTC.
  func moment(in year: Int) -> Int64 {
    let january = LocalDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0
    return Int64(january + dayOfYear(in: year, january: january)) * 86_400 + Int64(seconds)
  }

  /// The day's number in the year, from 0.
  private func dayOfYear(in year: Int, january: Int) -> Int {
    switch day {
    case .ordinal(let number): return number
    case .julian(let number):
      let isLeap = LocalDate(year: year, month: 2, day: 29) != nil
      return isLeap && number >= 60 ? number : number - 1
    case .weekday(let month, let week, let weekday):
      let first = LocalDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
      // 1970-01-01 was a Thursday, day 4 of a week that begins on Sunday.
      let shift = (weekday - (first + 4) % 7 + 7) % 7
      var date = first + shift + (week - 1) * 7
      if LocalDate(daysSince1970: date).civil.month != month { date -= 7 }
      return date - january
    }
  }
}

extension POSIXZone {
  /// Offsets that a place on earth may have, in seconds (RFC 9636, section 3.2).
  static let offsets = -89_999...93_599

  /// Reads the rule, or nil where it is empty or not of the form.
  init?(_ text: String) {
    var rest = Substring(text)
    guard rest.dropZoneName(), let west = rest.takeTime(), Self.offsets.contains(-west) else {
      return nil
    }
    standardOffset = -west
    guard !rest.isEmpty else { return }
    guard rest.dropZoneName() else { return nil }
    var offset = standardOffset + 3600
    if rest.first != "," {
      guard let west = rest.takeTime() else { return nil }
      offset = -west
    }
    guard Self.offsets.contains(offset) else { return nil }
    guard let begins = rest.takeChange(), let ends = rest.takeChange(), rest.isEmpty else {
      return nil
    }
    daylight = (offset, begins, ends)
  }
}

extension Substring {
  /// Drops `CET` or `<+0530>`; false where there is no name.
  fileprivate mutating func dropZoneName() -> Bool {
    if first == "<" {
      guard let end = firstIndex(of: ">") else { return false }
      self = self[index(after: end)...]
      return true
    }
    let name = prefix { $0.isLetter }
    self = dropFirst(name.count)
    return name.count >= 3
  }

  /// Takes `[+-]h[h][h][:mm[:ss]]`, up to 167 hours, and gives seconds.
  fileprivate mutating func takeTime() -> Int? {
    var sign = 1
    if first == "-" || first == "+" { sign = removeFirst() == "-" ? -1 : 1 }
    guard let hours = takeNumber(), hours <= 167 else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where first == ":" {
      removeFirst()
      guard let number = takeNumber(), number < 60 else { return nil }
      seconds += number * unit
    }
    return sign * seconds
  }

  fileprivate mutating func takeNumber() -> Int? {
    let digits = prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 4 else { return nil }
    self = dropFirst(digits.count)
    return Int(digits)
  }

  /// Takes `,M3.5.0/2`, `,J60` or `,59`.
  fileprivate mutating func takeChange() -> POSIXZone.Change? {
    guard popFirst() == ",", let day = takeDay() else { return nil }
    guard first == "/" else { return POSIXZone.Change(day: day, seconds: 7200) }
    removeFirst()
    return takeTime().map { POSIXZone.Change(day: day, seconds: $0) }
  }

  private mutating func takeDay() -> POSIXZone.Change.Day? {
    switch first {
    case "J":
      removeFirst()
      return takeNumber().flatMap { (1...365).contains($0) ? .julian($0) : nil }
    case "M":
      removeFirst()
      guard let month = takeNumber(), popFirst() == ".", let week = takeNumber(),
        popFirst() == ".", let weekday = takeNumber(), (1...12).contains(month),
        (1...5).contains(week), (0...6).contains(weekday)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    default:
      return takeNumber().flatMap { (0...365).contains($0) ? .ordinal($0) : nil }
    }
  }
}

import GRDB
import Readings

/// Goes once through the samples of the air in order of time, and works out everything that comes of
/// them: what is said of each, hours, days, and the air of slots.
struct AirPass {
  private let writer: DiaryWriter
  /// From when on values are worked out; before it they are only remembered and added up.
  private let begins: [Int64]
  /// The first sample looked at.
  private let start: Int64
  private var windows: SlotWindows
  private var hour: (begin: Int64, tally: AirTally)?
  private var days: [LocalDate: AirRollup] = [:]
  private var day: (date: LocalDate, span: Range<Int64>)?
  private let ledger: ChangeLedger

  /// Prepares a pass.
  ///
  /// - Parameters:
  ///   - from: From when on values are worked out; nil for all of them.
  ///   - windows: The slots whose air is added up.
  ///   - writer: The diary.
  ///   - ledger: Hears of what changes.
  init(from: Int64?, windows: [SlotTaps], in writer: DiaryWriter, _ ledger: ChangeLedger) {
    self.ledger = ledger
    self.writer = writer
    begins = writer.checksBegin.map { max($0, from ?? .min) }
    // Whole days, and the window of every slot that a sample since then is in.
    start = from.map { Self.twoDays(before: $0) } ?? .min
    self.windows = SlotWindows(windows)
  }

  private static func twoDays(before time: Int64) -> Int64 {
    DiaryWriter.hour(of: Timestamp(microseconds: time)) - 48 * microsecondsPerHour
  }

  /// The samples of each slot's window, in the order of the slots given.
  var tallies: [AirTally] { windows.tallies }

  /// Goes through the samples, and writes what is other than before.
  mutating func run(progress: Progress) throws {
    let checkers = try writer.seededCheckers(at: start)
    let bounds = try writer.row("SELECT min(time_utc_us), max(time_utc_us) FROM air")
    let (first, last) = (bounds?[0] as Int64? ?? 0, bounds?[1] as Int64? ?? 0)
    var next = first
    try writer.eachSample(from: start, to: .max) { place, content in
      let old = content
      if checkers[place.part]?.derive(&content, at: place.taken, from: begins) == true {
        try writer.write(content, at: place.filed)
        ledger.note(content, insteadOf: old, at: place)
      }
      try add(content, at: place)
      guard place.filed >= next else { return }
      next = place.filed + (last - first) / 100 + 1
      progress(Double(place.filed - first) / Double(last - first + 1))
    }
    try finishHour()
    try finishDays()
  }

  private mutating func add(_ content: AirContent, at place: AirPlace) throws {
    let usable = content.usable
    windows.add(content.values, usable: usable, at: place.filed)
    guard place.filed < writer.rollupEnd else { return }
    if hour.map({ place.filed - $0.begin >= microsecondsPerHour }) ?? true {
      try finishHour()
      hour = (DiaryWriter.hour(of: Timestamp(microseconds: place.filed)), AirTally())
    }
    hour?.tally.add(content.values, usable: usable)
    let date = date(at: place.filed)
    days[date, default: AirRollup()].tally.add(content.values, usable: usable)
    days[date]?.parts[place.part, default: 0] += 1
  }

  /// The local date of a moment, looked up once a day.
  private mutating func date(at time: Int64) -> LocalDate {
    if let day, day.span.contains(time) { return day.date }
    let date = writer.plans.date(at: Timestamp(microseconds: time))
    let span = writer.plans.spans(of: date).first { $0.contains(time) }
    day = span.map { (date, $0) }
    return date
  }

  private mutating func finishHour() throws {
    guard let (begin, tally) = hour else { return }
    let expected = writer.books.limits.expectedSamples(
      from: begin, to: begin + microsecondsPerHour)
    let changes = try writer.replace(
      AirRollup(tally: tally, expected: expected), in: .hour, at: begin.databaseValue, from: begin)
    ledger.note(changes, in: .hour)
    hour = nil
  }

  private mutating func finishDays() throws {
    for (date, day) in days.sorted(by: { $0.key < $1.key }) {
      let spans = writer.plans.spans(of: date)
      guard let begin = spans.first?.lowerBound, begin >= start else { continue }
      var day = day
      day.expected = spans.map {
        writer.books.limits.expectedSamples(from: $0.lowerBound, to: $0.upperBound)
      }.reduce(ExpectedSamples(), +)
      ledger.note(
        try writer.replace(day, in: .day, at: date.description.databaseValue, from: begin),
        in: .day)
      guard begin >= writer.samplesBegin else { continue }
      ledger.note(try writer.replace(day.parts, on: date), in: .day)
    }
  }
}

/// The windows of slots, each adding up the samples in it, in order of time.
struct SlotWindows {
  private struct Window {
    var start: Int64
    var end: Int64
    /// Its place among those given.
    var index: Int
  }

  private let windows: [Window]
  private(set) var tallies: [AirTally]
  /// The first window that no sample has come to.
  private var next = 0
  private var open: [Window] = []

  init(_ slots: [SlotTaps]) {
    tallies = [AirTally](repeating: AirTally(), count: slots.count)
    windows = slots.enumerated().compactMap { index, slot in
      guard let start = slot.start, let end = slot.reference?.microseconds else { return nil }
      return Window(start: start, end: end, index: index)
    }.sorted { $0.start < $1.start }
  }

  mutating func add(_ values: [Double?], usable: Int64, at time: Int64) {
    while next < windows.count, windows[next].start <= time {
      open.append(windows[next])
      next += 1
    }
    if open.contains(where: { $0.end <= time }) { open.removeAll { $0.end <= time } }
    for window in open { tallies[window.index].add(values, usable: usable) }
  }
}

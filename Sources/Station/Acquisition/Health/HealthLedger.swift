import Bus
import Readings

/// What is counted of each part, hour by hour of the wall clock, until it is written.
struct HealthLedger {
  /// One part's counts in one hour, or in as much of it as one reading of the clock covers.
  struct Page {
    /// By the boot-time clock: which hour it is follows once the wall clock can be trusted.
    var begin: BootInstant
    var counts: PartHealth
  }

  /// The page that a part is counted on, and how far its time has been counted.
  private struct OpenPage {
    var page: Page
    var countedUntil: BootInstant
    var isRunning = false
    var isWarming = false

    init(_ part: String, at time: BootInstant) {
      page = Page(begin: time, counts: PartHealth(part: part, hour: Timestamp(microseconds: 0)))
      countedUntil = time
    }

    mutating func countTime(until time: BootInstant) {
      let seconds = max(0, countedUntil.duration(to: time).inSeconds)
      if isRunning { page.counts.uptimeSeconds += seconds }
      if isRunning, isWarming { page.counts.warmUpSeconds += seconds }
      countedUntil = max(countedUntil, time)
    }

    /// Ends the page and begins the next; gives the one that ended.
    mutating func turn(at time: BootInstant) -> Page {
      countTime(until: time)
      let ended = page
      page = Page(
        begin: time, counts: PartHealth(part: ended.counts.part, hour: ended.counts.hour))
      return ended
    }
  }

  private var open: [String: OpenPage] = [:]
  private var closed: [Page] = []

  /// Notes something about a part in the present hour.
  mutating func count(
    _ part: String, at reading: ClockReading, _ body: (inout PartHealth) -> Void
  ) {
    change(part, at: reading) { body(&$0.page.counts) }
  }

  /// From now on the part runs, or does not; its values count, or do not yet.
  mutating func note(
    _ part: String, isRunning: Bool? = nil, isWarming: Bool? = nil, at reading: ClockReading
  ) {
    change(part, at: reading) { page in
      page.isRunning = isRunning ?? page.isRunning
      page.isWarming = isWarming ?? page.isWarming
    }
  }

  /// The pages of the hours that are over, or all of them; they are the caller's from then on.
  mutating func take(all: Bool, at reading: ClockReading) -> [Page] {
    for part in open.keys.sorted() {
      change(part, at: reading) { _ in }
      guard all, var page = open[part] else { continue }
      closed.append(page.turn(at: reading.boot))
      open[part] = page
    }
    defer { closed = [] }
    return closed.filter { !$0.counts.isEmpty }
  }

  /// Takes back pages that could not be written.
  mutating func takeBack(_ pages: [Page]) { closed = pages + closed }

  private mutating func change(
    _ part: String, at reading: ClockReading, _ body: (inout OpenPage) -> Void
  ) {
    var page = open[part] ?? OpenPage(part, at: reading.boot)
    // By the clock as it stands now, for both ends: a step of it makes no hours.
    while case let hour = reading.hour(of: page.page.begin), hour < reading.hour(of: reading.boot) {
      closed.append(page.turn(at: reading.instant(ofHour: hour + 1)))
    }
    page.countTime(until: reading.boot)
    body(&page)
    open[part] = page
  }
}

extension PartHealth {
  /// Whether nothing was counted.
  fileprivate var isEmpty: Bool {
    self == PartHealth(part: part, hour: hour)
  }
}

extension ClockReading {
  private static var hour: Int64 { 3_600_000_000 }

  /// The hour since 1970 in which a moment of this boot lies.
  fileprivate func hour(of instant: BootInstant) -> Int64 {
    (utcMicroseconds - boot.microseconds + instant.microseconds).flooringDivision(by: Self.hour)
  }

  /// When an hour begins, by the boot-time clock.
  fileprivate func instant(ofHour hour: Int64) -> BootInstant {
    BootInstant(
      sinceBoot: .microseconds(hour * Self.hour - utcMicroseconds + boot.microseconds))
  }
}

import Bus
package import Readings

/// How long the air is gathered before it is written, so that a day's limit is kept.
package struct WriteBudget: Sendable {
  /// Bytes a local day, or nil for no limit.
  package var limit: Int64?
  /// From one batch to the next where nothing presses.
  package var basePeriod: Duration
  /// The longest time that air is gathered: what a power cut may cost at most.
  package static let longestPeriod = Duration.seconds(3600)
  /// Batches from which it can be told what one costs: a checkpoint of the diary's log comes only now
  /// and then, and is most of it.
  private static let fewestBatches = 6

  /// The present day's batches, and what was written since the first of them.
  private var date: LocalDate?
  private var batches = 0
  private var bytesAtFirst: Int64 = 0
  /// The day on which it was said that the limit cannot be kept.
  private var told: LocalDate?

  package init(limit: Int64?, basePeriod: Duration) {
    self.limit = limit
    self.basePeriod = basePeriod
  }

  /// What follows from a batch.
  package struct Answer: Hashable, Sendable {
    /// How long to gather until the next.
    package var period: Duration
    /// Whether the limit cannot be kept, and nobody was told today.
    package var isTooMuch: Bool
  }

  /// A batch was written.
  ///
  /// - Parameters:
  ///   - written: Bytes of the day by now.
  ///   - date: The day.
  ///   - remaining: What is left of it.
  /// - Returns: How to go on.
  package mutating func noteBatch(
    written: Int64, on date: LocalDate, remaining: Duration
  ) -> Answer {
    if date != self.date {
      self.date = date
      (batches, bytesAtFirst) = (0, written)
    }
    batches += 1
    guard let limit, batches > Self.fewestBatches else {
      return Answer(period: basePeriod, isTooMuch: false)
    }
    let cost = Double(written - bytesAtFirst) / Double(batches - 1)
    let room = Double(limit - written)
    // As many batches as there is room for, spread over what is left of the day.
    let needed = room > 0 ? remaining.inSeconds * cost / room : .infinity
    let longest = max(Self.longestPeriod, basePeriod)
    let isTooMuch = needed > longest.inSeconds && told != date
    if isTooMuch { told = date }
    let period = min(max(needed, basePeriod.inSeconds), longest.inSeconds)
    return Answer(period: .milliseconds(Int64(period * 1000)), isTooMuch: isTooMuch)
  }
}

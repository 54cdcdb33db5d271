import Bus
import Readings
import Synchronization

// What goes into the diary, a row a part and hour.
extension Health {
  /// The counts of the hours that are over, or of all hours, under the names those hours have now.
  ///
  /// While nobody vouches for the clock they wait, a day at most: a row of an hour cannot be
  /// re-stamped.
  ///
  /// - Parameters:
  ///   - all: Whether the present hour is among them, as before a stop.
  ///   - keeper: Names the hours.
  /// - Returns: The pages, and the rows they make.
  func takeHours(all: Bool, by keeper: TimeKeeper) -> (
    pages: [HealthLedger.Page], rows: [PartHealth]
  ) {
    let reading = clock.reading()
    var pages = state.withLock { $0.ledger.take(all: all, at: reading) }
    if !all, !keeper.isTrusted {
      let waiting = pages.filter { $0.begin.duration(to: reading.boot) < .seconds(86_400) }
      giveBack(waiting)
      pages.removeAll { $0.begin.duration(to: reading.boot) < .seconds(86_400) }
    }
    let rows = pages.map { page in
      var counts = page.counts
      let hour = keeper.stamp(at: page.begin).utc.seconds.flooringDivision(by: 3600)
      counts.hour = .seconds(hour * 3600)
      return counts
    }
    return (pages, rows)
  }

  /// Takes back what could not be written.
  func giveBack(_ pages: [HealthLedger.Page]) {
    state.withLock { $0.ledger.takeBack(pages) }
  }
}

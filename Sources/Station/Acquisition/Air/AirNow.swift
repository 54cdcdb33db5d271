package import Bus
package import Readings
import Synchronization

/// What the air is like at the moment, channel by channel, with the reason where it is not known.
package final class AirNow: Sendable {
  private struct Entry {
    var reading: AirReading
    var time: BootInstant
  }

  private let entries = Mutex<[Channel: Entry]>([:])
  private let staleAfter: Duration

  /// Creates it empty.
  ///
  /// - Parameter staleAfter: How old a value may be before it is no longer the present.
  package init(staleAfter: Duration) { self.staleAfter = staleAfter }

  package func update(_ readings: [AirReading], at time: BootInstant) {
    entries.withLock { entries in
      for reading in readings { entries[reading.channel] = Entry(reading: reading, time: time) }
    }
  }

  /// Every channel that some part offers, as of a moment.
  package func readings(at now: BootInstant) -> [Channel: AirReading] {
    entries.withLock { entries in
      var result: [Channel: AirReading] = [:]
      for (channel, entry) in entries {
        let isStale = entry.time.duration(to: now) > staleAfter
        result[channel] = isStale ? AirReading(channel, .absent(.stale)) : entry.reading
      }
      return result
    }
  }
}

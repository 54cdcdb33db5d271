import Readings

/// Mean, least and greatest of the valid values of each channel of the air over some samples.
struct AirTally {
  /// One channel's part.
  struct Entry {
    var sum = 0.0
    var least = Double.infinity
    var greatest = -Double.infinity
    var count = 0

    var mean: Double { sum / Double(count) }
  }

  /// By the order of `AirColumn.all`.
  private(set) var entries = [Entry](repeating: Entry(), count: AirColumn.count)

  mutating func add(_ value: Double, to index: Int) {
    entries[index].sum += value
    entries[index].least = Swift.min(entries[index].least, value)
    entries[index].greatest = Swift.max(entries[index].greatest, value)
    entries[index].count += 1
  }

  /// Adds those of a sample's values that may be used.
  mutating func add(_ values: [Double?], usable: Int64) {
    for index in 0..<AirColumn.count where usable & 1 << Int64(index) != 0 {
      if let value = values[index] { add(value, to: index) }
    }
  }

  /// The channels that had a valid value.
  var measured: [(channel: Channel, entry: Entry)] {
    zip(AirColumn.all, entries).compactMap { $1.count > 0 ? ($0.channel, $1) : nil }
  }
}

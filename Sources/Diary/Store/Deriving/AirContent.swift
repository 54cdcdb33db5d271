import Readings

/// What a row of the table `air` says of its channels, by the order of `AirColumn.all`.
struct AirContent {
  /// A bit for each channel that the part offers.
  var offered: Int64 = 0
  /// Nil for a channel without a value.
  var values = [Double?](repeating: nil, count: AirColumn.count)
  /// What the part said, before any correction; nil where it said nothing that is kept.
  var said = [Double?](repeating: nil, count: AirColumn.count)
  /// What `flags` says; nil where all is well.
  var words = [String?](repeating: nil, count: AirColumn.count)

  /// A row's content before it is read.
  init() {}

  init(_ sample: AirSample) {
    for reading in sample.readings {
      guard let column = AirColumn.by[reading.channel] else {
        preconditionFailure("\(reading.channel.rawValue) is no channel of the air")
      }
      offered |= column.mask
      note(reading, at: column.bit)
    }
  }

  private mutating func note(_ reading: AirReading, at index: Int) {
    said[index] = reading.asSaid.flatMap { $0.isFinite ? $0 : nil }
    switch reading.state {
    case .absent(let absence): words[index] = absence.rawValue
    // SQLite would keep NaN as a null without a reason.
    case .value(let value, _, _) where !value.isFinite:
      words[index] = Absence.outOfRange.rawValue
    case .value(let value, let quality, let reason):
      values[index] = value
      words[index] = quality == .ok ? nil : AirFlags.word(quality, reason)
    }
  }

  /// Whether a channel's value is worked out from what the part said, rather than a fact.
  ///
  /// That a part was warming or stale is a fact, and stays, whatever it said.
  func isDerived(_ index: Int) -> Bool {
    values[index] != nil || words[index] == Absence.outOfRange.rawValue && said[index] != nil
  }

  /// What a sample says of itself that no check can take back: its fan was being cleaned.
  private static let fact = AirFlags.word(.suspect, "fan_cleaning")

  /// Takes over what a check found.
  mutating func take(
    _ found: (value: Double?, quality: Quality, reason: String?), at index: Int
  ) {
    values[index] = found.value
    if found.value != nil, found.quality != .bad, words[index] == Self.fact { return }
    words[index] =
      found.value == nil
      ? Absence.outOfRange.rawValue
      : found.quality == .ok ? nil : AirFlags.word(found.quality, found.reason)
  }

  /// As the column `flags` has it: nil where every channel is well.
  var flags: String? {
    var flags = AirFlags()
    for column in AirColumn.all {
      if let word = words[column.bit] { flags.note(column.channel, word) }
    }
    return flags.text
  }

  /// As the column `raw` has it: what the part said, where that is not the value.
  var raw: String? {
    var raw = AirFlags()
    for column in AirColumn.all {
      guard let number = said[column.bit], number != values[column.bit] else { continue }
      raw.note(column.channel, number: number)
    }
    return raw.text
  }

  /// A bit for each channel with a value that may be used.
  var usable: Int64 {
    var mask: Int64 = 0
    for column in AirColumn.all where values[column.bit] != nil && words[column.bit] == nil {
      mask |= column.mask
    }
    return mask
  }
}

extension AirContent {
  /// Reads what the columns `flags` and `raw` say, once the values are there.
  mutating func read(flags: String?, raw: String?) {
    for index in 0..<AirColumn.count {
      words[index] = nil
      said[index] = values[index]
    }
    for member in flags.map({ AirFlags.members(of: $0) }) ?? [] {
      if let column = AirColumn.by[member.channel] { words[column.bit] = String(member.word) }
    }
    for member in raw.map({ AirFlags.members(of: $0) }) ?? [] {
      if let column = AirColumn.by[member.channel] { said[column.bit] = Double(member.word) }
    }
  }
}

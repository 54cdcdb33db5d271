package import Readings

/// Samples of the air from elsewhere, by the thousand: numbers in one array, nothing an object.
package struct AirRows: Sendable {
  /// One sample: all that one part said at one moment.
  package struct Row: Sendable {
    /// The line it is on; the first one where it takes several.
    package var line: Int
    package var time: Int64
    /// Its place in `parts`.
    package var part: Int
    package var clock: ClockTrust
    /// By bit: the channels the line speaks of, with a value or without.
    package var offered: Int64 = 0
    /// By bit: the channels with a value.
    package var present: Int64 = 0

    package init(line: Int, time: Int64, part: Int, clock: ClockTrust) {
      self.line = line
      self.time = time
      self.part = part
      self.clock = clock
    }
  }

  /// What is to be said of a channel of a row besides its value.
  package struct Note: Hashable, Sendable {
    package var bit: Int
    /// As `flags` has it: an absence, or a quality and its reason.
    package var word: String?
    package var raw: Double?

    package init(bit: Int, word: String?, raw: Double?) {
      self.bit = bit
      self.word = word
      self.raw = raw
    }
  }

  package var parts: [String] = []
  package var rows: [Row] = []
  /// `channels.count` for each row; those not present have no meaning.
  package var values: [Double] = []
  /// By the row's place, for the few rows that have any.
  package var notes: [Int: [Note]] = [:]
  /// In the long form, where each channel has a line of its own: as `values`; otherwise empty.
  package var lines: [Int] = []

  package init() {}

  /// The channels in the order of their bits and of `values`.
  package static let channels = AirColumn.all.map(\.channel)
  /// The names of their columns, which end in the unit.
  package static let columnNames = AirColumn.all.map(\.name)

  /// A word of `flags` for a channel without a value.
  package static func word(_ absence: Absence) -> String { absence.rawValue }

  /// A word of `flags` for a value that is not well.
  package static func word(_ quality: Quality, reason: String?) -> String {
    quality.rawValue + (reason.map { ":" + $0 } ?? "")
  }

  /// A row with one of its channels only.
  func only(_ bit: Int, of index: Int) -> Row {
    var row = rows[index]
    let mask = Int64(1) << Int64(bit)
    row.offered &= mask
    row.present &= mask
    row.line = lines.isEmpty ? row.line : lines[index * Self.channels.count + bit]
    return row
  }
}

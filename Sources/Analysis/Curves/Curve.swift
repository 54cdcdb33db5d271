package import Readings

/// A place on the grid that all curves share: two readings a day, the morning's and the evening's.
///
/// `2 · day + 0` is a morning, `2 · day + 1` the evening of the same local date.
package enum Grid {
  /// Readings a day.
  package static let perDay = 2

  /// The place of a slot of the day `day` after the history's first.
  package static func index(day: Int, slot: Slot) -> Int {
    day * perDay + (slot == .morning ? 0 : 1)
  }

  /// The day of a place.
  package static func day(_ index: Int) -> Int { index / perDay }

  /// The slot of a place.
  package static func slot(_ index: Int) -> Slot { index.isMultiple(of: 2) ? .morning : .evening }
}

/// One outcome of one person over the days: a skin channel at a site, or a score.
package struct Curve: Sendable {
  /// `skin.moisture`, or `score.oil`.
  package var channel: String
  /// The channel's unit; empty for an index.
  package var unit: String
  /// Where on the skin; nil for a score.
  package var site: String?
  /// Repeatability of the channel, in its unit: differences below it mean nothing.
  package var floor: Double
  /// One value a place of the grid, in the channel's unit; nil where there is none of good quality.
  package var values: [Double?]
  /// The epoch each value belongs to; places with values of several epochs are never compared.
  package var epochs: [Int]

  package init(
    channel: String, unit: String = "", site: String? = nil, floor: Double = 0,
    values: [Double?], epochs: [Int]? = nil
  ) {
    self.channel = channel
    self.unit = unit
    self.site = site
    self.floor = floor
    self.values = values
    self.epochs = epochs ?? Array(repeating: 1, count: values.count)
  }

  /// Channel and site, as a person reads them: `skin.moisture at cheek`.
  package var name: String { site.map { "\(channel) at \($0)" } ?? channel }

  /// The same in Chinese: `皮肤水分（cheek）`.
  package var chineseName: String { Spoken.outcome(name, in: .simplifiedChinese) }

  /// How many places have a value.
  package var count: Int { values.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }
}

/// The doses of one kind of event.
package struct EventCurve: Sendable {
  /// `late_night`, or the person's own word.
  package var kind: String
  /// The summed weights of the events in each place of the grid; 0 where nothing was tagged.
  package var doses: [Double]

  package init(kind: String, doses: [Double]) {
    self.kind = kind
    self.doses = doses
  }

  /// How many places have a dose.
  package var count: Int { doses.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }
}

/// One channel of the air.
package struct AirCurve: Sendable {
  /// `air.humidity`.
  package var channel: String
  /// `%RH`, `°C`, `µg/m³`.
  package var unit: String
  /// The slot's value of the air, the mean of the 12 hours before the tap, at each place of the grid.
  package var values: [Double?]

  package init(channel: String, unit: String, values: [Double?]) {
    self.channel = channel
    self.unit = unit
    self.values = values
  }
}

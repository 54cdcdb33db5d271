/// What is planted in a made-up person; written beside their diary as JSON, for who judges an analysis.
///
/// Effects are in the person's own SD: that of a day's reading without any of them.
package struct SubjectPlan: Hashable, Sendable, Codable {
  package var days: Int
  /// Correlation of the wandering part over a day.
  package var autocorrelation: Double
  /// The wandering part's share of the variance; the rest is noise of each reading.
  package var autoregressiveShare: Double
  /// Share of readings that are missing.
  package var missing: Double
  /// Whether a bad day, or one after an event, is more often missing.
  package var isMissingInformative: Bool
  /// Half the distance between the best and the worst season.
  package var seasonAmplitude: Double
  /// How much better weekdays are than weekends.
  package var weekday: Double
  /// Evening minus morning.
  package var slotOffset: Double
  package var channels: [PlantedChannel]
  package var events: [PlantedEvent]
  package var bell: PlantedBell?
  package var changes: [PlantedChange]
  /// Whether the air is measured.
  package var hasAir: Bool

  package init(
    days: Int, autocorrelation: Double = 0.5, autoregressiveShare: Double = 0.6,
    missing: Double = 0.15, isMissingInformative: Bool = false, seasonAmplitude: Double = 0.7,
    weekday: Double = 0.2, slotOffset: Double = 0.5,
    channels: [PlantedChannel] = [.moisture], events: [PlantedEvent] = [],
    bell: PlantedBell? = nil, changes: [PlantedChange] = [], hasAir: Bool = true
  ) {
    self.days = days
    self.autocorrelation = autocorrelation
    self.autoregressiveShare = autoregressiveShare
    self.missing = missing
    self.isMissingInformative = isMissingInformative
    self.seasonAmplitude = seasonAmplitude
    self.weekday = weekday
    self.slotOffset = slotOffset
    self.channels = channels
    self.events = events
    self.bell = bell
    self.changes = changes
    self.hasAir = hasAir
  }
}

/// One measured outcome.
package struct PlantedChannel: Hashable, Sendable, Codable {
  package var channel: String
  package var unit: String
  package var site: String?
  package var mean: Double
  /// The person's own SD, in the channel's unit.
  package var deviation: Double
  /// The channel's repeatability, in its unit.
  package var floor: Double

  package init(
    channel: String, unit: String, site: String?, mean: Double, deviation: Double, floor: Double
  ) {
    self.channel = channel
    self.unit = unit
    self.site = site
    self.mean = mean
    self.deviation = deviation
    self.floor = floor
  }

  package static let moisture = PlantedChannel(
    channel: "skin.moisture", unit: "", site: "cheek", mean: 50, deviation: 5, floor: 2)
  package static let sebum = PlantedChannel(
    channel: "skin.sebum", unit: "", site: "cheek", mean: 60, deviation: 9, floor: 3)
  package static let temperature = PlantedChannel(
    channel: "skin.temperature", unit: "°C", site: "cheek", mean: 33, deviation: 0.6, floor: 0.2)
}

/// An event, and what it does to every channel that it is planted in.
package struct PlantedEvent: Hashable, Sendable, Codable {
  package var kind: String
  package var perYear: Double
  /// At its strongest, in the person's own SD, for a whole dose; 0 for no effect.
  package var peak: Double
  package var delayDays: Double
  /// In so many days after the delay it falls to 1/e.
  package var tauDays: Double
  /// The channel that it acts on; nil: each.
  package var channel: String?
  /// The share of half doses; the others are whole.
  package var halfDoses: Double

  package init(
    kind: String, perYear: Double = 55, peak: Double, delayDays: Double = 1, tauDays: Double = 2,
    channel: String? = nil, halfDoses: Double = 0
  ) {
    self.kind = kind
    self.halfDoses = halfDoses
    self.perYear = perYear
    self.peak = peak
    self.delayDays = delayDays
    self.tauDays = tauDays
    self.channel = channel
  }
}

/// The humidity a skin likes best.
package struct PlantedBell: Hashable, Sendable, Codable {
  /// %RH.
  package var optimum: Double
  /// What is lost ten %RH away from it, in the person's own SD.
  package var curvature: Double
  /// By how much the optimum moves for one SD more of PM2.5, in %RH.
  package var shift: Double

  package init(optimum: Double = 55, curvature: Double = 0.15, shift: Double = 0) {
    self.optimum = optimum
    self.curvature = curvature
    self.shift = shift
  }
}

/// A change for good.
package struct PlantedChange: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable { case shift, drift, deviceJump }

  package var kind: Kind
  /// The day it begins, after the first.
  package var day: Int
  /// In the end, in the person's own SD.
  package var size: Double
  /// How long a drift takes.
  package var overDays: Int
  /// The channel; nil: each.
  package var channel: String?

  package init(kind: Kind, day: Int, size: Double, overDays: Int = 0, channel: String? = nil) {
    self.kind = kind
    self.day = day
    self.size = size
    self.overDays = overDays
    self.channel = channel
  }

  /// What it adds on a day.
  package func amount(day: Int) -> Double {
    guard day >= self.day else { return 0 }
    guard kind == .drift, overDays > 0 else { return size }
    return size * min(1, Double(day - self.day) / Double(overDays))
  }
}

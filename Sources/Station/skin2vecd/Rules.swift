import Acquisition
import Quantities
import Readings
import Settings

// How the settings' words become the diary's.

extension Limits {
  /// What the settings check readings against.
  init(_ settings: Settings) {
    let checks = settings.checks
    let periods = settings.ownAirPeriods
    self.init(
      air: Dictionary(
        uniqueKeysWithValues: checks.air.compactMap { name, air in
          Channel(name).map { ($0, Limits.Air(air, every: periods[name])) }
        }),
      airPeriodSeconds: settings.air.every / .seconds(1), touch: Touch(settings.tap, checks),
      skin: Self.spans(checks.skin), session: Session(checks))
  }

  fileprivate static func spans(
    _ ranges: [Settings.ChannelName: ClosedRange<Double>]
  ) -> [Channel: Span] {
    Dictionary(
      uniqueKeysWithValues: ranges.compactMap { name, range in
        Channel(name).map { ($0, Span(range)) }
      })
  }
}

extension Limits.Air {
  fileprivate init(_ air: Settings.Checks.AirChannel, every period: Duration?) {
    self.init(
      range: air.range, step: air.step, flatSeconds: air.flat.map { $0 / .seconds(1) },
      settled: air.settled, periodSeconds: period.map { $0 / .seconds(1) })
  }
}

extension Limits.Touch {
  fileprivate init(_ tap: Settings.Tap, _ checks: Settings.Checks) {
    self.init()
    contactSeconds = tap.minimumContact / .seconds(1)
    fromSeconds = tap.sampleFrom / .seconds(1)
    untilSeconds = tap.sampleUntil / .seconds(1)
    leastShare = tap.minimumSamplesPercent / 100
    spreadShare = tap.steadySpreadPercent / 100
    driftShare = tap.steadyDriftPercent / 100
    lightIndex = tap.lightThresholdIndex
    forceNewtons = checks.forceNewtons.map { Limits.Span($0) }
    restIndex = checks.restIndex
  }
}

extension Limits.Session {
  fileprivate init(_ checks: Settings.Checks) {
    self.init()
    spreadShare = checks.spreadPercent / 100
    climate = Limits.spans(checks.climate)
    idealClimate = Limits.spans(checks.idealClimate)
    minutesSinceCleansing = Dictionary(
      uniqueKeysWithValues: checks.sinceCleansing.compactMap { name, time in
        Channel(name).map { ($0, time / .seconds(60)) }
      })
  }
}

extension Channel {
  /// The diary's channel of a name in the settings.
  init?(_ name: Settings.ChannelName) { self.init(rawValue: name.rawValue) }
}

extension Settings {
  /// The period of each channel whose part has one of its own.
  fileprivate var ownAirPeriods: [ChannelName: Duration] {
    var periods: [ChannelName: Duration] = [:]
    for part in parts {
      guard case .air(let channels, let schedule) = part.options else { continue }
      for channel in channels { periods[channel] = schedule.every }
    }
    return periods
  }

  /// What the settings say that the raw readings of their parts mean, from a moment on.
  func calibrations(from time: Timestamp) -> [Readings.Calibration] {
    parts.flatMap { part in
      part.channels.compactMap { name in
        guard let channel = Channel(name), let parameters = calibration.parameters(of: name) else {
          return nil
        }
        return Readings.Calibration(
          part: part.part.name(at: part.address), channel: channel, validFrom: time,
          who: Readings.Calibration.bySettings, why: "the configuration's numbers",
          parameters: parameters)
      }
    }
  }
}

extension Settings.Calibration {
  /// The numbers of a channel, as the diary names them; nil for a channel that is not corrected.
  fileprivate func parameters(of channel: Settings.ChannelName) -> [String: Double]? {
    switch channel {
    case .skinMoisture:
      [
        "air_picofarads": moistureAir.picofarads,
        "reference_picofarads": moistureReference.picofarads,
      ]
    case .skinSebum:
      [
        "fresh_strip_counts": sebumFreshStrip.counts,
        "full_scale_absorbance": sebumFullScaleAbsorbance,
      ]
    case .skinForce:
      [
        "supply_counts": force.supplyCounts, "zero_counts": force.zeroCounts,
        "newtons_per_unit": force.newtonsPerUnit,
      ]
    case .skinTemperature:
      [
        "supply_counts": temperature.supplyCounts, "series_ohms": temperature.seriesOhms,
        "ohms_at_25_celsius": temperature.ohmsAt25, "beta_kelvin": temperature.betaKelvin,
      ]
    default:
      air[channel].map { coefficients in
        Dictionary(
          uniqueKeysWithValues: coefficients.enumerated().map { ("c\($0.offset)", $0.element) })
      }
    }
  }
}

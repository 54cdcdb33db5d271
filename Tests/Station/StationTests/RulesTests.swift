import Readings
import Settings
import Testing
import TestSupport

@testable import skin2vecd

@Suite("settings as the diary's rules", .takingTurns) struct RulesTests {
  @Test("an empty configuration's limits are the limits there are by default")
  func defaults() {
    #expect(Limits(Settings()) == Limits())
  }

  @Test("every limit of the settings reaches the diary's")
  func everyLimit() throws {
    let settings = try Settings.read(
      text: """
        air: {every: 30 s, stale_after: 3 min}
        tap:
          minimum_contact: 700 ms
          sample_from: 300 ms
          sample_until: 1200 ms
          minimum_samples: 60 %
          steady_spread: 7 %
          steady_drift: 8 %
          light_threshold: 4 index
        checks:
          air.humidity: {range: 5 to 95 %RH, step: 20 %RH, flat: 2 h, settled: 3 %RH}
          skin.force: 0 to 15 N
          force: 0.5 to 1.5 N
          rest: 2 index
          spread: 12 %
          climate: {temperature: 17 to 27 °C}
          ideal_climate: {humidity: 45 to 55 %RH}
          since_cleansing: {skin.sebum: 90 min}
        """)
    var limits = Limits()
    limits.airPeriodSeconds = 30
    limits.air[.airHumidity] = .init(range: 5...95, step: 20, flatSeconds: 7200, settled: 3)
    limits.touch.contactSeconds = 0.7
    limits.touch.fromSeconds = 0.3
    limits.touch.untilSeconds = 1.2
    limits.touch.leastShare = 0.6
    limits.touch.spreadShare = 0.07
    limits.touch.driftShare = 0.08
    limits.touch.lightIndex = 4
    limits.touch.forceNewtons = .init(0.5...1.5)
    limits.touch.restIndex = 2
    limits.skin[.skinForce] = .init(0...15)
    limits.session.spreadShare = 0.12
    limits.session.climate[.airTemperature] = .init(17...27)
    limits.session.idealClimate[.airHumidity] = .init(45...55)
    limits.session.minutesSinceCleansing[.skinSebum] = 90
    #expect(Limits(settings) == limits)
  }

  @Test("each part of the probe has its numbers, and the air those that the file corrects")
  func calibrations() throws {
    let settings = try Settings.read(
      text: """
        parts: [{part: sen55}, {part: fdc1004}, {part: tsl2591}, {part: ads1115}]
        calibration:
          air:
            air.temperature: {offset: -0.4 °C, factor: 1.01}
            air.pm1: {polynomial: [0, 0.9, 0.0001]}
        """)
    let calibrations = settings.calibrations(from: .seconds(5))
    let byChannel = Dictionary(uniqueKeysWithValues: calibrations.map { ($0.channel, $0) })
    #expect(
      Set(byChannel.keys) == [
        .airTemperature, .airPM1, .skinMoisture, .skinSebum, .skinForce, .skinTemperature,
      ])
    #expect(byChannel[.airTemperature]?.parameters == ["c0": -0.4, "c1": 1.01])
    #expect(byChannel[.airPM1]?.parameters == ["c0": 0, "c1": 0.9, "c2": 0.0001])
    #expect(byChannel[.skinMoisture]?.part == "fdc1004 0x50")
    #expect(calibrations.allSatisfy { $0.who == "settings" && $0.validFrom == .seconds(5) })
  }
}

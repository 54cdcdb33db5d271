import Normalisation
import Readings
import Testing

@Suite("checks of a slot's value")
struct SessionChecksTests {
  private let checks = SessionChecks(limits: Limits.Session())
  private let ideal: [Channel: Double] = [.airTemperature: 21, .airHumidity: 50]

  private func words(
    _ channel: Channel = .skinMoisture, value: Double = 50, spread: Double? = 1,
    air: [Channel: Double] = [:], since minutes: Double? = nil
  ) -> String {
    let (quality, reason) = checks.check(
      channel, value: value, spread: spread, floor: 2, air: air,
      sinceCleansing: minutes.map { .seconds($0 * 60) })
    return quality.rawValue + (reason.map { " " + $0 } ?? "")
  }

  @Test(
    "a spread counts above both the floor and a tenth of the value",
    arguments: [
      (50, 5, "ok"), (50, 5.1, "suspect spread"), (10, 1.9, "ok"), (10, 2.1, "suspect spread"),
      (-50, 5.1, "suspect spread"), (50, nil, "ok"),
    ] as [(Double, Double?, String)])
  func spread(value: Double, spread: Double?, expected: String) {
    #expect(words(value: value, spread: spread, air: ideal) == expected)
  }

  @Test(
    "wish 3: a value tapped in too warm or too damp an air is suspect, and the ideal is said",
    arguments: [
      (21, 50, "ok"), (18, 30, "ok climate_not_ideal"), (26, 70, "ok climate_not_ideal"),
      (26.1, 50, "suspect climate"), (17.9, 50, "suspect climate"), (21, 29, "suspect climate"),
      (21, 71, "suspect climate"), (22.5, 50, "ok climate_not_ideal"),
    ] as [(Double, Double, String)])
  func climate(temperature: Double, humidity: Double, expected: String) {
    #expect(
      words(air: [.airTemperature: temperature, .airHumidity: humidity]) == expected)
  }

  @Test("wish 3: air that is not known, or not usable, speaks against no tap")
  func noAir() {
    #expect(words() == "ok")
    #expect(words(air: [.airTemperature: 30]) == "suspect climate")
    #expect(words(air: [.airTemperature: 21]) == "ok")
  }

  @Test(
    "a value so soon after cleansing is suspect, each channel by its own time",
    arguments: [
      (.skinMoisture, 39, "suspect cleansed"), (.skinMoisture, 40, "ok"),
      (.skinSebum, 119, "suspect cleansed"), (.skinSebum, 120, "ok"), (.skinMoisture, -5, "ok"),
      (.skinTemperature, 1, "ok"),
    ] as [(Channel, Double, String)])
  func cleansed(channel: Channel, minutes: Double, expected: String) {
    #expect(words(channel, air: ideal, since: minutes) == expected)
  }

  @Test("all that speaks against a value is said")
  func several() {
    #expect(
      words(spread: 20, air: [.airTemperature: 30], since: 5) == "suspect spread,cleansed,climate")
  }
}

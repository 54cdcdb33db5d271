import Bus
import Quantities
import Settings

/// A file in which every key has another value than its default.
let unusualFile = """
  diary: /d
  control: /c
  time: {zone: UTC, morning: 05:30, evening: 15:45}
  people: [{name: anna, sites: [cheek, chin]}, {name: ben}]
  default_person: ben
  buses: {one: {path: /dev/i2c-7, rebind: yes}}
  parts:
    - {part: bme280, bus: one, address: 0x77, channels: [air.pressure, air.humidity],
       every: 30 s, offset: 5 s,
       power: {chip: b, line: 7, active: low}}
    - {part: fdc1004, bus: one, address: 0x50, input: 3, offset: 3.125 pF}
    - part: tsl2591
      bus: one
      address: 0x29
      gain: 428x
      integration: 300 ms
      lamp: {chip: a, line: 5, active: low}
    - {part: ads1115, bus: one, address: 0x4A, force_input: 2, temperature_input: 3,
       range: 2.048 V, rate: 860 /s}
  lines:
    contact: {chip: a, line: GPIO6, active: high, pull: none, debounce: 30 ms}
    light: {chip: b, line: 6, active: low}
    buzzer: {chip: a, line: 8}
    selector: {chip: a, line: 9, pull: down}
  air: {every: 10 s, commit_every: 1 min, warm_up: 5 s, stale_after: 1 min, fan_cleaning: off}
  tap:
    sample_from: 300 ms
    sample_until: 1200 ms
    minimum_contact: 700 ms
    minimum_samples: 60 %
    steady_spread: 7 %
    steady_drift: 8 %
    light_threshold: 4 index
    maximum_touches: 6
    sebum_touches: 2
    end_after: 15 s
    remind: {morning: 09:30, evening: 00:15}
  calibration:
    moisture: {air: -1.5 pF, reference: 20.25 pF}
    sebum: {fresh_strip: 30000 counts, full_scale: 0.8 absorbance}
    force: {supply: 20000 counts, zero: 12 counts, slope: 1.5 N}
    temperature: {supply: 20001 counts, series: 4700 Ω, at_25_celsius: 5000 Ω, beta: 3435 K}
    air:
      air.temperature: {offset: -0.4 °C, factor: 1.01}
      air.pm2_5: {polynomial: [0, 0.9, 0.0001, 0]}
  checks:
    air.temperature: {range: -5 to 40.5 °C, step: none, flat: 2 h, settled: 0.5 °C}
    air.pm10: {step: 300 µg/m³, flat: none, settled: none}
    skin.moisture: -20 to 160 index
    force: 0.5 N to 1.5 N
    rest: 2 index
    spread: 12 %
    climate: {temperature: 17 to 27 °C, humidity: 25 to 75 %RH}
    ideal_climate: {humidity: 45 to 55 %RH}
    since_cleansing: {skin.sebum: 90 min}
  floors: {skin.moisture: 1.5 index, air.pm2_5: 2 µg/m³, air.temperature: 0.3 °C}
  journal: {colour: never, level: debug, warn_when_volatile: no}
  health: {stopped_after: 20 min, written_per_day: 2.5 MB}
  backup: {folder: /b, keep: 3}
  mqtt:
    broker: mqtt.house
    port: 1884
    user: u
    password_file: /p
    topic: home/s
    discovery: none
    people: [ben]
  web: {listen: house, port: 8048, webhook: 'http://[fd00::2]:8123/api/webhook/skin?of=me'}
  """

/// What it means, written out by hand.
let unusualSettings: Settings = {
  var settings = Settings()
  settings.diary = "/d"
  settings.control = "/c"
  settings.time.zone = "UTC"
  settings.time.morning = .at(5, 30)
  settings.time.evening = .at(15, 45)
  settings.people = [
    .init(name: "anna", sites: ["cheek", "chin"]), .init(name: "ben", sites: ["cheek"]),
  ]
  settings.defaultPerson = "ben"
  settings.buses = ["one": "/dev/i2c-7"]
  settings.reboundBuses = ["one"]
  settings.parts = unusualParts
  settings.lines.contact = .init(chip: "a", line: .name("GPIO6"))
  settings.lines.contact?.isActiveLow = false
  settings.lines.contact?.pull = .none
  settings.lines.contact?.debounce = .milliseconds(30)
  settings.lines.light = .init(chip: "b", line: .offset(6))
  settings.lines.light?.isActiveLow = true
  settings.lines.buzzer = .init(chip: "a", line: .offset(8))
  settings.lines.selector = .init(chip: "a", line: .offset(9))
  settings.lines.selector?.pull = .down
  settings.air.every = .seconds(10)
  settings.air.commitEvery = .seconds(60)
  settings.air.warmUp = .seconds(5)
  settings.air.staleAfter = .seconds(60)
  settings.air.fanCleaning = nil
  settings.tap.sampleFrom = .milliseconds(300)
  settings.tap.sampleUntil = .milliseconds(1200)
  settings.tap.minimumContact = .milliseconds(700)
  settings.tap.minimumSamplesPercent = 60
  settings.tap.steadySpreadPercent = 7
  settings.tap.steadyDriftPercent = 8
  settings.tap.lightThresholdIndex = 4
  settings.tap.maximumTouches = 6
  settings.tap.sebumTouches = 2
  settings.tap.endAfter = .seconds(15)
  settings.tap.remind.morning = .at(9, 30)
  settings.tap.remind.evening = .at(0, 15)
  settings.calibration.moistureAir = .picofarads(-1.5)
  settings.calibration.moistureReference = .picofarads(20.25)
  settings.calibration.sebumFreshStrip = .counts(30_000)
  settings.calibration.sebumFullScaleAbsorbance = 0.8
  settings.calibration.force.supplyCounts = 20_000
  settings.calibration.force.zeroCounts = 12
  settings.calibration.force.newtonsPerUnit = 1.5
  settings.calibration.temperature.supplyCounts = 20_001
  settings.calibration.temperature.seriesOhms = 4700
  settings.calibration.temperature.ohmsAt25 = 5000
  settings.calibration.temperature.betaKelvin = 3435
  settings.calibration.air = [.airTemperature: [-0.4, 1.01], .airPM2_5: [0, 0.9, 0.0001, 0]]
  settings.checks.air[.airTemperature] = .init(
    range: -5...40.5, step: nil, flat: .seconds(7200), settled: 0.5)
  settings.checks.air[.airPM10] = .init(range: 0...1000, step: 300)
  settings.checks.skin[.skinMoisture] = -20...160
  settings.checks.forceNewtons = 0.5...1.5
  settings.checks.restIndex = 2
  settings.checks.spreadPercent = 12
  settings.checks.climate = [.airTemperature: 17...27, .airHumidity: 25...75]
  settings.checks.idealClimate[.airHumidity] = 45...55
  settings.checks.sinceCleansing[.skinSebum] = .seconds(5400)
  settings.floors[.skinMoisture] = 1.5
  settings.floors[.airPM2_5] = 2
  settings.floors[.airTemperature] = 0.3
  settings.journal.colour = .never
  settings.journal.level = .debug
  settings.journal.warnsWhenVolatile = false
  settings.health.stoppedAfter = .seconds(1200)
  settings.health.bytesPerDay = 2_500_000
  settings.backup.folder = "/b"
  settings.backup.keep = 3
  settings.mqtt = unusualBroker
  settings.web.listen = .house
  settings.web.port = 8048
  settings.web.webhook = .init(host: "fd00::2", port: 8123, path: "/api/webhook/skin?of=me")
  return settings
}()

private let unusualParts: [Settings.Part] = {
  var moisture = Settings.Moisture()
  moisture.input = 3
  moisture.offsetCode = 1
  var sebum = Settings.Sebum()
  sebum.gain = .high
  sebum.integrationSteps = 3
  sebum.lamp = .init(chip: "a", line: .offset(5))
  sebum.lamp.isActiveLow = true
  var touch = Settings.Touch()
  touch.forceInput = 2
  touch.temperatureInput = 3
  touch.range = .volts2_048
  touch.rate = .perSecond860
  var climate = Settings.Part(
    .bme280, bus: "one", address: 0x77,
    options: .air(
      channels: [.airPressure, .airHumidity],
      schedule: .init(every: .seconds(30), offset: .seconds(5))))
  climate.power = .init(chip: "b", line: .offset(7))
  climate.power?.isActiveLow = true
  return [
    climate,
    .init(.fdc1004, bus: "one", address: 0x50, options: .moisture(moisture)),
    .init(.tsl2591, bus: "one", address: 0x29, options: .sebum(sebum)),
    .init(.ads1115, bus: "one", address: 0x4A, options: .touch(touch)),
  ]
}()

private let unusualBroker: Settings.MQTT = {
  var mqtt = Settings.MQTT(broker: "mqtt.house")
  mqtt.port = 1884
  mqtt.user = "u"
  mqtt.passwordFile = "/p"
  mqtt.topic = "home/s"
  mqtt.discovery = nil
  mqtt.people = ["ben"]
  return mqtt
}()

import ArgumentParser

/// What the world is like to begin with.
struct WorldOptions: ParsableArguments {
  @Option(help: "Air temperature, °C.")
  var temperature = 23.75

  @Option(help: "Relative humidity, %RH.")
  var humidity = 48.75

  @Option(help: "PM1, µg/m³.")
  var pm1 = 5.2

  @Option(name: .customLong("pm2-5"), help: "PM2.5, µg/m³.")
  var pm2_5 = 7.8

  @Option(help: "PM4, µg/m³.")
  var pm4 = 9.1

  @Option(help: "PM10, µg/m³.")
  var pm10 = 9.8

  @Option(help: "Sensirion's VOC index, 1 to 500.")
  var vocIndex = 100.0

  @Option(help: "Sensirion's NOx index, 1 to 500.")
  var noxIndex = 1.0

  @Option(help: "Air pressure, Pa.")
  var pressure = 101_325.0

  @Option(name: .customLong("co2"), help: "Carbon dioxide, ppm.")
  var carbonDioxide = 612.0

  @Option(help: "Capacitance of the probe on the skin, pF.")
  var moisturePF = 6.5

  @Option(help: "Capacitance of the probe in the air, pF.")
  var openPF = 2.0

  @Option(help: "Light with the lamp on, counts at gain 1x and 100 ms.")
  var light = 600.0

  @Option(help: "Light with the lamp off, counts at gain 1x and 100 ms.")
  var dark = 10.0

  @Option(name: .customLong("force-v"), help: "Force sensor's input on the skin, V.")
  var force = 1.1

  @Option(name: .customLong("temperature-v"), help: "Thermistor's input on the skin, V.")
  var skinTemperature = 1.9

  @Option(name: .customLong("open-temperature-v"), help: "Thermistor's input off the skin, V.")
  var openTemperature = 1.6

  var values: [World.Key: Double] {
    [
      .temperature: temperature, .humidity: humidity, .pm1: pm1, .pm2_5: pm2_5, .pm4: pm4,
      .pm10: pm10, .vocIndex: vocIndex, .noxIndex: noxIndex, .pressure: pressure,
      .carbonDioxide: carbonDioxide, .moisture: moisturePF, .openProbe: openPF, .light: light,
      .dark: dark, .force: force, .skinTemperature: skinTemperature,
      .openTemperature: openTemperature,
    ]
  }
}

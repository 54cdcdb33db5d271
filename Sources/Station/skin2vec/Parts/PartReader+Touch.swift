import Bus
import Quantities
import Readings
import Sensors
import Settings

extension PartReader {
  /// Reads the force sensor and the thermistor once each, as voltages: what they mean is a calibration.
  func readTouch(
    _ part: Settings.Part, _ options: Settings.Touch, on bus: RecordingBus,
    _ reading: inout PartReading
  ) async throws(SensorError) {
    let driver = ADS1115(bus: bus, address: part.address, clock: clock)
    let inputs = [("force", options.forceInput), ("temperature", options.temperatureInput)]
    var clipped: [String] = []
    for (name, number) in inputs {
      guard let input = number.flatMap({ ADS1115.Input(rawValue: UInt16($0)) }) else { continue }
      let sample = try await driver.measure(
        input, gain: options.range.onPart, rate: options.rate.onPart)
      let (code, volts) = (sample.code, sample.voltage.volts)
      reading.numbers += [
        .init(key: "\(name)_code", value: Double(code), words: "\(name) code \(code)"),
        .init(key: "\(name)_volts", value: volts, words: "\(name) \(decimal(volts, 4)) V"),
      ]
      if sample.isOverRange { clipped.append(name) }
    }
    reading.wire = bus.lastRead
    if !clipped.isEmpty {
      reading.remark =
        "\(clipped.joined(separator: " and ")) at the end of the scale: "
        + "is the sensor wired right, or is a wider range wanted?"
    }
  }
}

extension Settings.Touch.Range {
  var onPart: ADS1115.Gain {
    switch self {
    case .volts6_144: .volts6_144
    case .volts4_096: .volts4_096
    case .volts2_048: .volts2_048
    case .volts1_024: .volts1_024
    case .volts0_512: .volts0_512
    case .volts0_256: .volts0_256
    }
  }
}

extension Settings.Touch.Rate {
  var onPart: ADS1115.Rate {
    switch self {
    case .perSecond8: .perSecond8
    case .perSecond16: .perSecond16
    case .perSecond32: .perSecond32
    case .perSecond64: .perSecond64
    case .perSecond128: .perSecond128
    case .perSecond250: .perSecond250
    case .perSecond475: .perSecond475
    case .perSecond860: .perSecond860
    }
  }
}

package import Readings

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// What a raw value is in its channel's unit, by one calibration.
package struct Conversion: Hashable, Sendable {
  /// How, with the numbers of one calibration.
  private enum Form: Hashable {
    /// 100·(C−C_air)/(C_ref−C_air).
    case moisture(air: Double, reference: Double)
    /// 100·log10(I0/I)/A_full.
    case sebum(fresh: Double, fullScale: Double)
    /// k·(r/(1−r) − r0/(1−r0)), r the share of the supply: a force resistor's conductance.
    case force(supply: Double, zero: Double, newtonsPerUnit: Double)
    /// 1/(1/T25 + ln(R/R25)/β): a thermistor above a fixed resistor, R = R_fixed·(supply − x)/x.
    case thermistor(supply: Double, series: Double, at25: Double, beta: Double)
    /// c0 + c1·x + c2·x² …
    case polynomial([Double])
  }

  private let form: Form

  /// Takes a channel's numbers from a calibration.
  ///
  /// - Parameters:
  ///   - channel: What is measured.
  ///   - parameters: The calibration's numbers, named as in `Calibration.parameters`.
  /// - Throws: `ConversionError` where one is missing, or they would divide by zero or turn the
  ///   channel upside down.
  package init(_ channel: Channel, _ parameters: [String: Double]) throws(ConversionError) {
    let numbers = Numbers(channel: channel, all: parameters)
    form =
      switch channel {
      case .skinMoisture: try Self.moisture(numbers)
      case .skinSebum: try Self.sebum(numbers)
      case .skinForce: try Self.force(numbers)
      case .skinTemperature: try Self.thermistor(numbers)
      case .airTemperature, .airHumidity, .airPM1, .airPM2_5, .airPM4, .airPM10, .airVOCIndex,
        .airNOxIndex, .airCO2, .airPressure:
        try Self.polynomial(numbers)
      }
  }

  /// The value of a raw value; nil where the conversion has none there.
  package func value(of raw: Double) -> Double? {
    let value: Double =
      switch form {
      case .moisture(let air, let reference): 100 * (raw - air) / (reference - air)
      case .sebum(let fresh, let fullScale): 100 * log10(fresh / raw) / fullScale
      case .force(let supply, let zero, let newtonsPerUnit):
        newtonsPerUnit * (Self.conductance(raw / supply) - Self.conductance(zero / supply))
      case .thermistor(let supply, let series, let at25, let beta):
        1 / (1 / 298.15 + log(series * (supply - raw) / raw / at25) / beta) - 273.15
      case .polynomial(let coefficients):
        coefficients.reversed().reduce(0) { $0 * raw + $1 }
      }
    return value.isFinite ? value : nil
  }

  /// In units of the fixed resistor's conductance, for its share of the supply.
  private static func conductance(_ share: Double) -> Double { share / (1 - share) }
}

/// The numbers of a calibration, by name.
private struct Numbers {
  var channel: Channel
  var all: [String: Double]

  subscript(_ name: String) -> Double {
    get throws(ConversionError) {
      guard let number = all[name] else { throw ConversionError(channel, "`\(name)` is missing") }
      guard number.isFinite else { throw ConversionError(channel, "`\(name)` is not a number") }
      return number
    }
  }
}

extension Conversion {
  private static func moisture(_ numbers: Numbers) throws(ConversionError) -> Form {
    let (air, reference) = (try numbers["air_picofarads"], try numbers["reference_picofarads"])
    guard reference - air >= 0.1 else {
      throw ConversionError(
        numbers.channel,
        "the wet reference (\(decimal(reference, 3)) pF) must be at least 0.1 pF above the probe "
          + "in air (\(decimal(air, 3)) pF)")
    }
    return .moisture(air: air, reference: reference)
  }

  private static func sebum(_ numbers: Numbers) throws(ConversionError) -> Form {
    let fresh = try numbers["fresh_strip_counts"]
    let fullScale = try numbers["full_scale_absorbance"]
    guard fresh >= 1 else {
      throw ConversionError(numbers.channel, "a fresh strip lets through no light")
    }
    guard fullScale >= 0.01 else {
      throw ConversionError(
        numbers.channel, "the full scale (\(decimal(fullScale, 3))) must be at least 0.01")
    }
    return .sebum(fresh: fresh, fullScale: fullScale)
  }

  private static func force(_ numbers: Numbers) throws(ConversionError) -> Form {
    let supply = try numbers["supply_counts"]
    let zero = try numbers["zero_counts"]
    let slope = try numbers["newtons_per_unit"]
    guard supply > 0, 0 <= zero, zero < supply else {
      throw ConversionError(
        numbers.channel, "zero (\(decimal(zero, 0))) must be from 0 to below the supply's counts")
    }
    guard slope > 0 else {
      throw ConversionError(numbers.channel, "more force must not be fewer newtons")
    }
    return .force(supply: supply, zero: zero, newtonsPerUnit: slope)
  }

  private static func thermistor(_ numbers: Numbers) throws(ConversionError) -> Form {
    let (supply, series) = (try numbers["supply_counts"], try numbers["series_ohms"])
    let (at25, beta) = (try numbers["ohms_at_25_celsius"], try numbers["beta_kelvin"])
    guard supply > 0, series > 0, at25 > 0, beta > 0 else {
      throw ConversionError(numbers.channel, "each of its numbers must be above 0")
    }
    return .thermistor(supply: supply, series: series, at25: at25, beta: beta)
  }

  /// Refuses a correction that is not rising over the whole range of what the channel can be.
  private static func polynomial(_ numbers: Numbers) throws(ConversionError) -> Form {
    var coefficients: [Double] = []
    while numbers.all["c\(coefficients.count)"] != nil {
      coefficients.append(try numbers["c\(coefficients.count)"])
    }
    guard coefficients.count > 1, coefficients.count == numbers.all.count else {
      throw ConversionError(numbers.channel, "a correction is c0, c1 and so on without a gap")
    }
    let span = Limits.Air.usual[numbers.channel]?.range ?? Limits.Span(0...1000)
    let slopes = coefficients.enumerated().dropFirst().map { Double($0) * $1 }
    for step in 0...1000 {
      let x = span.least + (span.greatest - span.least) * Double(step) / 1000
      guard slopes.reversed().reduce(0, { $0 * x + $1 }) > 0 else {
        throw ConversionError(
          numbers.channel, "the correction must rise everywhere, and does not at \(decimal(x, 1))")
      }
    }
    return .polynomial(coefficients)
  }
}

/// Why a calibration cannot be one.
package struct ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  package var channel: Channel
  package var reason: String

  package init(_ channel: Channel, _ reason: String) {
    self.channel = channel
    self.reason = reason
  }

  package var description: String { "\(channel.rawValue): \(reason)" }
}

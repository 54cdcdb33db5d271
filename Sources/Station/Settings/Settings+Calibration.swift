package import Quantities

extension Settings {
  /// What raw readings mean.
  package struct Calibration: Hashable, Sendable {
    /// The probe in air, index 0; default 2 pF.
    package var moistureAir = Capacitance.picofarads(2)
    /// The probe on the wet reference, index 100; default 12 pF, always above that of air.
    package var moistureReference = Capacitance.picofarads(12)
    /// Light through a fresh strip, lamp on less lamp off, index 0; default 20000 counts.
    package var sebumFreshStrip = LightCounts.counts(20_000)
    /// The absorbance, log10(I0/I), that is index 100; default 0.5.
    package var sebumFullScaleAbsorbance = 0.5
    package var force = Force()
    package var temperature = Temperature()
    /// By channel of the air, c0 + c1·x + c2·x² … of what the part says; default none.
    package var air: [ChannelName: [Double]] = [:]

    package init() {}

    /// A force resistor above a fixed resistor, read as a share of the supply.
    package struct Force: Hashable, Sendable {
      /// The converter's counts at the supply; default 26400, 3.3 V on a scale of 4.096 V.
      package var supplyCounts = 26_400.0
      /// Its counts with nothing on the probe; default 0.
      package var zeroCounts = 0.0
      /// The force at which the two resistors are equal, in newtons; default 2.
      package var newtonsPerUnit = 2.0

      package init() {}
    }

    /// A thermistor above a fixed resistor, read as a share of the supply.
    package struct Temperature: Hashable, Sendable {
      /// As for the force; default 26400.
      package var supplyCounts = 26_400.0
      /// The fixed resistor; default 10 kΩ.
      package var seriesOhms = 10_000.0
      /// The thermistor at 25 °C; default 10 kΩ.
      package var ohmsAt25 = 10_000.0
      /// Its B value; default 3950 K.
      package var betaKelvin = 3950.0

      package init() {}
    }
  }
}

extension Settings.Calibration {
  init(_ section: Section) {
    self.init()
    section.section("moisture") { readMoisture($0) }
    section.section("sebum") { sebum in
      sebumFreshStrip = sebum.value(
        "fresh_strip", as: .lightCounts(in: 1...65_535), default: sebumFreshStrip)
      sebumFullScaleAbsorbance = sebum.value(
        "full_scale", as: .quantity("absorbance", in: 0.01...4),
        default: sebumFullScaleAbsorbance)
    }
    force = section.section("force") { Force($0) } ?? force
    temperature = section.section("temperature") { Temperature($0) } ?? temperature
    air = section.section("air") { $0.corrections() } ?? air
  }

  private mutating func readMoisture(_ section: Section) {
    // The part's range with its offset converter: TI SNOSCY5B, ±15 pF and up to 96.875 pF.
    let range = Format.capacitance(in: -15...112)
    moistureAir = section.value("air", as: range, default: moistureAir)
    moistureReference = section.value("reference", as: range, default: moistureReference)
    let rise = moistureReference.picofarads - moistureAir.picofarads
    guard rise < 0.1 else { return }
    section.refuse(
      section.has("reference") ? "reference" : "air",
      rise > -0.1
        ? "air and the reference are less than 0.1 pF apart"
        : "the reference is below air, so that wet skin would read as dry",
      hint: "measure both again: 'skin2vec calibrate moisture'")
  }
}

/// The converter's counts: ADS1115, 16 bits with a sign.
private let counts = Format<Double>.quantity("counts", in: 0...32_767)

extension Settings.Calibration.Force {
  fileprivate init(_ section: Section) {
    self.init()
    supplyCounts = section.value("supply", as: counts, default: supplyCounts)
    zeroCounts = section.value("zero", as: counts, default: zeroCounts)
    newtonsPerUnit = section.value(
      "slope", as: .quantity("N", in: 0.001...1000), default: newtonsPerUnit)
    if zeroCounts >= supplyCounts {
      section.refuse(
        section.has("zero") ? "zero" : "supply",
        "at rest the probe would read the whole supply or more",
        hint: "make `zero` smaller than `supply`")
    }
  }
}

extension Settings.Calibration.Temperature {
  fileprivate init(_ section: Section) {
    self.init()
    let ohms = Format<Double>.quantity("Ω", in: 1...10_000_000)
    supplyCounts = section.value("supply", as: counts, default: supplyCounts)
    seriesOhms = section.value("series", as: ohms, default: seriesOhms)
    ohmsAt25 = section.value("at_25_celsius", as: ohms, default: ohmsAt25)
    betaKelvin = section.value("beta", as: .quantity("K", in: 100...10_000), default: betaKelvin)
    if supplyCounts < 1 {
      section.refuse("supply", "there would be nothing to read", hint: "give the supply's counts")
    }
  }
}

extension Section {
  /// The corrections of the air, by channel.
  fileprivate func corrections() -> [Settings.ChannelName: [Double]] {
    var corrections: [Settings.ChannelName: [Double]] = [:]
    for channel in Settings.ChannelName.allCases where channel.isAir {
      corrections[channel] = section(channel.rawValue) { $0.correction(of: channel) }
    }
    return corrections
  }

  /// `offset` and `factor`, or the coefficients of a polynomial.
  private func correction(of channel: Settings.ChannelName) -> [Double]? {
    let offset = value("offset", as: .quantity(channel.unit, in: -100_000...100_000), default: 0)
    let factor = value("factor", as: .ratio(in: 0.01...100), default: 1)
    let number = Format<Double>.ratio(in: -100_000...100_000)
    let given = values("polynomial", as: number, mayRepeat: true)
    if let given, !(2...6).contains(given.count) {
      refuse(
        "polynomial", "a polynomial has two to six coefficients", hint: "write [c0, c1, c2]")
    }
    if has("polynomial"), has("offset") || has("factor") {
      refuse(
        "polynomial", "the correction is given twice",
        hint: "keep the polynomial, or `offset` and `factor`")
    }
    let coefficients = given ?? [offset, factor]
    if let place = channel.firstFall(of: coefficients) {
      refuse(
        has("polynomial") ? "polynomial" : "factor",
        "the correction must rise everywhere, and does not at \(plain(place)) \(channel.unit)",
        hint: "give c0, c1, c2 of c0 + c1·x + c2·x²")
    }
    return coefficients
  }
}

extension Settings.ChannelName {
  /// The first place of the channel's range where a polynomial does not rise; nil where it does.
  fileprivate func firstFall(of coefficients: [Double]) -> Double? {
    let range = Settings.Checks.AirChannel.usual[self]?.range ?? 0...1000
    let slopes = coefficients.enumerated().dropFirst().map { Double($0) * $1 }
    return (0...1000).lazy
      .map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 1000 }
      .first { x in slopes.reversed().reduce(0) { $0 * x + $1 } <= 0 }
  }
}

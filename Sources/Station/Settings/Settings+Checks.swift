extension Settings {
  /// What readings are checked against; a reading that fails is kept and flagged, never changed.
  ///
  /// When a touch counts is under `tap`, but for its force.
  package struct Checks: Hashable, Sendable {
    /// By channel of the air, each in its unit.
    package var air = AirChannel.usual
    /// What a touch's value can be, by channel of the skin, in its unit.
    package var skin: [ChannelName: ClosedRange<Double>] = [
      .skinMoisture: -10...150, .skinSebum: -20...200, .skinForce: 0...20,
      .skinTemperature: 15...42,
    ]
    /// The force of a touch that counts, in newtons; default nil: any.
    package var forceNewtons: ClosedRange<Double>?
    /// The moisture index in air, either side of 0, from which the probe wants cleaning; default 3.
    package var restIndex = 3.0
    /// The spread of a slot's touches, of its value, above which it is suspect; default 10 %.
    package var spreadPercent = 10.0
    /// The air at the tap outside which values are suspect.
    package var climate: [ChannelName: ClosedRange<Double>] = [
      .airTemperature: 18...26, .airHumidity: 30...70,
    ]
    /// The air at the tap outside which that is said, and nothing else.
    package var idealClimate: [ChannelName: ClosedRange<Double>] = [
      .airTemperature: 20...22, .airHumidity: 40...60,
    ]
    /// The time after cleansing in which a channel of the skin is suspect.
    package var sinceCleansing: [ChannelName: Duration] = [
      .skinMoisture: .seconds(40 * 60), .skinSebum: .seconds(120 * 60),
    ]

    package init() {}

    /// One channel of the air, in its unit.
    package struct AirChannel: Hashable, Sendable {
      /// Outside it a value is bad.
      package var range: ClosedRange<Double>
      /// So far from the median of the values before it, a value is suspect; nil for no check.
      package var step: Double?
      /// A value that stays exactly the same for so long is suspect; nil for no check.
      package var flat: Duration?
      /// A part that warms up has settled once two values in a row are closer; nil for at once.
      package var settled: Double?

      package init(
        range: ClosedRange<Double>, step: Double? = nil, flat: Duration? = nil,
        settled: Double? = nil
      ) {
        self.range = range
        self.step = step
        self.flat = flat
        self.settled = settled
      }

      /// The defaults, as the shipped file gives them.
      package static let usual: [ChannelName: AirChannel] = {
        let living = Duration.seconds(6 * 3600)
        let dust = AirChannel(range: 0...1000, settled: 10)
        return [
          .airTemperature: AirChannel(range: -20...60, step: 5, flat: living, settled: 1),
          .airHumidity: AirChannel(range: 0...100, step: 25, flat: living, settled: 5),
          .airPM1: dust, .airPM2_5: dust, .airPM4: dust, .airPM10: dust,
          .airVOCIndex: AirChannel(range: 1...500), .airNOxIndex: AirChannel(range: 1...500),
          .airCO2: AirChannel(range: 250...40_000, flat: living, settled: 100),
          .airPressure: AirChannel(range: 30_000...110_000, step: 1000, flat: living, settled: 200),
        ]
      }()
    }
  }
}

extension Settings.Checks {
  init(_ section: Section) {
    self.init()
    for channel in Settings.ChannelName.allCases {
      let name = channel.rawValue
      if let usual = Self.AirChannel.usual[channel] {
        air[channel] = section.section(name) { Self.AirChannel($0, of: channel, usual) } ?? usual
      } else {
        skin[channel] = section.optional(name, as: .span(channel.unit)) ?? skin[channel]
      }
    }
    forceNewtons = section.value(
      "force", as: .orNone(.span("N", within: 0...100)), default: forceNewtons)
    restIndex = section.value("rest", as: .quantity("index", in: 0.1...100), default: restIndex)
    spreadPercent = section.value("spread", as: .percent(in: 0.1...100), default: spreadPercent)
    climate.merge(section.climate("climate")) { _, given in given }
    idealClimate.merge(section.climate("ideal_climate")) { _, given in given }
    section.section("since_cleansing") { times in
      for channel in Settings.ChannelName.allCases where !channel.isAir {
        sinceCleansing[channel] =
          times.optional(channel.rawValue, as: .duration(in: .zero...(.seconds(86_400))))
          ?? sinceCleansing[channel]
      }
    }
  }
}

extension Settings.Checks.AirChannel {
  fileprivate init(
    _ section: Section, of channel: Settings.ChannelName, _ usual: Settings.Checks.AirChannel
  ) {
    self = usual
    let difference = Format<Double?>.orNone(.quantity(channel.unit, in: 0.001...100_000))
    range = section.value("range", as: .span(channel.unit), default: range)
    step = section.value("step", as: difference, default: step)
    settled = section.value("settled", as: difference, default: settled)
    flat = section.value(
      "flat", as: .orNone(.duration(in: .seconds(60)...(.seconds(7 * 86_400)))), default: flat)
  }
}

extension Section {
  /// The room in which a tap is as good as any other.
  fileprivate func climate(_ key: String) -> [Settings.ChannelName: ClosedRange<Double>] {
    var climate: [Settings.ChannelName: ClosedRange<Double>] = [:]
    section(key) { section in
      climate[.airTemperature] = section.optional("temperature", as: .span("°C"))
      climate[.airHumidity] = section.optional("humidity", as: .span("%RH", within: 0...100))
    }
    return climate
  }
}

extension Settings.ChannelName {
  /// Whether it belongs to the room rather than to a person.
  package var isAir: Bool { rawValue.hasPrefix("air.") }
}

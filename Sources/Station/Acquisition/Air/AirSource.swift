import Bus
package import Readings
package import Sensors

/// A part that reads the air, as the sampler sees it: typed readings turned into channels.
package protocol AirSource: Sendable {
  /// Name and address: `sen55 0x69`.
  var part: String { get }
  /// What it is asked for, in the order of the settings.
  var channels: [Channel] { get }

  /// Makes sure who it is and starts it measuring.
  func start() async throws(SensorError) -> PartIdentity

  /// One entry for each channel.
  func sample() async throws(SensorError) -> [AirReading]

  /// How long after its start a channel's values are not to be used.
  func warmUp(of channel: Channel) -> Duration

  /// What has been wrong with it since it was last asked, in words: empty where all is well, nil
  /// where the part cannot say.
  ///
  /// An error is told once and cleared; the part raises it again while its cause lasts.
  func status() async throws(SensorError) -> String?

  /// Blows its fan free; gives how long from then on its particles are not to be used, or nil where
  /// it has no such command.
  ///
  /// It measures afterwards as it did before. A part that has to be stopped for it takes about
  /// twelve seconds to return, and nobody else may ask it for anything meanwhile.
  func cleanFan() async throws(SensorError) -> Duration?

  /// Switches off the part's own timer for that, which cleans at a time nobody chose.
  func stopCleaningByItself() async throws(SensorError)

  /// Restarts the part, where it has a command for that; it measures nothing until `start`.
  func reset() async throws(SensorError)
}

extension AirSource {
  package func warmUp(of channel: Channel) -> Duration { .zero }

  package func status() async throws(SensorError) -> String? { nil }

  package func cleanFan() async throws(SensorError) -> Duration? { nil }

  package func stopCleaningByItself() async throws(SensorError) {}

  package func reset() async throws(SensorError) {}

  /// Every channel absent for one reason.
  func absent(_ reason: Absence) -> [AirReading] {
    channels.map { AirReading($0, .absent(reason)) }
  }
}

extension AirReading {
  /// Turns a field of a part's reading into a channel's state.
  ///
  /// - Parameters:
  ///   - channel: The channel it belongs to.
  ///   - field: What the part said.
  ///   - number: The quantity in the channel's unit.
  init<Quantity>(
    _ channel: Channel, _ field: Field<Quantity>, _ number: (Quantity) -> Double
  ) {
    switch field {
    case .value(let quantity): self.init(channel, .value(number(quantity)))
    case .unknown: self.init(channel, .absent(.notReady))
    case .fault: self.init(channel, .absent(.outOfRange))
    }
  }
}

extension SensorError {
  /// The reason a channel has no value when its part failed this way.
  package var absence: Absence {
    switch self {
    case .bus(let error):
      switch error.kind {
      case .timedOut, .stuck, .arbitrationLost: .timedOut
      case .notAcknowledged, .unsupported, .taken, .gone, .denied, .other: .notPresent
      }
    case .corrupted: .corrupted
    case .wrongPart: .notPresent
    case .forgotten, .neverReady: .notReady
    case .cancelled: .switchedOff
    }
  }
}

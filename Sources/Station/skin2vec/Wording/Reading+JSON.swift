import Readings

extension AirReading {
  /// The reading for a program.
  var json: JSON {
    switch state {
    case .value(let value, let quality, let reason):
      [
        "channel": .text(channel.rawValue), "unit": .text(channel.unit), "value": .number(value),
        "quality": .text(quality.rawValue), "reason": JSON(reason),
      ]
    case .absent(let absence):
      [
        "channel": .text(channel.rawValue), "unit": .text(channel.unit), "value": .null,
        "quality": "absent", "reason": .text(absence.rawValue),
      ]
    }
  }
}

extension AirSample {
  var json: JSON {
    [
      "time_utc_us": .integer(stamp.utc.microseconds), "clock": .text(stamp.trust.rawValue),
      "part": .text(part), "readings": .list(readings.map(\.json)),
    ]
  }
}

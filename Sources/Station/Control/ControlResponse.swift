package import Readings

/// What the daemon answers.
package enum ControlResponse: Hashable, Sendable {
  case status(StationStatus)
  /// Where a tap stands now.
  case tap(TapMoment)
  /// What the probe said.
  case measured(ProbeMeasurement)
  /// It was done; one line for the person. What was to be saved is on the disk.
  case done(String)
  /// An event was saved, and is on the disk: by its number it can be withdrawn. On the wire it is
  /// `done` with a number.
  case saved(number: Int64, message: String)
  /// It was not done: why, and what to do about it.
  case refused(problem: String, hint: String)
}

extension ControlResponse: Codable {
  private enum Key: String, CodingKey {
    case result, status, message, number, problem, hint, measurement, tap
  }

  private enum Outcome: String, Codable { case status, tap, measured, done, refused }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Outcome.self, forKey: .result) {
    case .status: self = .status(try container.decode(StationStatus.self, forKey: .status))
    case .tap: self = .tap(try container.decode(TapMoment.self, forKey: .tap))
    case .measured:
      self = .measured(try container.decode(ProbeMeasurement.self, forKey: .measurement))
    case .done:
      let message = try container.decode(String.self, forKey: .message)
      let number = try container.decodeIfPresent(Int64.self, forKey: .number)
      self = number.map { .saved(number: $0, message: message) } ?? .done(message)
    case .refused:
      self = .refused(
        problem: try container.decode(String.self, forKey: .problem),
        hint: try container.decode(String.self, forKey: .hint))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .status(let status):
      try container.encode(Outcome.status, forKey: .result)
      try container.encode(status, forKey: .status)
    case .tap(let moment):
      try container.encode(Outcome.tap, forKey: .result)
      try container.encode(moment, forKey: .tap)
    case .measured(let measurement):
      try container.encode(Outcome.measured, forKey: .result)
      try container.encode(measurement, forKey: .measurement)
    case .done(let message):
      try container.encode(Outcome.done, forKey: .result)
      try container.encode(message, forKey: .message)
    case .saved(let number, let message):
      try container.encode(Outcome.done, forKey: .result)
      try container.encode(number, forKey: .number)
      try container.encode(message, forKey: .message)
    case .refused(let problem, let hint):
      try container.encode(Outcome.refused, forKey: .result)
      try container.encode(problem, forKey: .problem)
      try container.encode(hint, forKey: .hint)
    }
  }
}

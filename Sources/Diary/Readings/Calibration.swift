/// What a part's raw readings meant from a moment on, and on whose word.
package struct Calibration: Hashable, Sendable, Codable {
  /// Its number in the diary; nil before it is kept there.
  package var id: Int64?
  /// The part it is of: `fdc1004 0x50`.
  package var part: String
  package var channel: Channel
  package var validFrom: Timestamp
  /// When the next one took its place; nil while it is in force.
  package var validTo: Timestamp?
  /// Who made it.
  package var who: String
  /// Why, in words: it becomes the cause of the new epoch.
  package var why: String
  /// Its numbers by name, the unit in the name: `air_picofarads`.
  package var parameters: [String: Double]

  package init(
    id: Int64? = nil, part: String, channel: Channel, validFrom: Timestamp,
    validTo: Timestamp? = nil, who: String, why: String, parameters: [String: Double]
  ) {
    self.id = id
    self.part = part
    self.channel = channel
    self.validFrom = validFrom
    self.validTo = validTo
    self.who = who
    self.why = why
    self.parameters = parameters
  }

  /// Who made a calibration that comes from the configuration file.
  package static let bySettings = "settings"
}

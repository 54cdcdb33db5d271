/// Somebody who uses the station, by the name the settings give.
package struct Person: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  package var rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
  package var description: String { rawValue }
}

/// A place on the skin, by the name the settings give: `cheek`, `forehead`.
package struct Site: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  package var rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
  package var description: String { rawValue }
}

import FoundationEssentials
package import Readings

/// A code by which one more device is let in to the pages, and where it is to be told.
package struct PairingOffer: Hashable, Sendable, Codable {
  /// Eight digits.
  package var code: String
  package var until: Timestamp
  /// Where the house finds the pages: `http://192.168.1.5:8047`; none where the board has no address.
  package var addresses: [String]

  package init(code: String, until: Timestamp, addresses: [String]) {
    self.code = code
    self.until = until
    self.addresses = addresses
  }

  private enum CodingKeys: String, CodingKey {
    case code
    case until = "until_utc_us"
    case addresses
  }
}

/// A device that is let in to the pages.
package struct PairedDevice: Hashable, Sendable, Codable {
  /// What it calls itself: `Firefox on Android`.
  package var name: String
  package var paired: Timestamp

  package init(name: String, paired: Timestamp) {
    self.name = name
    self.paired = paired
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case paired = "paired_utc_us"
  }
}

extension ControlResponse {
  /// Done, with something for a program to read.
  ///
  /// - Parameter content: What the answer's text is, as JSON.
  /// - Returns: The answer.
  /// - Throws: `EncodingError`
  package static func done(with content: some Encodable) throws -> ControlResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return .done(String(decoding: try encoder.encode(content), as: UTF8.self))
  }

  /// What the answer's text is the JSON of.
  ///
  /// - Parameter type: What was asked for.
  /// - Returns: That.
  /// - Throws: `.malformed` where it is anything else.
  package func content<Content: Decodable>(_ type: Content.Type) throws(ControlError) -> Content {
    guard case .done(let text) = self else {
      throw .malformed("another answer than asked for")
    }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw .malformed("\(type): \(error)")
    }
  }
}

import FoundationEssentials

/// How requests and answers travel: one JSON object a line, each with the protocol's version.
enum ControlProtocol {
  /// Raised when an older program would misunderstand a newer one.
  static let version = 1

  /// A message's line, with its line break.
  static func line(_ message: some Encodable) throws(ControlError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(Versioned(message: message))) + [newline]
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// The message of a line.
  static func message<Message: Decodable>(
    _ type: Message.Type, in line: [UInt8]
  ) throws(ControlError) -> Message {
    let data = Data(line)
    do {
      let spoken = try JSONDecoder().decode(VersionOnly.self, from: data).version
      guard spoken == version else { throw ControlError.version(spoken) }
      return try JSONDecoder().decode(type, from: data)
    } catch let error as ControlError {
      throw error
    } catch let error as DecodingError {
      throw .malformed(error.words)
    } catch {
      throw .malformed("\(error)")
    }
  }

  static let newline = UInt8(ascii: "\n")

  private struct VersionOnly: Decodable { var version: Int }

  private struct Versioned<Message: Encodable>: Encodable {
    var message: Message

    func encode(to encoder: any Encoder) throws {
      try message.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(version, forKey: .version)
    }

    private enum Key: String, CodingKey { case version }
  }
}

extension DecodingError {
  /// The fault in a few words, with the key it is at.
  fileprivate var words: String {
    switch self {
    case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
    @unknown default: "\(self)"
    }
  }
}

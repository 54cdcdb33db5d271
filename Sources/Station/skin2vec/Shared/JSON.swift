import FoundationEssentials
import Readings

extension JSON {
  /// The text as a person reads it, line by line.
  func indented() throws -> String { try JSON.indented(self) }

  /// The text of anything that can be encoded, keys in the order of the alphabet.
  static func indented(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

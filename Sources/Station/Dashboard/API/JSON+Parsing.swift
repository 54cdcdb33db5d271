import FoundationEssentials
import Readings

extension JSON {
  /// Reads JSON text; nil where it is none.
  init?(parsing bytes: [UInt8]) {
    // What is wrong with it is for whoever wrote it to find: the answer says that it is no JSON.
    guard let parsed = try? JSONDecoder().decode(Parsed.self, from: Data(bytes)) else { return nil }
    self = parsed.value
  }

  private struct Parsed: Decodable {
    var value: JSON

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let bool = try? container.decode(Bool.self) {
        value = .bool(bool)
      } else if let integer = try? container.decode(Int64.self) {
        value = .integer(integer)
      } else if let number = try? container.decode(Double.self) {
        value = .number(number)
      } else if let text = try? container.decode(String.self) {
        value = .text(text)
      } else if let list = try? container.decode([Parsed].self) {
        value = .list(list.map(\.value))
      } else {
        value = .object(try container.decode([String: Parsed].self).mapValues(\.value))
      }
    }
  }

  /// The value of a field; nil where there is none, or null.
  subscript(_ name: String) -> JSON? {
    guard case .object(let fields) = self, let value = fields[name], value != .null else {
      return nil
    }
    return value
  }

  var asText: String? { if case .text(let text) = self { text } else { nil } }
  var asList: [JSON]? { if case .list(let list) = self { list } else { nil } }
  var asObject: [String: JSON]? { if case .object(let fields) = self { fields } else { nil } }

  var asNumber: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }

  var asInteger: Int64? {
    switch self {
    case .integer(let number): number
    case .number(let number): Int64(exactly: number)
    default: nil
    }
  }
}

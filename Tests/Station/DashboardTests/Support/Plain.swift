import FoundationEssentials

/// JSON as the tests read it, by another reader than the site's.
enum Plain: Hashable, Sendable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([Plain])
  case object([String: Plain])

  init(_ text: String) throws { self = try JSONDecoder().decode(Plain.self, from: Data(text.utf8)) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let list = try? container.decode([Plain].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: Plain].self))
    }
  }

  /// A field; null where there is none.
  subscript(_ name: String) -> Plain { fields[name] ?? .null }
  subscript(_ index: Int) -> Plain { list.indices.contains(index) ? list[index] : .null }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  var list: [Plain] { if case .list(let list) = self { list } else { [] } }
  var fields: [String: Plain] { if case .object(let fields) = self { fields } else { [:] } }
}

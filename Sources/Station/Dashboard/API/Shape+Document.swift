import Readings

extension Shape {
  /// The shape as JSON Schema has it (2020-12, as in OpenAPI 3.1).
  var document: JSON { .object(keywords) }

  private var keywords: [String: JSON] {
    switch self {
    case .text(let pattern, let longest):
      ["type": "string", "maxLength": JSON(longest)].merging(pattern?.keywords ?? [:]) { $1 }
    case .choice(let words): ["type": "string", "enum": .list(words.map { .text($0) })]
    case .integer(let range):
      [
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ]
    case .number(let range):
      ["type": "number"].merging(
        range.map { ["minimum": .number($0.lowerBound), "maximum": .number($0.upperBound)] } ?? [:]
      ) { $1 }
    case .boolean: ["type": "boolean"]
    case .list(let shape, let most):
      ["type": "array", "items": shape.document].merging(
        most.map { ["maxItems": JSON($0)] } ?? [:]
      ) { $1 }
    case .object(let fields):
      [
        "type": "object", "additionalProperties": false,
        "properties": .object(
          Dictionary(fields.map { ($0.name, $0.document) }) { _, last in last }),
        "required": .list(fields.filter(\.isRequired).map { .text($0.name) }),
      ]
    case .map(let shape): ["type": "object", "additionalProperties": shape.document]
    case .nullable(let shape): Self.orNull(shape)
    }
  }

  private static func orNull(_ shape: Shape) -> [String: JSON] {
    var keywords = shape.keywords
    if case .text(let type)? = keywords["type"] { keywords["type"] = [.text(type), "null"] }
    if case .list(let words)? = keywords["enum"] { keywords["enum"] = .list(words + [.null]) }
    return keywords
  }
}

extension Shape.Field {
  /// The field as JSON Schema has it.
  fileprivate var document: JSON {
    guard !summary.isEmpty, case .object(var keywords) = shape.document else {
      return shape.document
    }
    keywords["description"] = .text(summary)
    return .object(keywords)
  }
}

/// A schema of JSON (2020-12), as far as the document uses it; another keyword is a fault of its own.
struct Schema {
  let keywords: [String: Plain]
  /// What `$ref` leads into.
  let root: Plain

  init(_ schema: Plain, in root: Plain = .null) {
    (keywords, self.root) = (schema.fields, root)
  }

  private static let known: Set<String> = [
    "type", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern", "format", "items",
    "maxItems", "properties", "required", "additionalProperties", "description", "$ref",
  ]

  /// What of a value is not as the schema says; nil where all of it is.
  func fault(in value: Plain, at place: String = "") -> String? {
    if let stranger = keywords.keys.first(where: { !Self.known.contains($0) }) {
      return "\(place): the keyword \(stranger) is not known"
    }
    if let target = keywords["$ref"]?.text {
      let way = target.split(separator: "/").dropFirst()
      let schema = way.reduce(root) { $0[String($1)] }
      guard schema != .null else { return "\(target) leads nowhere" }
      return Schema(schema, in: root).fault(in: value, at: place)
    }
    if !hasType(value) { return "\(place): \(value) is not of type \(keywords["type"] ?? .null)" }
    if let words = keywords["enum"], !words.list.contains(value) {
      return "\(place): \(value) is none of \(words)"
    }
    switch value {
    case .number(let number): return fault(in: number, at: place)
    case .text(let text): return fault(in: text, at: place)
    case .list(let list): return fault(in: list, at: place)
    case .object(let fields): return fault(in: fields, at: place)
    case .null, .bool: return nil
    }
  }

  private func hasType(_ value: Plain) -> Bool {
    guard let type = keywords["type"] else { return true }
    let names = type.text.map { [$0] } ?? type.list.compactMap(\.text)
    return names.contains { name in
      switch (name, value) {
      case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .text),
        ("array", .list), ("object", .object):
        true
      case ("integer", .number(let number)): number.truncatingRemainder(dividingBy: 1) == 0
      default: false
      }
    }
  }

  private func fault(in number: Double, at place: String) -> String? {
    if let least = keywords["minimum"]?.number, number < least {
      return "\(place): \(number) < \(least)"
    }
    if let most = keywords["maximum"]?.number, number > most {
      return "\(place): \(number) > \(most)"
    }
    return nil
  }

  private func fault(in text: String, at place: String) -> String? {
    let length = Double(text.unicodeScalars.count)
    if let most = keywords["maxLength"]?.number, length > most { return "\(place): too long" }
    if let least = keywords["minLength"]?.number, length < least { return "\(place): too short" }
    if let pattern = keywords["pattern"]?.text {
      do {
        let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
        if try regex.wholeMatch(in: text) == nil { return "\(place): not of \(pattern)" }
      } catch {
        return "\(place): \(pattern) is no pattern: \(error)"
      }
    }
    switch keywords["format"]?.text {
    case nil: return nil
    case "date": return Self.isDate(text) ? nil : "\(place): \(text) is no date"
    case let format: return "\(place): the format \(format ?? "") is not known"
    }
  }

  /// A full-date of RFC 3339.
  private static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return false }
    let digits = bytes.enumerated().filter { $0.offset != 4 && $0.offset != 7 }.map(\.element)
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return false }
    let numbers = digits.map { Int($0) - 48 }
    let year = numbers[0..<4].reduce(0) { $0 * 10 + $1 }
    let (month, day) = (numbers[4] * 10 + numbers[5], numbers[6] * 10 + numbers[7])
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && day >= 1 && day <= lengths[month - 1]
  }

  private func fault(in list: [Plain], at place: String) -> String? {
    if let most = keywords["maxItems"]?.number, Double(list.count) > most {
      return "\(place): too many"
    }
    guard let items = keywords["items"] else { return nil }
    let schema = Schema(items, in: root)
    for (index, value) in list.enumerated() {
      if let fault = schema.fault(in: value, at: "\(place)/\(index)") { return fault }
    }
    return nil
  }

  private func fault(in fields: [String: Plain], at place: String) -> String? {
    for name in keywords["required"]?.list.compactMap(\.text) ?? [] where fields[name] == nil {
      return "\(place): \(name) is missing"
    }
    for (name, value) in fields {
      if let schema = keywords["properties"]?.fields[name] {
        if let fault = Schema(schema, in: root).fault(in: value, at: "\(place)/\(name)") {
          return fault
        }
      } else if keywords["additionalProperties"] == .bool(false) {
        return "\(place): there is no \(name)"
      } else if let others = keywords["additionalProperties"], case .object = others,
        let fault = Schema(others, in: root).fault(in: value, at: "\(place)/\(name)")
      {
        return fault
      }
    }
    return nil
  }
}

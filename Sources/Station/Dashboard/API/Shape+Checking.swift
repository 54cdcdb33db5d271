import Readings

extension Shape {
  /// What is wrong with a value.
  struct Fault: Error, Hashable, Sendable {
    /// Where, as a JSON pointer (RFC 6901); empty for the whole.
    var pointer: String
    /// What it should be.
    var reason: String
  }

  /// Checks a value.
  ///
  /// - Throws: The first thing that is wrong.
  func check(_ value: JSON, at pointer: String = "") throws(Fault) {
    switch (self, value) {
    case (.nullable, .null): return
    case (.nullable(let shape), _): try shape.check(value, at: pointer)
    case (.text(let pattern, let longest), .text(let text)):
      guard text.unicodeScalars.count <= longest else {
        throw Fault(pointer: pointer, reason: "at most \(longest) characters are taken")
      }
      guard pattern?.matches(text) ?? true else {
        throw Fault(pointer: pointer, reason: "must be \(words)")
      }
    case (.choice(let words), .text(let text)) where words.contains(text): return
    case (.integer(let range), .integer(let number)) where range.contains(number): return
    case (.integer(let range), .number(let number))
    where Int64(exactly: number).map(range.contains) ?? false:
      return
    case (.number(let range), .number(let number)) where range?.contains(number) ?? true: return
    case (.number(let range), .integer(let number))
    where range?.contains(Double(number)) ?? true:
      return
    case (.boolean, .bool): return
    case (.list(let shape, let most), .list(let values)):
      guard values.count <= most ?? .max else {
        throw Fault(pointer: pointer, reason: "at most \(most ?? 0) are taken at a time")
      }
      for (index, value) in values.enumerated() {
        try shape.check(value, at: "\(pointer)/\(index)")
      }
    case (.map(let shape), .object(let values)):
      for (name, value) in values { try shape.check(value, at: pointer + name.inPointer) }
    case (.object(let fields), .object(let values)): try Self.check(fields, values, at: pointer)
    default: throw Fault(pointer: pointer, reason: "must be \(words)")
    }
  }

  private static func check(
    _ fields: [Field], _ values: [String: JSON], at pointer: String
  ) throws(Fault) {
    for name in values.keys.sorted() where !fields.contains(where: { $0.name == name }) {
      throw Fault(pointer: pointer + name.inPointer, reason: "there is no such field here")
    }
    for field in fields {
      if let value = values[field.name] {
        try field.shape.check(value, at: pointer + field.name.inPointer)
      } else if field.isRequired {
        throw Fault(pointer: pointer + field.name.inPointer, reason: "is missing")
      }
    }
  }

  /// What it must be, for a person.
  var words: String {
    switch self {
    case .text(.date?, _): "a date, as 2026-11-29"
    case .text(.name?, let longest): "a name of 1 to \(longest) characters, none invisible"
    case .text(.note?, let longest): "text of at most \(longest) characters"
    case .text(.cursor?, _): "where a page before ended, as its `next` said"
    case .text(nil, let longest): "text of at most \(longest) characters"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range?): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .number(nil): "a number"
    case .boolean: "true or false"
    case .list: "a list"
    case .object, .map: "an object"
    case .nullable(let shape): shape.words + ", or null"
    }
  }

  /// A value out of the text of a path or a query; nil where it cannot be one.
  func value(of text: String) -> JSON? {
    switch self {
    case .integer: Int64(text).map { .integer($0) }
    case .number: Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case .boolean: text == "true" ? true : text == "false" ? false : nil
    case .nullable(let shape): shape.value(of: text)
    default: .text(text)
    }
  }
}

extension String {
  /// As a step of a JSON pointer (RFC 6901, 3).
  fileprivate var inPointer: String {
    "/" + replacing("~", with: "~0").replacing("/", with: "~1")
  }
}

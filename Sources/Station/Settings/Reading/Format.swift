/// How the text of one value becomes the value, and what is said where it does not.
///
/// Formats read the text as it stands in the file: the types that YAML guesses (`04:00` as a
/// number in base 60, `no` as false) never come into it.
package struct Format<Value: Sendable>: Sendable {
  package let read: @Sendable (String) throws(Complaint) -> Value

  package init(_ read: @escaping @Sendable (String) throws(Complaint) -> Value) {
    self.read = read
  }
}

/// What is wrong with the text of a value, before anybody knows where it stands.
package struct Complaint: Error, Hashable, Sendable {
  /// Names the text: `60 has no unit`.
  package var problem: String
  /// The mend, as an instruction.
  package var hint: String

  package init(_ problem: String, hint: String) {
    self.problem = problem
    self.hint = hint
  }
}

extension Format where Value == String {
  /// Any text that is not empty.
  package static var text: Format {
    Format { text throws(Complaint) in
      guard !text.isEmpty else { throw Complaint("the text is empty", hint: "write something") }
      return text
    }
  }

  /// A file's absolute path.
  package static var path: Format {
    Format { text throws(Complaint) in
      guard text.hasPrefix("/") else {
        throw Complaint("`\(text)` is not an absolute path", hint: "begin it with `/`")
      }
      guard text.utf8.allSatisfy({ $0 >= 0x20 }) else {
        throw Complaint("the path holds a control character", hint: "take it out")
      }
      return text
    }
  }

  /// A short name: it stands in command lines, journal fields and keys.
  package static var name: Format {
    Format { text throws(Complaint) in
      let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
      guard isPlain, (1...32).contains(text.count), !text.hasPrefix("-") else {
        throw Complaint(
          "`\(text)` is not a name", hint: "use 1 to 32 letters, digits, `_` and `-`")
      }
      return text
    }
  }

  /// One of the given words.
  package static func word(of words: [String], what: String) -> Format {
    Format { text throws(Complaint) in
      guard words.contains(text) else {
        throw Complaint("`\(text)` is not \(what)", hint: Spelling.hint(for: text, among: words))
      }
      return text
    }
  }
}

extension Format where Value: RawRepresentable<String> & CaseIterable {
  /// One case of an enumeration, by its raw value; `what` says what that is, with its article.
  package static func choice(_ what: String) -> Format {
    Format { text throws(Complaint) in
      if let value = Value(rawValue: text) { return value }
      throw Complaint(
        "`\(text)` is not \(what)",
        hint: Spelling.hint(for: text, among: Value.allCases.map(\.rawValue)))
    }
  }
}

extension Format where Value == Bool {
  /// `yes` or `no`.
  package static var yesOrNo: Format {
    .either("yes", true, "no", false)
  }

  /// One of two words.
  package static func either(_ a: String, _ first: Bool, _ b: String, _ second: Bool) -> Format {
    Format { text throws(Complaint) in
      if text == a { return first }
      if text == b { return second }
      throw Complaint("`\(text)` is neither `\(a)` nor `\(b)`", hint: "write `\(a)` or `\(b)`")
    }
  }
}

extension Format where Value == Int {
  /// A plain whole number: a count of things, which needs no unit.
  package static func integer(in range: ClosedRange<Int>) -> Format {
    Format { text throws(Complaint) in
      let span = "\(range.lowerBound) to \(range.upperBound)"
      guard let value = Int(text) else {
        throw Complaint("`\(text)` is not a whole number", hint: "write a number from \(span)")
      }
      guard range.contains(value) else {
        throw Complaint("\(text) is out of range", hint: "use \(span)")
      }
      return value
    }
  }
}

/// A time of day on the person's clock, in whole minutes.
package struct TimeOfDay: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Minutes after local midnight, 0 to 1439.
  package let minutes: Int

  /// The time of day, or nil where a day has no such minute.
  package init?(minutes: Int) {
    guard (0..<1440).contains(minutes) else { return nil }
    self.minutes = minutes
  }

  /// For constants in code; an hour that no day has is a programmer's mistake.
  package static func at(_ hour: Int, _ minute: Int = 0) -> TimeOfDay {
    precondition((0..<24).contains(hour) && (0..<60).contains(minute), "00:00 to 23:59 only")
    return TimeOfDay(unchecked: hour * 60 + minute)
  }

  private init(unchecked minutes: Int) { self.minutes = minutes }

  package static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.minutes < b.minutes }

  /// As people write it: `04:00`.
  package var description: String {
    let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

extension Format where Value == TimeOfDay {
  /// A time of day, `04:00` to `23:59`.
  package static var timeOfDay: Format {
    Format { text throws(Complaint) in
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      let isPlain = parts.count == 2 && parts.allSatisfy { $0.count == 2 && $0.first != "+" }
      guard isPlain, let hour = Int(parts[0]), let minute = Int(parts[1]),
        (0..<60).contains(minute), let time = TimeOfDay(minutes: hour * 60 + minute)
      else {
        throw Complaint("`\(text)` is not a time of day", hint: "write hours and minutes: `04:00`")
      }
      return time
    }
  }
}

extension Format where Value == ClosedRange<Double> {
  /// From one number to another, both allowed, with their unit once: `18 to 26 °C`.
  package static func span(
    _ unit: String, within range: ClosedRange<Double> = -1_000_000...1_000_000
  ) -> Format {
    Format { text throws(Complaint) in
      let ends = text.split(separator: " to ", maxSplits: 1).map(String.init)
      guard ends.count == 2 else {
        throw Complaint(
          "`\(text)` is not from one number to another", hint: "write `18 to 26 \(unit)`")
      }
      let quantity = Format<Double>.quantity(unit, in: range)
      let hasUnit = try !Measured(ends[0]).unit.isEmpty
      let least = try quantity.read(hasUnit ? ends[0] : ends[0] + " " + unit)
      let greatest = try quantity.read(ends[1])
      guard least < greatest else {
        throw Complaint(
          "\(text) is empty", hint: "put the smaller number first, and two different ones")
      }
      return least...greatest
    }
  }
}

extension Format {
  /// The same, or `none`.
  package static func orNone<Wrapped>(
    _ format: Format<Wrapped>
  ) -> Format where Value == Wrapped? {
    Format { text throws(Complaint) in text == "none" ? nil : try format.read(text) }
  }
}

extension Format where Value == Double {
  /// A ratio or a coefficient: a plain number, which has no unit of its own.
  package static func ratio(in range: ClosedRange<Double>) -> Format {
    Format { text throws(Complaint) in
      let measured = try Measured(text)
      guard measured.unit.isEmpty else {
        throw Complaint("`\(text)` has a unit", hint: "write the number alone")
      }
      guard range.contains(measured.number) else {
        throw Complaint(
          "\(text) is out of range",
          hint: "use \(plain(range.lowerBound)) to \(plain(range.upperBound))")
      }
      return measured.number
    }
  }
}

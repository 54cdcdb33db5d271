import Readings

/// A number with a fixed count of decimals and its sign always, for what is a difference.
package func signed(_ value: Double, _ places: Int) -> String {
  let text = decimal(value, places)
  return value > 0 && text.contains { $0 != "0" && $0 != "." } ? "+" + text : text
}

/// A number as short as it can be written without loss: `3`, `0.5`.
package func plain(_ value: Double) -> String {
  Int64(exactly: value).map { String($0) } ?? String(value)
}

/// A count with thin groups of three: `44 512`.
package func grouped(_ count: Int) -> String {
  let digits = String(count)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += " " }
    text.append(digit)
  }
  return text
}

/// A count and its noun: `1 tap`, `3 taps`.
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// A size in the largest unit that leaves a whole number before the point: `5.1 MB`.
package func sizeInWords(_ bytes: Int64) -> String {
  let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
  let size = Double(bytes)
  for (scale, unit) in units where size >= scale { return "\(decimal(size / scale, 1)) \(unit)" }
  return "\(bytes) bytes"
}

extension String {
  /// Without what a terminal may take for an order rather than for text.
  package var printable: String {
    String(
      unicodeScalars.filter {
        $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
      }.map { Character($0) })
  }

  /// The first letter as a capital.
  package var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

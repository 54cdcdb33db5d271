import Readings
import Sensors
import Wording

extension PartReading {
  /// The reading as a person reads it.
  func lines(_ paint: Paint) -> [String] {
    let name = paint.bold(part) + " on \(bus)"
    if let problem {
      let reason = absence.map { "absent (\($0.words())): " } ?? ""
      return ["\(name): \(reason)\(problem)"]
    }
    var lines = [name + (identity.map { ": " + $0.words } ?? "")]
    var table = TextTable()
    for reading in air { table.add(reading.channel.rawValue, reading.valueWords) }
    for (index, number) in numbers.enumerated() {
      table.add(index == 0 ? "value" : "", number.words)
    }
    if !wire.isEmpty { table.add("raw", hexadecimal(wire)) }
    if let remark { table.add("note", remark) }
    lines += table.lines(indentedBy: 2)
    return lines
  }

  /// The reading as a program reads it.
  var json: JSON {
    [
      "part": .text(part), "bus": .text(bus), "product": JSON(identity?.product),
      "serial": JSON(identity?.serial), "firmware": JSON(identity?.firmware),
      "readings": .list(air.map(\.json)),
      "raw": .object(Dictionary(uniqueKeysWithValues: numbers.map { ($0.key, .number($0.value)) })),
      "wire_hex": JSON(wire.isEmpty ? nil : hexadecimal(wire)), "note": JSON(remark),
      "absence": JSON(absence?.rawValue), "problem": JSON(problem),
    ]
  }
}

extension AirReading {
  fileprivate var valueWords: String {
    switch state {
    case .value(let value, _, _): channel.words(value)
    case .absent(let absence): "absent (\(absence.words()))"
    }
  }
}

/// Bytes as people compare them with a datasheet: `42 4D 00 1C`.
func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
    .joined(separator: " ")
}

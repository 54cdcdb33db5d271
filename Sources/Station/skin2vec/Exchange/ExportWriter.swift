import Readings
import Store
import Synchronization

/// How moments are written.
enum MomentForm: String, CaseIterable, Sendable {
  /// ISO 8601 in UTC, to the microsecond.
  case utc
  /// ISO 8601 on the person's clock, with its offset.
  case local
  /// Whole microseconds since 1970 in UTC.
  case us

  /// What the name of a column of moments ends in.
  var ending: String {
    switch self {
    case .utc: "_utc"
    case .local: "_local"
    case .us: "_utc_us"
    }
  }
}

/// Writes rows as CSV by RFC 4180, or as a JSON object a line.
final class ExportWriter: Sendable {
  private struct State {
    var columns: [ExportColumn] = []
    var names: [String] = []
    var line: [UInt8] = []
    var rows = 0
  }

  private let format: FileFormat
  private let form: MomentForm
  private let plan: DayPlan
  private let output: OutputFile
  private let state = Mutex(State())

  init(_ format: FileFormat, _ form: MomentForm, plan: DayPlan, to output: OutputFile) {
    self.format = format
    self.form = form
    self.plan = plan
    self.output = output
  }

  var rows: Int { state.withLock { $0.rows } }

  /// Takes the columns, and writes the header where the format has one.
  func begin(_ columns: [ExportColumn]) throws {
    let ending = form.ending
    let names = columns.map { $0.isMoment ? $0.name + ending : $0.name }
    state.withLock { ($0.columns, $0.names) = (columns, names) }
    if format == .csv { try output.write(names.joined(separator: ",") + "\n") }
  }

  /// Writes a row.
  func write(_ cells: [Archive.Cell]) throws {
    try state.withLock { state in
      state.rows += 1
      switch format {
      case .csv: addCSV(cells, &state)
      case .ndjson: addJSON(cells, &state)
      }
      state.line.append(UInt8(ascii: "\n"))
      try output.write(&state.line)
    }
  }

  private func addCSV(_ cells: [Archive.Cell], _ state: inout State) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { state.line.append(UInt8(ascii: ",")) }
      if let text = plain(cell, state.columns[index]) {
        state.line.append(contentsOf: text.utf8)
      } else if case .text(let text) = cell {
        state.line.append(contentsOf: CSVText.field(text).utf8)
      }
    }
  }

  /// An object with a member for each cell; what was not offered is left out, and what had no value
  /// is null.
  private func addJSON(_ cells: [Archive.Cell], _ state: inout State) {
    state.line.append(UInt8(ascii: "{"))
    for (index, cell) in cells.enumerated() {
      if index > 0 { state.line.append(UInt8(ascii: ",")) }
      JSONText.add(state.names[index], to: &state.line)
      state.line.append(UInt8(ascii: ":"))
      let isMomentText = state.columns[index].isMoment && form != .us
      if let text = plain(cell, state.columns[index]) {
        let isText = isMomentText || { if case .blob = cell { true } else { false } }()
        if isText { JSONText.add(text, to: &state.line) } else { state.line += text.utf8 }
      } else if case .text(let text) = cell {
        JSONText.add(text, to: &state.line)
      } else {
        state.line.append(contentsOf: "null".utf8)
      }
    }
    state.line.append(UInt8(ascii: "}"))
  }

  /// What needs neither quotes nor escapes; nil for text and for nothing.
  private func plain(_ cell: Archive.Cell, _ column: ExportColumn) -> String? {
    switch cell {
    case .null, .text: nil
    case .integer(let number): column.isMoment ? moment(number) : String(number)
    // The shortest digits that give the same double again.
    case .real(let number):
      number == number.rounded() && number.magnitude < 1e15
        ? String(Int64(number)) : "\(number)"
    case .blob(let bytes): Self.codes(bytes)
    }
  }

  private func moment(_ microseconds: Int64) -> String {
    switch form {
    case .us: String(microseconds)
    case .utc: MomentText.iso(microseconds, offset: nil)
    case .local:
      MomentText.iso(
        microseconds,
        offset: plan.zone.offsetSeconds(at: Timestamp(microseconds: microseconds).seconds))
    }
  }

  /// A part's codes, little-endian and four bytes each, as decimal numbers.
  private static func codes(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      let code = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
      return String(Int32(bitPattern: code))
    }.joined(separator: " ")
  }
}

/// Moments as ISO 8601 has them.
enum MomentText {
  /// `2026-11-20T22:14:03.000000Z`, or with the offset of a clock.
  static func iso(_ microseconds: Int64, offset: Int?) -> String {
    let local = microseconds + Int64(offset ?? 0) * CivilTime.microsecondsPerSecond
    let perDay = CivilTime.secondsPerDay * CivilTime.microsecondsPerSecond
    let days = local.flooringDivision(by: perDay)
    let rest = Int(local - days * perDay)
    let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1_000_000)
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0.padded(to: 2) }
    let date = LocalDate(daysSince1970: Int(days))
    return "\(date)T\(clock.joined(separator: ":")).\(fraction.padded(to: 6))\(zone(offset))"
  }

  private static func zone(_ offset: Int?) -> String {
    guard let offset else { return "Z" }
    let minutes = abs(offset) / 60
    let sign = offset < 0 ? "-" : "+"
    return "\(sign)\((minutes / 60).padded(to: 2)):\((minutes % 60).padded(to: 2))"
  }
}

/// Text as JSON writes it (RFC 8259).
enum JSONText {
  static func add(_ text: String, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        line += ("\\u" + byte.hexadecimal(digits: 4)).utf8
      default: line.append(byte)
      }
    }
    line.append(UInt8(ascii: "\""))
  }
}

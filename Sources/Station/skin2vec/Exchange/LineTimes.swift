import Readings
import Wording

/// The fields of one line, by what they are.
struct LineFields {
  let fields: UnsafeBufferPointer<Field>
  let columns: Columns

  /// The field of a role; nil where the file has none, or nothing is in it.
  func field(_ role: FieldRole) -> Field? {
    guard let place = columns.places[role], place < fields.count else { return nil }
    let field = fields[place]
    return field.bytes.isEmpty ? nil : field
  }

  /// The text of a role.
  func text(_ role: FieldRole) -> String? { field(role)?.text }

  /// A number of a role; nil where there is none; refuses anything else.
  func number(_ role: FieldRole) throws(LineFault) -> Double? {
    guard let field = field(role), !field.bytes.saysNothing else { return nil }
    guard let number = NumberReader.number(field.bytes) else {
      throw .notANumber(columns.name(role), field)
    }
    return number
  }

  /// A number of a role in the channel's unit; refuses one that no number can be there.
  func number(
    _ role: FieldRole, _ conversion: UnitConversion
  ) throws(LineFault) -> Double? {
    guard let number = try number(role) else { return nil }
    let converted = conversion(number)
    guard converted.isFinite else { throw .tooGreat(columns.name(role)) }
    return converted
  }

  /// A name of a role: it stands in lines and keys; nil where there is none.
  func name(_ role: FieldRole) throws(LineFault) -> String? {
    guard let text = text(role) else { return nil }
    guard text.utf8.count <= 256, text.printable == text else {
      throw LineFault(
        columns.name(role), "a name is too long, or has control characters in it",
        mend: "write up to 256 bytes of plain text")
    }
    return text
  }

  /// A whole number of a role; nil where there is none; refuses anything else.
  func integer(_ role: FieldRole) throws(LineFault) -> Int64? {
    guard let field = field(role) else { return nil }
    guard let number = NumberReader.integer(field.bytes) else {
      throw LineFault(
        columns.name(role), "`\(field.shown)` is not a whole number", mend: "mend the line")
    }
    return number
  }

  /// What a line must have; refuses nil, naming the role's column.
  func required<Value>(_ value: Value?, _ role: FieldRole) throws(LineFault) -> Value {
    guard let value else {
      throw LineFault(columns.name(role), "it is empty", mend: "fill it in, or leave the line out")
    }
    return value
  }

  /// A word of a list; nil where there is none; refuses another word.
  func word<Word: RawRepresentable & CaseIterable>(
    _ role: FieldRole, _: Word.Type = Word.self
  ) throws(LineFault) -> Word? where Word.RawValue == String {
    guard let field = field(role) else { return nil }
    guard let word = Word(rawValue: field.text) else {
      throw LineFault(
        columns.name(role), "`\(field.shown)` is none of its words",
        mend: "write one of: " + Word.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return word
  }
}

extension Field {
  /// The start of the text, for a refusal.
  var shown: String {
    let text = String(decoding: bytes.prefix(40), as: UTF8.self).printable
    return bytes.count > 40 ? text + "…" : text
  }
}

extension LineFault {
  static func tooGreat(_ column: String) -> LineFault {
    LineFault(column, "the number is too great in this unit", mend: "look at the unit")
  }

  static func notANumber(_ column: String, _ field: Field) -> LineFault {
    let isComma = field.bytes.contains(UInt8(ascii: ","))
    return LineFault(
      column, "`\(field.shown)` is not a number",
      mend: isComma
        ? "write decimals with a point"
        : "leave it empty, or write NA, where there is no value")
  }
}

/// The moment of each line, from one column or several.
struct LineTimes {
  var clock: ImportClock

  /// The moment of a line.
  ///
  /// - Parameters:
  ///   - line: Its fields.
  ///   - last: The moment of the line before it in the same series.
  /// - Returns: Microseconds since 1970 in UTC.
  /// - Throws: `LineFault`
  mutating func moment(_ line: LineFields, after last: Int64) throws(LineFault) -> Int64 {
    let columns = line.columns
    if let (place, format) = columns.time {
      let field = line.fields[place]
      switch format.read(field.bytes) {
      case .success(let wall): return try clock.utc(wall, after: last, columns.names[place])
      case let wall: _ = try Self.checked(wall, columns.names[place], field)
      }
    }
    if let date = line.field(.date) {
      let time = line.field(.timeOfDay)
      let wall = Self.joined(date, time) { bytes in
        columns.formats[.date, default: .iso].read(bytes)
      }
      return try clock.utc(
        try Self.checked(wall, columns.name(.date), time ?? date), after: last, columns.name(.date))
    }
    let wall = CivilTime.microseconds(
      year: try part(line, .year), month: try part(line, .month), day: try part(line, .day),
      hour: try part(line, .hour, or: 0), minute: try part(line, .minute, or: 0),
      second: try part(line, .second, or: 0))
    guard let wall else {
      throw LineFault(
        columns.name(.day), "there is no such day or time", mend: "mend the line, or leave it out")
    }
    return try clock.utc(WallTime(microseconds: wall), after: last, columns.name(.hour))
  }

  /// The moment in one field.
  mutating func moment(
    _ field: Field, _ role: FieldRole, _ columns: Columns, after last: Int64
  ) throws(LineFault) -> Int64 {
    let name = columns.name(role)
    let wall = columns.formats[role, default: .iso].read(field.bytes)
    return try clock.utc(try Self.checked(wall, name, field), after: last, name)
  }

  private static func checked(
    _ wall: Result<WallTime, TimeFault>, _ column: String, _ field: Field
  ) throws(LineFault) -> WallTime {
    switch wall {
    case .success(let wall): return wall
    case .failure(.noSuchTime):
      throw LineFault(
        column, "`\(field.shown)` is in no calendar, or on no clock",
        mend: "mend the line, or leave it out")
    case .failure(.notATime):
      let isNumber = NumberReader.number(field.bytes) != nil
      throw LineFault(
        column, field.bytes.isEmpty ? "there is no time" : "`\(field.shown)` is not a time",
        mend: isNumber
          ? "say what it counts: --time-format s, ms or us"
          : "say how it is written: --time-format '%d.%m.%Y %H:%M'")
    }
  }

  /// Date and time of day as one text.
  private static func joined<T>(_ date: Field, _ time: Field?, _ body: (Bytes) -> T) -> T {
    guard let time else { return body(date.bytes) }
    let count = date.bytes.count + 1 + time.bytes.count
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
      _ = room[...].update(fromContentsOf: date.bytes)
      room[date.bytes.count] = UInt8(ascii: " ")
      _ = room[(date.bytes.count + 1)...].update(fromContentsOf: time.bytes)
      return body(Bytes(room))
    }
  }

  private func part(
    _ line: LineFields, _ role: FieldRole, or usual: Int? = nil
  ) throws(LineFault) -> Int {
    if line.columns.places[role] == nil, let usual { return usual }
    let number = try line.required(try line.number(role), role)
    guard let whole = Int(exactly: number), (0...9999).contains(whole) else {
      throw LineFault(
        line.columns.name(role), "\(number) is no \(role.rawValue)", mend: "mend the line")
    }
    return whole
  }
}

import Readings
import Store
import Wording

/// Makes samples of the air of lines: a sample a line (wide), or a channel a line (long).
struct AirLines {
  var times: LineTimes
  /// The part of lines that do not name one.
  private let part: String
  private var parts: [String] = []
  /// The part of the last line, as the line has it.
  private var lastPart: (name: [UInt8], number: Int) = ([], 0)
  /// By part, and by channel in the long form: the moment of the last line.
  private var last: [Int64] = []
  /// Whether the file has a sample a line, as its first line has; nil before that.
  private var isWide: Bool?
  /// The conversions of units that lines name, by channel.
  private var units: [String: UnitConversion] = [:]
  /// The values of the line being read, by bit.
  private var values = [Double](repeating: 0, count: Self.count)

  private static let count = AirRows.channels.count
  private static let absent = AirRows.word(.notPresent)

  init(times: LineTimes, part: String) {
    self.times = times
    self.part = part
  }

  /// Adds a line to a batch.
  ///
  /// - Parameters:
  ///   - line: Its fields.
  ///   - number: Its place in the file.
  ///   - batch: What it goes to; as it was where the line is refused.
  /// - Throws: `LineFault`
  mutating func add(
    _ line: LineFields, number: Int, to batch: inout ImportBatch
  ) throws(LineFault) {
    let isWide = try isWide(line)
    let part = try partNumber(line)
    if batch.air.parts.count != parts.count { batch.air.parts = parts }
    if isWide {
      try addWide(line, number: number, part: part, to: &batch.air)
    } else {
      try addLong(line, number: number, part: part, to: &batch.air)
    }
  }

  /// Refuses a line of the other form: lines of JSON may name channels that the first one did not.
  private mutating func isWide(_ line: LineFields) throws(LineFault) -> Bool {
    let isWide = isWide ?? !line.columns.channels.isEmpty
    self.isWide = isWide
    let isMixed =
      isWide
      ? line.columns.mayBeLong && (line.field(.channel) != nil || line.field(.value) != nil)
      : line.columns.channels.contains { !line.fields[$0.place].isEmpty }
    if isMixed {
      throw LineFault(
        nil, isWide ? "a channel a line among samples" : "a sample among lines of a channel each",
        mend: "import the two forms from files of their own")
    }
    return isWide
  }

  private mutating func addWide(
    _ line: LineFields, number: Int, part: Int, to air: inout AirRows
  ) throws(LineFault) {
    let series = part * (Self.count + 1) + Self.count
    let time = try times.moment(line, after: last[series])
    var row = AirRows.Row(line: number, time: time, part: part, clock: try clock(line))
    var absent: Int64 = 0
    for (place, bit, conversion) in line.columns.channels {
      let field = line.fields[place]
      if field.isEmpty { continue }
      row.offered |= 1 << Int64(bit)
      if let number = NumberReader.number(field.bytes) {
        let value = conversion.isIdentity ? number : conversion(number)
        guard value.isFinite else { throw .tooGreat(line.columns.names[place]) }
        values[bit] = value
        row.present |= 1 << Int64(bit)
      } else if field.isNull || field.bytes.saysNothing {
        absent |= 1 << Int64(bit)
      } else {
        throw .notANumber(line.columns.names[place], field)
      }
    }
    if row.offered == 0 {
      // A line that only says when: nothing was there, and that is worth a row.
      for (_, bit, _) in line.columns.channels { absent |= 1 << Int64(bit) }
      row.offered = absent
    }
    if absent != 0 {
      air.notes[air.rows.count] = (0..<Self.count).filter { absent & (1 << Int64($0)) != 0 }
        .map { AirRows.Note(bit: $0, word: Self.absent, raw: nil) }
    }
    last[series] = time
    air.rows.append(row)
    air.values.append(contentsOf: values)
  }

  private mutating func addLong(
    _ line: LineFields, number: Int, part: Int, to air: inout AirRows
  ) throws(LineFault) {
    let name = try line.required(line.text(.channel), .channel)
    guard let channel = Channel(rawValue: name),
      let bit = AirRows.channels.firstIndex(of: channel)
    else {
      throw LineFault(
        line.columns.name(.channel), "`\(name.printable)` is no channel of the air",
        mend: "write one of: " + AirRows.channels.map(\.rawValue).joined(separator: ", "))
    }
    let series = part * (Self.count + 1) + bit
    let time = try times.moment(line, after: last[series])
    let conversion = try conversion(line, channel)
    let value = try line.number(.value, conversion)
    let note = try note(line, bit: bit, value: value, conversion)
    last[series] = time
    var index = air.rows.count - 1
    let mask = Int64(1) << Int64(bit)
    let clock = try clock(line)
    let isSame =
      index >= 0 && air.rows[index].time == time && air.rows[index].part == part
      && air.rows[index].clock == clock && air.rows[index].offered & mask == 0
    if !isSame {
      index += 1
      air.rows.append(AirRows.Row(line: number, time: time, part: part, clock: clock))
      air.values.append(contentsOf: values)
      air.lines.append(contentsOf: repeatElement(0, count: Self.count))
    }
    air.rows[index].offered |= mask
    air.lines[index * Self.count + bit] = number
    if let value {
      air.rows[index].present |= mask
      air.values[index * Self.count + bit] = value
    }
    if let note { air.notes[index, default: []].append(note) }
  }

  /// What a long line says besides the value.
  private func note(
    _ line: LineFields, bit: Int, value: Double?, _ conversion: UnitConversion
  ) throws(LineFault) -> AirRows.Note? {
    let raw = try line.number(.raw, conversion)
    let reason = line.text(.reason)
    let said = raw == value ? nil : raw
    guard value != nil else {
      let absence = reason.flatMap { Absence(rawValue: $0) } ?? .notPresent
      return AirRows.Note(bit: bit, word: AirRows.word(absence), raw: said)
    }
    let quality =
      line.text(.quality) == "absent" ? nil : try line.word(.quality, Quality.self) ?? .ok
    guard let quality else {
      throw LineFault(
        line.columns.name(.quality), "a value that is absent", mend: "empty one of the two")
    }
    let word = quality == .ok ? nil : AirRows.word(quality, reason: reason)
    return word == nil && said == nil ? nil : AirRows.Note(bit: bit, word: word, raw: said)
  }

  private mutating func conversion(
    _ line: LineFields, _ channel: Channel
  ) throws(LineFault) -> UnitConversion {
    guard let unit = line.text(.unit), unit != channel.unit else { return .identity }
    let key = channel.rawValue + " " + unit
    if let known = units[key] { return known }
    do throws(Failure) {
      let conversion = try UnitConversion(from: unit, to: channel)
      units[key] = conversion
      return conversion
    } catch {
      throw LineFault(line.columns.name(.unit), error.problem, mend: error.hint ?? "")
    }
  }

  private func clock(_ line: LineFields) throws(LineFault) -> ClockTrust {
    line.columns.clock == nil ? .synced : try line.word(.clock) ?? .synced
  }

  /// The place of a line's part in `parts`.
  private mutating func partNumber(_ line: LineFields) throws(LineFault) -> Int {
    let bytes = line.columns.part.map { line.fields[$0].bytes }
    // Lines of one part nearly always follow each other.
    if !parts.isEmpty, bytes?.elementsEqual(lastPart.name) ?? true { return lastPart.number }
    let name = try line.name(.part) ?? part
    let number = try partNumber(of: name, line)
    lastPart = (bytes.map { [UInt8]($0) } ?? [], number)
    return number
  }

  private mutating func partNumber(
    of name: String, _ line: LineFields
  ) throws(LineFault) -> Int {
    if let known = parts.firstIndex(of: name) { return known }
    guard parts.count < 1000 else {
      throw LineFault(line.columns.name(.part), "more than 1000 parts", mend: "look at the column")
    }
    parts.append(name)
    last.append(contentsOf: repeatElement(.min, count: Self.count + 1))
    return parts.count - 1
  }
}

import Normalisation
import Readings
import Store

/// Holds what was read of a file against what may be taken.
struct ImportJudge {
  let kind: ImportKind
  /// How many lines the file has at most.
  let lines: Int
  let now: Timestamp
  private(set) var taken = 0
  private(set) var words: [String] = []

  init(kind: ImportKind, lines: Int, now: Timestamp) {
    self.kind = kind
    self.lines = lines
    self.now = now
  }

  mutating func look(at batch: ImportBatch) throws {
    for refusal in batch.refused {
      try Broken.unless(
        (1...max(1, lines)).contains(refusal.line) && !refusal.reason.isEmpty
          && !refusal.mend.isEmpty,
        "a refusal without words, or of line \(refusal.line) of \(lines)")
      words.append("\(refusal.line) \(refusal.reason)")
    }
    let own: Int
    if kind == .air {
      let isLong = !batch.air.lines.isEmpty
      own =
        isLong
        ? batch.air.rows.reduce(0) { $0 + $1.offered.nonzeroBitCount } : batch.air.rows.count
      try look(at: batch.air)
    } else {
      own = batch.entries.count
      for entry in batch.entries { try look(at: entry.content) }
    }
    taken += own
    words.append("\(own) of \(batch.lines)")
    try Broken.unless(
      own + batch.refused.count == batch.lines,
      "\(batch.lines) lines, and \(own) read, \(batch.refused.count) refused")
  }

  private func look(at air: AirRows) throws {
    let width = AirRows.channels.count
    for (index, row) in air.rows.enumerated() {
      try Broken.unless((0...now.microseconds).contains(row.time), "a sample at \(row.time)")
      for bit in 0..<width where row.present & 1 << Int64(bit) != 0 {
        let value = air.values[index * width + bit]
        try Broken.unless(value.isFinite, "\(AirRows.channels[bit]) of \(value) is taken")
      }
      try Broken.unless(row.present & ~row.offered == 0, "a value that was not offered")
    }
    for note in air.notes.values.joined() {
      try Broken.unless(note.raw?.isFinite ?? true, "a raw value that is no number is taken")
    }
  }

  private func look(at content: ImportEntry.Content) throws {
    switch content {
    case .event(let event, _):
      try Broken.unless((0...1).contains(event.weight), "a weight of \(event.weight)")
      try Broken.unless(
        (0...now.microseconds).contains(event.time.microseconds), "an event at \(event.time)")
      try name(event.person.rawValue)
    case .score(let score):
      try Broken.unless((0...5).contains(score.value), "a score of \(score.value)")
      try name(score.person.rawValue)
    case .touch(let touch): try look(at: touch)
    }
  }

  private func look(at line: ImportedTouch) throws {
    try name(line.person.rawValue)
    try name(line.touch.site.rawValue)
    let times = [line.sessionStarted, line.touch.started, line.sessionEnded].map(\.utc.microseconds)
    // A slot that has begun yesterday may be given a value before it began; nothing is of the future.
    try Broken.unless(
      times.allSatisfy { (-86_400_000_000...now.microseconds + 86_400_000_000).contains($0) },
      "a touch at \(times)")
    try Broken.unless(
      times[0] <= times[1] && times[1] <= times[2], "a session turned round: \(times)")
    if let contact = line.touch.contact {
      try Broken.unless((.zero...(.seconds(86_400))).contains(contact), "a contact of \(contact)")
    }
    for measure in line.touch.measures {
      let numbers = [measure.raw, measure.value, measure.spread].compactMap(\.self)
      try Broken.unless(numbers.allSatisfy(\.isFinite), "a touch of \(numbers)")
      try Broken.unless(measure.spread.map { $0 >= 0 } ?? true, "a spread below zero")
      try name(measure.part)
    }
  }

  /// Names stand in journal lines and keys: no control characters, and not without an end.
  private func name(_ name: String) throws {
    let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    try Broken.unless(
      isPlain && (1...256).contains(name.utf8.count), "a name as `\(name.prefix(40))`")
  }
}

import GRDB
import GRDBSQLite
import Readings

/// Puts samples of the air from elsewhere into the table, by hand: they come by the million.
final class ImportedAir {
  private let writer: DiaryWriter
  private let duplicates: ImportOptions.Duplicates
  private let table: AirTable
  /// The numbers of the parts of the batches.
  private var parts: [Int64] = []
  /// The first and the last moment of which something changed, and the hours.
  private var from = Int64.max
  private var through = Int64.min
  private var hours: Set<Int64> = []
  /// The hour of the last sample that changed something.
  private var lastHour: Range<Int64> = 0..<0

  init(_ writer: DiaryWriter, _ duplicates: ImportOptions.Duplicates) throws {
    self.writer = writer
    self.duplicates = duplicates
    table = try AirTable(writer.db, boot: try writer.number(ofBoot: Stamp.importBootID))
  }

  /// What became of a line.
  private enum Fate {
    case taken, replaced, known
    case refused(bit: Int, there: Double?, here: Double?)
  }

  func take(
    _ batch: AirRows, _ counts: inout ImportCounts, _ refused: inout [ImportRefusal]
  ) throws {
    for name in batch.parts.dropFirst(parts.count) { parts.append(try writer.number(ofPart: name)) }
    try batch.values.withUnsafeBufferPointer { values in
      for index in batch.rows.indices {
        let row = batch.rows[index]
        let own = UnsafeBufferPointer(
          rebasing: values[index * AirColumn.count..<(index + 1) * AirColumn.count])
        let notes = batch.notes.isEmpty ? [] : batch.notes[index] ?? []
        let isLong = !batch.lines.isEmpty
        if try table.insert(row, at: row.time, part: parts[row.part], own, notes) {
          counts.taken += isLong ? row.offered.nonzeroBitCount : 1
          cover(row.time)
        } else if isLong {
          for bit in 0..<AirColumn.count where row.offered & (1 << Int64(bit)) != 0 {
            let only = notes.filter { $0.bit == bit }
            try merge(batch.only(bit, of: index), own, only, &counts, &refused)
          }
        } else {
          try merge(row, own, notes, &counts, &refused)
        }
      }
    }
    if from <= through {
      counts.cover(Timestamp(microseconds: from))
      counts.cover(Timestamp(microseconds: through))
    }
  }

  private func cover(_ time: Int64) {
    from = min(from, time)
    through = max(through, time)
    // Samples nearly always follow each other in one hour.
    if lastHour.contains(time) { return }
    let hour = DiaryWriter.hour(of: Timestamp(microseconds: time))
    lastHour = hour..<(hour + microsecondsPerHour)
    hours.insert(hour)
  }

  private func merge(
    _ row: AirRows.Row, _ values: UnsafeBufferPointer<Double>, _ notes: [AirRows.Note],
    _ counts: inout ImportCounts, _ refused: inout [ImportRefusal]
  ) throws {
    switch try fate(of: row, values, notes) {
    case .taken:
      counts.taken += 1
      cover(row.time)
    case .replaced:
      counts.taken += 1
      counts.replaced += 1
      cover(row.time)
    case .known: counts.known += 1
    case .refused(let bit, let there, let here):
      counts.refused += 1
      let words = { (value: Double?) in value.map { "\($0)" } ?? "no value" }
      refused.append(
        ImportRefusal(
          line: row.line, column: AirColumn.all[bit].channel.rawValue,
          reason: "the diary has \(words(there)) at this time, the line \(words(here))",
          mend: "--duplicates keep leaves the diary's value, --duplicates replace takes the line's"
        ))
    }
  }

  /// Files a sample whose moment is taken: beside another part's, into its own part's, or not.
  private func fate(
    of row: AirRows.Row, _ values: UnsafeBufferPointer<Double>, _ notes: [AirRows.Note]
  ) throws -> Fate {
    let part = parts[row.part]
    var time = row.time
    while var there = try table.row(at: time) {
      guard there.part == part else {
        time += 1
        if try table.insert(row, at: time, part: part, values, notes) { return .taken }
        continue
      }
      let shared = there.offered & row.offered
      let other = there.firstDifference(from: row, values, among: shared)
      if let other, duplicates == .refuse {
        let isHere = row.present & (1 << Int64(other)) != 0
        return .refused(
          bit: other, there: there.values[other], here: isHere ? values[other] : nil)
      }
      let isReplacing = other != nil && duplicates == .replace
      let added = row.offered & ~there.offered
      guard added != 0 || isReplacing else { return .known }
      there.take(row, values, notes, bits: isReplacing ? row.offered : added)
      try table.update(there, at: time)
      return isReplacing ? .replaced : .taken
    }
    guard try table.insert(row, at: time, part: part, values, notes) else { return .known }
    return .taken
  }

  /// Derives the hours, days and slots of what was taken, whose samples have a period of their own.
  func finish(periodSeconds: Double?) throws {
    if let periodSeconds, from <= through {
      try writer.expectSamples(
        every: periodSeconds, from: Timestamp(microseconds: from),
        through: Timestamp(microseconds: through), of: parts)
    }
    try writer.deriveImportedAir(of: hours)
  }
}

import Readings
import Store
import Synchronization

/// How a file is to be read.
struct ImportForm: Sendable {
  var kind: ImportKind
  var format: FileFormat
  var map: String
  var timeFormat: TimeFormat
  /// The zone of times without an offset.
  var zone: ZoneRules?
  var now: Timestamp
  /// What lines that do not say so are of.
  var part: String
  var person: Person
  var site: Site
  /// How the person's days are cut, for slots.
  var plan: DayPlan
}

/// How a file is written.
enum FileFormat: String, CaseIterable, Sendable {
  case csv, ndjson

  /// The format by the name of a file: NDJSON for `.ndjson` and `.jsonl`, otherwise CSV.
  init(path: String) {
    self = path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") ? .ndjson : .csv
  }
}

/// Reads a file line by line into batches.
struct ImportReader {
  private static let batchLines = 4096

  private let records: any RecordReader
  private let columns: Columns
  private var air: AirLines
  private var entries: EntryLines
  private let kind: ImportKind
  private var isAtEnd = false

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - path: Where it is; `-` for standard input.
  ///   - form: How it is to be read.
  /// - Throws: `Failure` where it cannot be read, or nothing of it be imported.
  init(path: String, form: ImportForm) throws {
    let buffer = try LineBuffer(path: path)
    columns = Columns(try FieldMap(form.map, kind: form.kind, format: form.timeFormat))
    records =
      switch form.format {
      case .csv: try CSVReader(buffer)
      case .ndjson: try NDJSONReader(buffer)
      }
    let times = LineTimes(clock: ImportClock(zone: form.zone, now: form.now))
    air = AirLines(times: times, part: form.part)
    entries = EntryLines(times: times, form: form)
    kind = form.kind
    try columns.read(records.columns)
    try columns.check(path: buffer.path)
  }

  /// Columns that are not imported.
  var unused: [String] { columns.unused }

  /// Times that a change of clocks repeats.
  var repeated: Int { air.times.clock.repeated + entries.times.clock.repeated }

  /// The next lines; nil at the end.
  mutating func next() throws -> ImportBatch? {
    if isAtEnd { return nil }
    var batch = ImportBatch()
    if kind == .air {
      batch.air.rows.reserveCapacity(Self.batchLines)
      batch.air.values.reserveCapacity(Self.batchLines * AirRows.channels.count)
    }
    while batch.lines < Self.batchLines {
      do {
        guard let fields = try records.next() else {
          isAtEnd = true
          break
        }
        if records.columns.count != columns.names.count { try columns.read(records.columns) }
        try add(fields, to: &batch)
      } catch let fault as LineFault {
        batch.refused.append(
          ImportRefusal(
            line: records.line, column: fault.column, reason: fault.reason, mend: fault.mend))
      }
      batch.lines += 1
    }
    return isAtEnd && batch.lines == 0 ? nil : batch
  }

  private mutating func add(
    _ fields: UnsafeBufferPointer<Field>, to batch: inout ImportBatch
  ) throws(LineFault) {
    guard fields.count == columns.names.count else {
      throw LineFault(
        nil, "\(fields.count) fields where the header has \(columns.names.count)",
        mend: "put text with separators in quotes; a line cut short is best left out")
    }
    let line = LineFields(fields: fields, columns: columns)
    if kind == .air {
      try air.add(line, number: records.line, to: &batch)
    } else {
      batch.entries.append(ImportEntry(line: records.line, try entries.entry(line)))
    }
  }
}

/// A file that is read on one thread and asked about from another.
final class ImportFile: Sendable {
  private let reader: Mutex<ImportReader>

  init(path: String, form: ImportForm) throws {
    reader = Mutex(try ImportReader(path: path, form: form))
  }

  var unused: [String] { reader.withLock { $0.unused } }
  var repeated: Int { reader.withLock { $0.repeated } }
  func next() throws -> ImportBatch? { try reader.withLock { try $0.next() } }
}

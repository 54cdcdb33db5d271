/// One field of a record.
struct Field {
  var bytes: Bytes
  /// Whether it was put in quotes, and is text even where it is empty or looks like nothing.
  var isQuoted = false
  /// Whether it is NDJSON's `null`.
  var isNull = false

  init(_ start: UnsafePointer<UInt8>, _ count: Int) {
    bytes = Bytes(start: start, count: count)
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { bytes.isEmpty && !isNull }
}

/// Why a line is refused: the column, where it is one, the reason and the mend.
struct LineFault: Error, Hashable {
  var column: String?
  var reason: String
  var mend: String

  init(_ column: String? = nil, _ reason: String, mend: String) {
    self.column = column
    self.reason = reason
    self.mend = mend
  }
}

extension LineFault {
  static let tooLong = LineFault(
    nil, "the line is longer than 1 MB", mend: "look for missing line ends before it")
}

/// What is asked of every line that is not plain ASCII.
enum UTF8Check {
  /// Refuses a NUL, and what is not UTF-8.
  static func check(_ bytes: Bytes) throws(LineFault) {
    if bytes.contains(0) {
      throw LineFault(nil, "a NUL byte", mend: "the file is damaged here, or not text")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw LineFault(
        nil, "not UTF-8", mend: "write the file anew as UTF-8: iconv -f latin1 -t utf-8 FILE")
    }
  }
}

/// What reads records: a line of CSV or of NDJSON, cut into fields by column.
protocol RecordReader: AnyObject {
  /// The columns' names, in the order of the fields; NDJSON finds more as it goes on.
  var columns: [String] { get }
  /// The line on which the last record began; the first line of the file is 1.
  var line: Int { get }
  /// Reads the next record.
  ///
  /// - Returns: Its fields, valid until the next one is read; nil at the end.
  /// - Throws: `LineFault` for a line that is refused; `Failure` where the file cannot be read.
  func next() throws -> UnsafeBufferPointer<Field>?
}

/// Room for the fields of a record, and for those that are not as they stand in the file.
final class FieldRoom {
  static let mostFields = 4096
  let fields = UnsafeMutablePointer<Field>.allocate(capacity: mostFields)
  var count = 0
  /// Quoted text without its quotes is never longer than with them.
  private let scratch = UnsafeMutablePointer<UInt8>.allocate(
    capacity: 2 * LineBuffer.longestLine)
  private var used = 0

  deinit {
    fields.deallocate()
    scratch.deallocate()
  }

  var all: UnsafeBufferPointer<Field> { UnsafeBufferPointer(start: fields, count: count) }

  func clear() {
    count = 0
    used = 0
  }

  func add(_ field: Field) throws(LineFault) {
    guard count < Self.mostFields else {
      throw LineFault(
        nil, "more than \(Self.mostFields) fields", mend: "look for a missing line end")
    }
    (fields + count).initialize(to: field)
    count += 1
  }

  /// Where the next decoded text goes.
  var free: UnsafeMutablePointer<UInt8> { scratch + used }

  /// Keeps so many bytes of what was written at `free`.
  func keep(_ count: Int) -> Field {
    let field = Field(scratch + used, count)
    used += count
    return field
  }
}

extension Field {
  /// The text of a field that is known to be UTF-8.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Bytes {
  /// Whether they are the bytes of an ASCII word.
  func isEqual(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for index in indices where self[index] != word.utf8Start[index] { return false }
    return true
  }

  /// Without spaces and tabs around them.
  var trimmed: Bytes {
    var (low, high) = (startIndex, endIndex)
    while low < high, self[low] == 0x20 || self[low] == 0x09 { low += 1 }
    while low < high, self[high - 1] == 0x20 || self[high - 1] == 0x09 { high -= 1 }
    return Bytes(rebasing: self[low..<high])
  }

  /// Whether they are one of the words by which programs say that there is no value.
  var saysNothing: Bool {
    guard count <= 4, let first else { return false }
    switch first {
    case UInt8(ascii: "N"):
      return isEqual("NA") || isEqual("NaN") || isEqual("NULL") || isEqual("None")
        || isEqual("N/A") || isEqual("NAN")
    case UInt8(ascii: "n"): return isEqual("nan") || isEqual("null") || isEqual("na")
    case UInt8(ascii: "-"): return count == 1
    default: return false
    }
  }
}

import Glibc
import Readings
import Store
import Synchronization
import Wording

/// Tells of refused lines: the first ones to the person, all of them into a file.
final class RefusalReport: Sendable {
  /// How many are shown.
  private static let shown = 20

  private let path: String
  private let complain: @Sendable (String) -> Void
  private let output: OutputFile?
  private let told = Mutex((refusals: [ImportRefusal](), count: 0))

  /// Opens the report's file, where one is wanted.
  ///
  /// - Parameters:
  ///   - path: The file that is imported.
  ///   - report: Where all refusals go; nil for nowhere.
  ///   - complain: Shows a line.
  /// - Throws: `Failure`
  init(on path: String, to report: String?, complain: @escaping @Sendable (String) -> Void) throws {
    self.path = path == "-" ? "standard input" : path
    self.complain = complain
    output = try report.map { try OutputFile(path: $0) }
    try output?.write("line,column,reason,mend\n")
  }

  /// The first refusals.
  var first: [ImportRefusal] { told.withLock { $0.refusals } }

  /// Takes refused lines in their order.
  func add(_ refusals: [ImportRefusal]) throws {
    for refusal in refusals {
      let isShown = told.withLock { told in
        told.count += 1
        if told.count <= Self.shown { told.refusals.append(refusal) }
        return told.count <= Self.shown
      }
      if isShown { complain(refusal.line(of: path)) }
      try output?.write(refusal.csv)
    }
  }

  /// Says how many more there are, and finishes the file.
  func finish() throws {
    let count = told.withLock { $0.count }
    if count > Self.shown {
      let hint = output == nil ? "; --report FILE has them all" : ""
      complain("… and \(grouped(count - Self.shown)) more\(hint)")
    }
    try output?.finish()
  }
}

extension ImportRefusal {
  /// One line for the person: `air.csv:17: pm2.5: `x` is not a number; leave it empty`.
  func line(of path: String) -> String {
    let place = column.map { ": " + $0.printable } ?? ""
    return "\(path):\(line)\(place): \(reason.printable); \(mend)"
  }

  /// One line of the report.
  fileprivate var csv: String {
    [String(line), column ?? "", reason, mend].map { CSVText.field($0) }.joined(separator: ",")
      + "\n"
  }

  /// As a program reads it.
  var json: JSON {
    [
      "line": JSON(line), "column": JSON(column), "reason": .text(reason), "mend": .text(mend),
    ]
  }
}

/// Text as CSV writes it (RFC 4180).
enum CSVText {
  /// A field, in quotes where it must be.
  static func field(_ text: String) -> String {
    let special = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard special else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

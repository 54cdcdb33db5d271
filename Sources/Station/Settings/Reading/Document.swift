import Glibc
import Yams

/// One YAML file, read strictly: every fault is found, not just the first.
package enum Document {
  /// Reads a text whose top is a mapping.
  ///
  /// An empty text is an empty mapping, so that everything is as it is by default.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - file: What to call it in faults.
  ///   - body: Reads the keys; keys it does not ask for are refused.
  /// - Returns: What `body` returned, if no fault was found.
  /// - Throws: Every fault found, by line.
  package static func read<Result>(
    text: String, file: String, _ body: (Section) -> Result
  ) throws(SettingsError) -> Result {
    let root = try parse(text, file: file)
    let faults = FaultList(file: file)
    let section = Section(root: root, faults: faults)
    let result = body(section)
    section.refuseUnknownKeys()
    try faults.throwIfAny()
    return result
  }

  /// The same, of a file.
  package static func read<Result>(
    path: String, _ body: (Section) -> Result
  ) throws(SettingsError) -> Result {
    try read(text: try text(of: path), file: path, body)
  }

  static func text(of path: String) throws(SettingsError) -> String {
    do {
      return try contents(of: path)
    } catch {
      throw SettingsError(faults: [error.fault(file: path)])
    }
  }

  /// The top mapping of a text; what is not YAML at all has one fault only, the first.
  static func parse(_ text: String, file: String) throws(SettingsError) -> Node.Mapping {
    if let excess = SettingsFault.excess(of: text, file: file) {
      throw SettingsError(faults: [excess])
    }
    let fault: SettingsFault
    do {
      let root = try Parser(yaml: text, encoding: .utf8).singleRoot()
      guard let root, !root.isEmptyScalar else { return Node.Mapping([]) }
      if let mapping = root.mapping { return mapping }
      fault = SettingsFault(
        file: file, position: root.position, key: "", problem: "the file is not made of keys",
        hint: "write `key: value` lines")
    } catch {
      fault = SettingsFault(error, file: file)
    }
    throw SettingsError(faults: [fault])
  }
}

extension SettingsFault {
  /// What the parser found, with a mend for the usual slips.
  fileprivate init(_ error: any Error, file: String) {
    self.init(
      file: file, position: nil, key: "", problem: "the file cannot be read as YAML",
      hint: "save it as plain UTF-8 text")
    switch error as? YamlError {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _),
      .composer(_, let text, let mark, _):
      problem = text
      position = Position(line: mark.line, column: mark.column)
      hint =
        if text.contains("cannot start any token") {
          "indent with spaces, not tabs, and quote a value that begins with a sign"
        } else if text.contains("mapping values are not allowed") {
          "is the line indented too far, or does a value with `: ` need quotes?"
        } else {
          "check the indentation, brackets and quotes here and just above"
        }
    case .duplicatedKeysInMapping(let keys, let context):
      problem = keys.map { "`\($0)`" }.joined(separator: ", ") + " is given twice in one place"
      hint = "keep one of them"
      position = Position(line: context.mark.line, column: context.mark.column)
    default: break
    }
  }
}

/// Why a file's text could not be had.
private struct Unreadable: Error {
  var problem: String
  var hint: String

  func fault(file: String) -> SettingsFault {
    SettingsFault(file: file, position: nil, key: "", problem: problem, hint: hint)
  }
}

/// A file's text; an invalid byte is refused rather than replaced.
private func contents(of path: String) throws(Unreadable) -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw unreadable(errno) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count == 0 { break }
    guard count > 0 else {
      if errno == EINTR { continue }
      throw unreadable(errno)
    }
    bytes.append(contentsOf: buffer[..<count])
  }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw Unreadable(problem: "the file is not UTF-8 text", hint: "save it as UTF-8")
  }
  return text
}

private func unreadable(_ code: Int32) -> Unreadable {
  let hint =
    switch code {
    case ENOENT: "give the right path with `--config`"
    case EACCES: "make it readable for the user skin2vec"
    default: "is it a plain file?"
    }
  return Unreadable(problem: "cannot be read: \(String(cString: strerror(code)))", hint: hint)
}

/// One thing that is wrong with a file, where it stands, and how to mend it.
package struct SettingsFault: Hashable, Sendable {
  /// The file as it was named by whoever asked for it.
  package var file: String
  /// Where in the file; nil where the fault is of the file as a whole.
  package var position: Position?
  /// The way to the value: `parts[1].address`; empty for the top of the file.
  package var key: String
  /// What is wrong: `0x88 is not an I²C address`.
  package var problem: String
  /// The mend, as an instruction: `use 0x03 to 0x77`.
  package var hint: String

  /// A place in a text, counted from 1 as editors do.
  package struct Position: Hashable, Sendable, Comparable {
    package var line: Int
    /// In Unicode scalars.
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (a: Position, b: Position) -> Bool {
      (a.line, a.column) < (b.line, b.column)
    }
  }

  package init(file: String, position: Position?, key: String, problem: String, hint: String) {
    self.file = file
    self.position = position
    self.key = key
    self.problem = problem
    self.hint = hint
  }
}

extension SettingsFault: CustomStringConvertible {
  /// As compilers print it, so that editors can jump there:
  /// `skin2vec.yaml:12:9: parts[1].address: 0x88 is not an I²C address: use 0x03 to 0x77`.
  package var description: String {
    let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
    return [place, key, problem, hint].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}

/// Everything that is wrong with a file, in the order of its lines; never empty.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
  package var faults: [SettingsFault]

  package init(faults: [SettingsFault]) { self.faults = faults }

  /// One line for each fault.
  package var description: String {
    faults.map(\.description).joined(separator: "\n")
  }
}

/// The faults found so far in one file.
final class FaultList {
  let file: String
  private var faults: [SettingsFault] = []

  init(file: String) { self.file = file }

  func add(
    _ problem: String, hint: String, key: String = "", at position: SettingsFault.Position? = nil
  ) {
    faults.append(
      SettingsFault(file: file, position: position, key: key, problem: problem, hint: hint))
  }

  /// Throws what was found, if anything was, by line and column; ties keep the order of finding.
  func throwIfAny() throws(SettingsError) {
    guard !faults.isEmpty else { return }
    let start = SettingsFault.Position(line: 0, column: 0)
    let sorted = faults.enumerated().sorted { a, b in
      (a.element.position ?? start, a.offset) < (b.element.position ?? start, b.offset)
    }
    throw SettingsError(faults: sorted.map(\.element))
  }
}

import FoundationEssentials
import Readings
import Store
import Testing

@testable import skin2vec

/// What tests of imports and exports need beside the bench.
extension Bench {
  /// A file in the bench's folder.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.appending(path: name).path, encoding: .utf8)
  }

  /// Imports lines of a file of that name, and says how it ended.
  func importing(
    _ kind: String, _ text: String, named name: String = "file.csv", _ options: String...
  ) async throws -> skin2vec.ExitStatus {
    let path = try file(name, text)
    return try await run(["import", kind, path] + options)
  }

  /// What the diary answers to a statement, a line a row.
  func rows(_ sql: String) async throws -> [String] {
    try await Archive(path: diary).query(sql).rows.map { row in
      row.map { cell in
        switch cell {
        case .null: "–"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .blob(let bytes): "\(bytes.count) bytes"
        }
      }.joined(separator: " ")
    }
  }

  /// Exports to a file, and gives its text.
  func exported(_ arguments: String..., to name: String = "out.csv") async throws -> String {
    let path = folder.appending(path: name).path
    let ending = try await run(["export"] + arguments + ["--output", path])
    #expect(ending == .done)
    return try text(name)
  }

  /// Begins a diary without anything in it, in place of the one that is there.
  func emptyDiary() async throws {
    for suffix in ["", "-wal", "-shm", ".lock"] {
      // What is not there need not be removed.
      try? FileManager.default.removeItem(atPath: diary + suffix)
    }
    try await plant { _ in }
  }
}

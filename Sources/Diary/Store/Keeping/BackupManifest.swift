import FoundationEssentials
package import Readings

/// What is known of a copy of a diary: kept beside it as `<copy>.json`.
///
/// A copy without its manifest was never proved.
package struct BackupManifest: Hashable, Sendable, Codable {
  /// The copy's name, in the manifest's own folder.
  package var file: String
  /// Counts up with every copy of the folder, whatever the clock says.
  package var sequence: Int
  /// The diary it is a copy of.
  package var source: String
  /// When it was begun: the state it holds.
  package var madeUTC: Timestamp
  package var clock: ClockTrust
  package var bytes: Int64
  /// Whether it was opened anew, checked, and found to be what its source was.
  package var isVerified: Bool
  package var contents: DiaryContents

  private enum CodingKeys: String, CodingKey {
    case file, sequence, source
    case madeUTC = "made_utc_us"
    case clock, bytes
    case isVerified = "verified"
    case contents
  }

  /// Where the manifest of a copy is.
  package static func path(of copy: String) -> String { copy + ".json" }

  /// Reads the manifest of a copy.
  ///
  /// - Parameter copy: The copy's path.
  /// - Throws: `StoreError`; its kind is `missing` where there is none.
  package init(of copy: String) throws(StoreError) {
    let path = Self.path(of: copy)
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw StoreError(.missing, path: path, operation: "read the copy's manifest")
    }
    do {
      self = try JSONDecoder().decode(BackupManifest.self, from: bytes)
    } catch {
      throw StoreError(
        .corrupt, path: path, operation: "read the copy's manifest", detail: "\(error)")
    }
    if let problem {
      throw StoreError(.corrupt, path: path, operation: "read the copy's manifest", detail: problem)
    }
  }

  /// What no run of a backup writes; nil where all of it may be.
  private var problem: String? {
    guard (0...Int(Int32.max)).contains(sequence) else {
      return "no copy has the number \(sequence)"
    }
    // Until the year 9999.
    guard (0...253_402_300_799_999_999).contains(madeUTC.microseconds) else {
      return "no copy was made at \(madeUTC.microseconds) µs"
    }
    guard bytes >= 0, contents.tables.allSatisfy({ $0.rows >= 0 }) else {
      return "a size is below zero"
    }
    let names = Set(contents.tables.map(\.name))
    return names.count == contents.tables.count ? nil : "a table is there twice"
  }

  init(
    of copy: String, sequence: Int, source: String, stamp: Stamp, contents: DiaryContents
  ) {
    file = FileCalls.name(of: copy)
    self.sequence = sequence
    self.source = source
    madeUTC = stamp.utc
    clock = stamp.trust
    bytes = FileCalls.size(copy)
    isVerified = true
    self.contents = contents
  }

  /// Writes it beside its copy, in one step.
  func write(beside copy: String) throws(StoreError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let bytes: Data
    do { bytes = try encoder.encode(self) } catch {
      throw StoreError(.other, path: copy, operation: "word the manifest", detail: "\(error)")
    }
    try FileCalls.write(bytes, to: Self.path(of: copy))
  }
}

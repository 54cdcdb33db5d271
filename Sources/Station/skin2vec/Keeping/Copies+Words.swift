import Acquisition
import FoundationEssentials
import Readings
import Settings
import Store
import Wording

extension BackupRun.Outcome {
  /// One line for the person.
  var words: String {
    let manifest = copy.manifest
    let old =
      removed.isEmpty ? "" : "; removed \(counted(removed.count, "older copy", "older copies"))"
    return "backup made and proved: \(copy.path), \(sizeInWords(manifest.bytes)), "
      + "\(counted(Int(manifest.contents.rows(in: "session")), "tap")), "
      + "\(counted(Int(manifest.contents.rows(in: "air")), "sample")) of the air\(old)"
  }

  var fields: [Notice.Field] {
    [
      .init("BACKUP", copy.path), .init("BYTES", String(copy.manifest.bytes)),
      .init("DIGEST", copy.manifest.contents.digest),
    ]
  }

  var json: JSON {
    ["copy": copy.json, "removed": .list(removed.map { .text($0) })]
  }
}

extension Backups.Copy {
  var json: JSON {
    [
      "path": .text(path), "made_utc_us": .integer(manifest.madeUTC.microseconds),
      "verified": .bool(manifest.isVerified), "size_bytes": .integer(manifest.bytes),
      "source": .text(manifest.source), "digest": .text(manifest.contents.digest),
      "schema_version": .integer(Int64(manifest.contents.schemaVersion)),
      "rows": .object(
        Dictionary(
          manifest.contents.tables.map { ($0.name, .integer($0.rows)) },
          uniquingKeysWith: { first, _ in first })),
    ]
  }
}

extension [Backups.Copy] {
  /// A line a copy, oldest first.
  func table(_ local: LocalClock) -> TextTable {
    var table = TextTable()
    for copy in self {
      let manifest = copy.manifest
      table.add(
        copy.path, local.dateTime(manifest.madeUTC), sizeInWords(manifest.bytes),
        counted(Int(manifest.contents.rows(in: "session")), "tap"),
        manifest.isVerified ? "proved" : "NOT proved")
    }
    return table
  }
}

extension Backups {
  /// Shows every copy that has a manifest.
  func show(_ setup: Setup, asJSON: Bool) throws {
    if asJSON {
      setup.desk.say(try JSON.list(copies.map(\.json)).indented())
    } else if copies.isEmpty {
      setup.desk.say("no copies in \(folder): 'skin2vec backup' makes one")
    } else {
      for line in copies.table(setup.local).lines() { setup.desk.say(line) }
    }
  }
}

extension Drill {
  /// One line for the person.
  func words(_ path: String, _ local: LocalClock) -> String {
    "proved: \(path) is the diary of \(local.dateTime(manifest.madeUTC)), every page and cell of "
      + "it, and all \(views.count) views can be read"
  }

  func json(_ path: String) -> JSON {
    [
      "copy": Backups.Copy(path: path, manifest: manifest).json,
      "views": .object(
        Dictionary(uniqueKeysWithValues: views.map { ($0.name, .integer($0.rows)) })),
    ]
  }
}

extension Setup {
  /// The moment now, and how far it can be trusted.
  var stamp: Stamp { TimeKeeper(clock: desk.clock).stamp() }
}

/// A path that does not depend on where the command is run.
func absolute(_ path: String) -> String {
  if path.hasPrefix("/") { return path }
  return FileManager.default.currentDirectoryPath + "/" + path
}

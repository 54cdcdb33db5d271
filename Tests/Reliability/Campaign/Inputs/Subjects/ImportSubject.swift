import CommandDecoders
import FoundationEssentials
import Glibc
import Readings
import Store

/// Files that are imported: as `skin2vec import` reads them, some of them up to the diary.
final class ImportSubject: InputSubject {
  static let plans: [SubjectPlan] = {
    let group = "what is imported"
    let files = ImportKind.allCases.flatMap { kind in
      [false, true].map { isNDJSON in
        let name = "\(kind.rawValue)-\(isNDJSON ? "ndjson" : "csv")"
        return SubjectPlan(name: name, group: group, share: kind == .air ? 600 : 100) {
          try ImportSubject(kind, isNDJSON, $0, examples: try $0.examples(name))
        }
      }
    }
    let options = SubjectPlan(name: "import-options", group: group, share: 400) {
      OptionSubject(examples: try $0.examples("import-options"))
    }
    return files + [options]
  }()

  let examples: [Example]
  let isText = true
  var tokens: [[UInt8]] {
    [
      ",", ";", "\t", "\"\"", "\"", "NA", "null", "2026-03-29T02:30:00", "1970-01-01T00:00:00Z",
      "9999-12-31T23:59:60Z", "+18:00", "skin.moisture", "air.pm2_5", "\"time_utc\":", "\"value\":",
      "too_light", "mg/m3", "1e308", "kPa", "{", "}", "[1]", "\\ud83d\\ude00", "contact_us", "\n\n",
    ].map { Array($0.utf8) }
  }

  static let now = Timestamp(microseconds: 1_800_000_000_000_000)
  private static let stamp = Stamp(
    utc: now, bootID: String(repeating: "0", count: 32), bootMicroseconds: 1, trust: .synced)

  private let kind: ImportKind
  private let decoder: ImportDecoder
  private let path: String
  private let diary: String
  private var store: Store
  private var imports = 0

  init(
    _ kind: ImportKind, _ isNDJSON: Bool, _ corpus: Corpus, examples: [Example]
  ) throws {
    self.kind = kind
    self.examples = examples
    let zone = try corpus.bytes("zone/valid-berlin")
    guard let berlin = ZoneRules(name: "Europe/Berlin", zoneinfo: zone) else {
      throw Broken("the zone file of Berlin is refused")
    }
    decoder = try ImportDecoder(kind, isNDJSON: isNDJSON, zone: berlin, now: Self.now)
    path = corpus.scratch + "/file"
    diary = corpus.scratch + "/diary.sqlite"
    store = try Self.open(diary)
  }

  private static func open(_ path: String) throws -> Store {
    for suffix in ["", "-wal", "-shm", ".lock"] {
      // What is not there need not be removed.
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
    return try Store(
      path: path,
      options: Store.Options(
        origin: .real, plan: DayPlan(zone: .utc), waitsForDisk: false, now: { stamp }))
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    try Self.write(bytes, to: path)
    let sum = bytes.reduce(0) { $0 &* 31 &+ Int($1) }
    if sum & 63 == 0 { try await store(bytes) }
    do {
      let next = try decoder.open(path)
      let lines = bytes.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      var judge = ImportJudge(kind: kind, lines: lines, now: Self.now)
      while let batch = try next() { try judge.look(at: batch) }
      return judge.taken > 0 ? .taken(judge.words) : .refused(judge.words)
    } catch let refusal as ImportDecoder.Refusal {
      try Broken.unless(!refusal.problem.isEmpty, "a file is refused without words")
      return .refused(refusal)
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemFault("open \(path)") }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw SystemFault("write \(path)")
    }
  }

  /// Takes the file into a diary; every line is taken, known or refused.
  private func store(_ bytes: [UInt8]) async throws {
    imports += 1
    if imports % 200 == 0 {
      try await store.close()
      store = try Self.open(diary)
    }
    var options = ImportOptions(kind, source: "file")
    options.isDryRun = imports % 3 == 0
    options.duplicates = [.refuse, .keep, .replace][imports % 3]
    do {
      let next = try decoder.open(path)
      let counts = try await store.importLines(
        options, at: Self.stamp, next: { try next() },
        hear: { refusals, _ in
          let isTold = refusals.allSatisfy { !$0.reason.isEmpty && !$0.mend.isEmpty && $0.line > 0 }
          if !isTold { throw Broken("a line is refused without words: \(refusals)") }
        }, announcing: { _ in Notice(.imported, "imported") })
      try Broken.unless(
        counts.taken + counts.known + counts.refused == counts.lines,
        "\(counts.lines) lines, and \(counts.taken) taken, \(counts.known) known, "
          + "\(counts.refused) refused")
    } catch is ImportDecoder.Refusal {
      // The whole file was refused, which was looked at already.
      return
    }
  }
}

/// The texts of `--map` and `--time-format`: a line each.
struct OptionSubject: InputSubject {
  let examples: [Example]
  let isText = true
  var tokens: [[UInt8]] {
    ["=", ",", "[", "]", "%Y", "%m", "%d", "%H", "%", "air.pm2_5", "[µg/m³]", "time", "iso", "us"]
      .map { Array($0.utf8) }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    do throws(ImportDecoder.Refusal) {
      for kind in ImportKind.allCases {
        _ = try ImportDecoder(
          kind, isNDJSON: false, map: String(lines[0]),
          timeFormat: lines.count > 1 ? String(lines[1]) : "iso", zone: .utc, now: ImportSubject.now
        )
      }
      return .taken("all")
    } catch {
      try Broken.unless(!error.problem.isEmpty, "refused without words")
      return .refused(error)
    }
  }
}

import FoundationEssentials
import Readings
import Store

/// The diary itself and its copies' manifests, damaged.
enum DiarySubjects {
  static let plans = [
    SubjectPlan(name: "diary", group: "diaries and copies", share: 15) {
      try await DiarySubject($0)
    },
    SubjectPlan(name: "manifest", group: "diaries and copies", share: 500) {
      try ManifestSubject($0)
    },
  ]
}

/// A diary whose bytes were changed: it is read, or refused; its writer opens it, or begins anew.
final class DiarySubject: InputSubject {
  let examples: [Example]
  let tokens: [[UInt8]] = [
    [0x0D], [0x0A], [0x05], [0x02], Array("SQLite format 3\0".utf8),
    Array("CREATE TABLE x(y)".utf8),
    [0x53, 0x32, 0x56, 0x64], [0, 0, 0, 1],
  ]
  private let path: String
  private static let now = Timestamp(microseconds: 1_800_000_000_000_000)
  private static let stamp = Stamp(
    utc: now, bootID: String(repeating: "0", count: 32), bootMicroseconds: 1, trust: .synced)
  private static let options = Store.Options(
    origin: .real, plan: DayPlan(zone: .utc), waitsForDisk: false, now: { stamp })

  init(_ corpus: Corpus) async throws {
    path = corpus.scratch + "/diary.sqlite"
    let store = try Store(path: path, options: Self.options)
    for number in 0..<5 {
      let time = Self.now - .seconds(number * 40_000)
      _ = try await store.save(
        SkinEvent(person: Person("me"), time: time, kind: "sun", weight: 0.5, note: "a note"),
        at: Self.stamp)
      try await store.save(
        Score(
          person: Person("me"), date: DayPlan(zone: .utc).local(time).date, dimension: .oil,
          value: 3),
        at: Self.stamp)
    }
    try await store.append(Notice(.imported, "an import"))
    try await store.close()
    guard let data = FileManager.default.contents(atPath: path) else { throw Broken("no diary") }
    examples = [Example([UInt8](data))]
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    try clear()
    try Data(bytes).write(to: URL(filePath: path))
    let answer: Answer
    do {
      answer = .taken(try await Self.read(path))
    } catch let error as StoreError {
      try Broken.unless(!error.hint.isEmpty, "\(error), without a hint")
      answer = .refused("\(error.kind)")
    }
    if bytes.reduce(0, { $0 &* 31 &+ Int($1) }) & 3 == 0 || answer.isTaken { try await write() }
    return answer
  }

  private func clear() throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }

  private static func read(_ path: String) async throws -> [String] {
    let archive = try Archive(path: path)
    let (first, last) = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
    let dates = (LocalDate(daysSince1970: 0), LocalDate(daysSince1970: 40_000))
    var words = ["\(try await archive.summary())"]
    words.append("\(try await archive.sessions(from: first, to: last, limit: 10))")
    words.append("\(try await archive.slotValues(from: dates.0, to: dates.1))")
    words.append("\(try await archive.notices(from: first, to: last, limit: 10))")
    words.append("\(try await archive.latestAir())")
    words.append("\(try await archive.events(from: first, to: last))")
    words.append("\(try await archive.scores(from: dates.0, to: dates.1))")
    words.append("\(try await archive.parts()) \(try await archive.calibrations())")
    words.append("\(try await archive.tappedSlots(from: dates.0, to: dates.1))")
    return words
  }

  /// The writer opens it, perhaps after moving it aside, and an event is saved; or says why not.
  private func write() async throws {
    do {
      let store = try Store(path: path, options: Self.options)
      if let aside = store.opening.movedAside {
        try Broken.unless(
          FileManager.default.fileExists(atPath: aside), "the damaged diary is gone")
      }
      let event = SkinEvent(
        person: Person("me"), time: Self.now, kind: "stress", weight: 1, note: nil)
      do { _ = try await store.save(event, at: Self.stamp) } catch let error as StoreError {
        try Broken.unless(!error.hint.isEmpty, "\(error), without a hint")
      }
      do { try await store.close() } catch let error as StoreError {
        try Broken.unless(!error.hint.isEmpty, "\(error), without a hint")
      }
    } catch let error as StoreError {
      try Broken.unless(!error.hint.isEmpty, "\(error), without a hint")
    }
  }
}

/// The manifest of a copy, which decides what may take a diary's place.
struct ManifestSubject: InputSubject {
  let examples: [Example]
  let isText = true
  private let folder: String
  var tokens: [[UInt8]] {
    [
      "\"sequence\":9223372036854775807", "\"verified\":true", "\"tables\":[]", "null",
      "\"digest\":\"\"",
    ]
    .map { Array($0.utf8) }
  }

  init(_ corpus: Corpus) throws {
    examples = try corpus.examples("manifest")
    folder = corpus.scratch
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    let copy = folder + "/diary-20261121-033012.sqlite"
    try Data(bytes).write(to: URL(filePath: BackupManifest.path(of: copy)))
    try Data().write(to: URL(filePath: copy))
    do throws(StoreError) {
      let manifest = try BackupManifest(of: copy)
      let copies = Backups(folder: folder).copies
      guard copies.map(\.manifest) == [manifest] else {
        throw StoreError(.other, path: "", operation: "")
      }
      return .taken(manifest)
    } catch {
      try Broken.unless(!error.path.isEmpty && !error.hint.isEmpty, "\(error): copies differ")
      return .refused("\(error.kind)")
    }
  }
}

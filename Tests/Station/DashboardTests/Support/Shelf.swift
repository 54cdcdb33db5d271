import Dashboard
import Readings
import Store
import Synchronization

/// The diary for the pages, opened when it is first asked.
actor Shelf: DiarySource {
  private let path: String
  private var watch: DiaryWatch?
  private var generation: UInt64 = 0

  init(path: String) { self.path = path }

  func rows(_ sql: String, _ arguments: [DiaryCell]) async throws -> DiaryRows {
    let table = try await open().query(sql, arguments.map(\.ofArchive))
    return DiaryRows(columns: table.columns, rows: table.rows.map { $0.map(\.ofDashboard) })
  }

  func explanation(
    of channel: Channel, _ person: Person, at site: Readings.Site?, in key: SlotKey,
    _ language: Language
  ) async throws -> [String]? {
    guard
      try await open().explain(channel, of: person, at: site, in: key) != nil
    else { return nil }
    return ["\(channel.rawValue) of \(person) at \(site?.rawValue ?? "-")", language.rawValue]
  }

  nonisolated func comparison(
    of value: SlotValue, _ language: Language
  ) -> (week: String, baseline: String) {
    ("week \(value.normalised.n7) \(language.rawValue)", "baseline \(value.normalised.n30)")
  }

  func look() async throws -> UInt64 {
    _ = try await open()
    guard var watch else { return generation }
    if try await watch.look() != nil { generation += 1 }
    self.watch = watch
    return generation
  }

  private func open() async throws -> Archive {
    if let watch { return watch.archive }
    do {
      let watch = try await DiaryWatch(path: path)
      self.watch = watch
      return watch.archive
    } catch let error as StoreError where error.kind == .missing {
      throw DiaryIsMissing()
    }
  }
}

extension DiaryCell {
  fileprivate var ofArchive: Archive.Cell {
    switch self {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let value): .text(value)
    }
  }
}

extension Archive.Cell {
  fileprivate var ofDashboard: DiaryCell {
    switch self {
    case .null, .blob: .null
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let value): .text(value)
    }
  }
}

/// Findings that the test puts there; none at first.
final class FindingsDouble: FindingsSource {
  private let drawings = Mutex<[String: String]>([:])
  private let pages = Mutex<[String: FoundPage]>([:])

  func put(drawing: String, named name: String) { drawings.withLock { $0[name] = drawing } }
  func put(_ page: FoundPage, of person: String) { pages.withLock { $0[person] = page } }

  func findings(of person: Person, in language: Language) async throws -> FoundPage? {
    pages.withLock { $0[person.rawValue] }
  }

  func drawing(named name: String, in language: Language) async throws -> String? {
    drawings.withLock { $0[name] }
  }

  func numbers(named name: String) async throws -> String? {
    drawings.withLock { $0[name] == nil ? nil : "a,b\r\n1,2\r\n" }
  }
}

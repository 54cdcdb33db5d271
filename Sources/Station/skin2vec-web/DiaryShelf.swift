import Dashboard
import Readings
import Store
import Wording

/// The diary for the pages: opened once there is one, and anew where it is another.
actor DiaryShelf: DiarySource {
  private let path: String
  private var watch: DiaryWatch?
  private var generation: UInt64 = 0

  private let days: Days

  init(path: String, days: Days) {
    self.path = path
    self.days = days
  }

  nonisolated func rows(_ sql: String, _ arguments: [DiaryCell]) async throws -> DiaryRows {
    let table = try await open().query(sql, arguments.map(\.ofArchive))
    return DiaryRows(
      columns: table.columns, rows: table.rows.map { row in row.map { DiaryCell($0) } })
  }

  func explanation(
    of channel: Channel, _ person: Person, at site: Readings.Site?, in key: SlotKey,
    _ language: Language
  ) async throws -> [String]? {
    let archive = try await open()
    guard let value = try await archive.explain(channel, of: person, at: site, in: key) else {
      return nil
    }
    let names = try await archive.valueNames(of: person, in: key).map {
      ValuePage.Name(person: $0.person, channel: $0.channel, site: $0.site)
    }
    let own = ValuePage.Name(person: person, channel: channel, site: site)
    let page = ValuePage(value: value, others: names.filter { $0 != own })
    let local = LocalClock(plan: days.plan, now: .seconds(0))
    return page.lines(local, Paint(isOn: false), in: language)
  }

  nonisolated func comparison(
    of value: SlotValue, _ language: Language
  ) -> (week: String, baseline: String) {
    let words = ComparisonWords(value: value)
    return (words.week(in: language), words.baseline(in: language))
  }

  func look() async throws -> UInt64 {
    _ = try await open()
    guard var watch else { return generation }
    if try await watch.look() != nil { generation += 1 }
    self.watch = watch
    return generation
  }

  /// The zone in force in the diary; nil where it has none, or there is no diary.
  func zone() async -> String? {
    let sql = "SELECT zone FROM day_plan ORDER BY day_plan DESC LIMIT 1"
    // Whoever reads values from it hears why it cannot be read.
    guard case .text(let zone)? = try? await open().query(sql).rows.first?.first else { return nil }
    return zone
  }

  private func open() async throws -> Archive {
    if let watch { return watch.archive }
    do {
      // As many as a small board has cores to spare, beside the station's own.
      let watch = try await DiaryWatch(path: path, connections: 2)
      self.watch = watch
      generation += 1
      return watch.archive
    } catch let error as StoreError where error.kind == .missing {
      throw DiaryIsMissing()
    }
  }
}

extension DiaryCell {
  fileprivate init(_ cell: Archive.Cell) {
    switch cell {
    case .null, .blob: self = .null
    case .integer(let value): self = .integer(value)
    case .real(let value): self = .real(value)
    case .text(let value): self = .text(value)
    }
  }

  fileprivate var ofArchive: Archive.Cell {
    switch self {
    case .null: .null
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let value): .text(value)
    }
  }
}

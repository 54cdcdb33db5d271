import CRecordingVFS
import Readings
import Store

/// Where a scene is played: a diary in a folder, and an account of everything that was acknowledged.
final class Stage {
  /// What was true when an act had returned.
  struct Mark: Sendable {
    /// What was done: `tap`.
    var act: String
    /// What the diary held; nil where there was none, or none that could be read.
    var state: DiaryState?
    /// Whether what was done is on the disk, as the station says.
    var isDurable: Bool
    /// Whether a writer has the diary open.
    var isOpen: Bool
    /// Copies that were said to be made and to stay, by name, each with its digest.
    var copies: [String: String]
    /// Texts that were said to be erased from the diary's files.
    var erased: [String]
  }

  let folder: String
  var path: String { folder + "/diary.sqlite" }
  var backups: String { folder + "/backups" }
  var acts: Acts
  private(set) var store: Store?
  private(set) var marks: [Mark] = []
  var copies: [String: String] = [:]
  var erased: [String] = []
  /// Whether a writer has the diary open.
  var isOpen = false
  /// Whether commits wait for the disk, as they must.
  var waitsForDisk = true
  /// A planted defect: what is done is acknowledged before it is done.
  var acknowledgesEarly = false

  init(folder: String, seed: UInt64) {
    self.folder = folder
    acts = Acts(seed: seed)
  }

  /// Options of a station that uses its copies.
  static func options(backups: String, waitsForDisk: Bool = true) -> Store.Options {
    var options = Store.Options(
      origin: .real, plan: DayPlan(zone: .utc), waitsForDisk: waitsForDisk
    ) { Acts.stamp(.seconds(1_772_409_600)) }
    options.backups = backups
    return options
  }

  /// Notes what the diary is before anything is done.
  func begin() {
    marks = []
    note("nothing", isDurable: true)
  }

  /// Does something, and acknowledges it.
  func act(
    _ name: String, durable isDurable: Bool = true, _ body: () async throws -> Void
  ) async throws {
    if acknowledgesEarly { recording_mark(Int64(marks.count)) }
    try await body()
    note(name, isDurable: isDurable)
  }

  private func note(_ act: String, isDurable: Bool) {
    if !acknowledgesEarly { recording_mark(Int64(marks.count)) }
    let state = try? DiaryState(Reader(path))
    // What changes nothing commits nothing, and keeps nothing that was written before it.
    let isKept = marks.isEmpty || state?.isOther(than: marks.last?.state) ?? true
    marks.append(
      Mark(
        act: act, state: state, isDurable: isDurable && isKept,
        isOpen: isOpen, copies: copies, erased: erased))
  }

  func open() async throws {
    try await act("open") {
      store = try Store(
        path: path, options: Self.options(backups: backups, waitsForDisk: waitsForDisk))
      isOpen = true
    }
  }

  func close() async throws {
    try await act("close") {
      try await store?.close()
      store = nil
      isOpen = false
    }
  }

  /// Does something to the diary.
  func write(
    _ name: String, durable isDurable: Bool = true, _ body: (Store) async throws -> Void
  ) async throws {
    guard let store else { throw DiskFault("the diary is not open for '\(name)'") }
    try await act(name, durable: isDurable) { try await body(store) }
  }

  /// Leaves the diary as a killed process does.
  func abandon() {
    store = nil
    isOpen = false
  }
}

extension Store {
  /// Saves a tap with a line of its own.
  func save(_ session: TapSession) throws {
    _ = try save(session) { saved in
      Notice(
        .tapSaved, "tap \(saved.id) saved", fields: [.init("PERSON", saved.session.person.rawValue)]
      )
    }
  }
}

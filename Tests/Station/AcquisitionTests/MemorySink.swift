import Bus
import Readings
import SimulatedParts

/// A diary in memory that can be slow or refuse, and remembers when each call returned.
actor MemorySink: ReadingSink {
  /// What a full disk says.
  struct Refused: Error {}

  private(set) var sessions: [(session: TapSession, savedAt: BootInstant)] = []
  private(set) var samples: [AirSample] = []
  private(set) var notices: [Notice] = []
  private(set) var identities: [PartIdentity] = []
  private(set) var chosen: [Person] = []
  /// Calls that were made to save a session, refused ones too.
  private(set) var attempts = 0
  /// Whether it refuses everything.
  var isFull = false
  /// How long a call takes.
  var delay = Duration.zero
  private let time: SimulatedTime

  init(time: SimulatedTime) { self.time = time }

  func setFull(_ isFull: Bool) { self.isFull = isFull }
  func setDelay(_ delay: Duration) { self.delay = delay }

  private func work() async throws {
    if delay > .zero { try await time.sleep(until: time.now.advanced(by: delay), tolerance: nil) }
    if isFull { throw Refused() }
  }

  func save(
    _ session: TapSession, announcing announce: @Sendable (SavedSession) -> Notice
  ) async throws -> (SavedSession, Notice) {
    attempts += 1
    try await work()
    let key = DayPlan(zone: .utc).slot(at: session.started.utc)
    let saved = SavedSession(
      id: Int64(sessions.count + 1), key: key, session: session, values: [])
    let notice = announce(saved)
    sessions.append((session, time.now))
    notices.append(notice)
    return (saved, notice)
  }

  func append(_ samples: [AirSample]) async throws {
    try await work()
    self.samples += samples
  }

  func append(_ notice: Notice) async throws {
    if isFull { throw Refused() }
    notices.append(notice)
  }

  func record(_ identity: PartIdentity, at stamp: Stamp) async throws -> Bool {
    defer { identities.append(identity) }
    return identities.last { $0.part == identity.part }.map { $0 != identity } ?? false
  }

  private(set) var calibrations: [Calibration] = []
  private(set) var epochs: [(channels: [Channel], cause: String)] = []
  private(set) var health: [PartHealth] = []
  private(set) var bytesWritten: [LocalDate: Int64] = [:]

  func record(_ calibration: Calibration, at stamp: Stamp) async throws -> Int64 {
    try await work()
    calibrations.append(calibration)
    return Int64(calibrations.count)
  }

  func calibrationsInForce() async throws -> [Calibration] { calibrations }

  func adopt(_ limits: Limits, from stamp: Stamp) async throws -> Bool { false }

  func beginEpochs(
    of channels: [Channel], person: Person?, site: Site?, cause: String, at stamp: Stamp
  ) async throws -> Int {
    try await work()
    epochs.append((channels, cause))
    return 1
  }

  func append(_ health: [PartHealth]) async throws {
    try await work()
    self.health += health
  }

  func noteBytesWritten(_ bytes: Int64, on date: LocalDate) async throws {
    bytesWritten[date] = bytes
  }

  func save(_ event: SkinEvent, at stamp: Stamp) async throws -> Int64 { 1 }
  func save(_ score: Score, at stamp: Stamp) async throws {}

  func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) async throws -> WithdrawalAnswer {
    .refused(.neverThere)
  }

  func choose(_ person: Person, at stamp: Stamp) async throws {
    try await work()
    chosen.append(person)
  }

  func adopt(_ plan: DayPlan, from stamp: Stamp) async throws -> Bool { false }

  func restamp(
    bootID: String, bootTimeZero: Timestamp, at stamp: Stamp
  ) async throws -> RestampReport {
    RestampReport(sessions: 0, airSamples: 0, others: 0)
  }

  func closeSlots(before now: Timestamp) async throws {}
}

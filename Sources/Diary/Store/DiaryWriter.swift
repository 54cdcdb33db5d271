import GRDB
import Readings

/// What a transaction of the store does, step by step.
///
/// Used inside `Store.transact` only. The rest is in `DiaryWriter+….swift`, by subject.
final class DiaryWriter {
  let db: Database
  let options: Store.Options
  /// Every plan of the diary.
  var plans: PlanBook
  /// Every plan as it was before the re-stamping in hand.
  var formerPlans: PlanBook?
  /// The latest moment before which some slot's air was taken; older samples change slots.
  var lastAirReference: Timestamp?
  /// Limits and calibrations, and when each is in force.
  var books = PartChecker.Books(limits: LimitsBook(), conversions: ConversionBook())
  /// What is remembered of each part's last samples.
  var checkers: [Int64: PartChecker] = [:]
  /// Hours and days cover the samples before this moment, in microseconds.
  var rollupEnd = Int64.min
  /// By channel: values before it were removed, and what was derived from them stays as it is.
  var airBegins = [Int64](repeating: 0, count: AirColumn.count)
  /// Whether a transaction failed, and what is in memory may have gone with it.
  var isStale = false
  private var boots: [String: Int64] = [:]
  private var parts: [String: Int64] = [:]

  init(_ db: Database, options: Store.Options) {
    self.db = db
    self.options = options
    plans = PlanBook()
  }

  /// Brings the diary and the settings together, and finishes what the last writer left.
  func begin(path: String) throws {
    try checkOrigin(path: path)
    try describeChannels()
    try recall()
    if plans.isEmpty { try note(options.plan, from: options.now()) }
    try finishHours()
  }

  /// Learns anew what is kept in memory, at the beginning and after a transaction that failed.
  func recall() throws {
    boots = [:]
    parts = [:]
    plans = try PlanBook(db)
    try recallBooks()
    rollupEnd = Int64(try meta("air_rolled_up_to_utc_us") ?? "") ?? .min
    try recallAirBegins()
    lastAirReference = try Int64.fetchOne(
      db, sql: "SELECT max(reference_utc_us) FROM air_slot"
    ).map { Timestamp(microseconds: $0) }
    isStale = false
  }

  /// The number of a boot.
  func number(ofBoot id: String) throws -> Int64 {
    if let known = boots[id] { return known }
    try run("INSERT INTO boot (boot_id) VALUES (?) ON CONFLICT DO NOTHING", [id])
    let number = try value("SELECT boot FROM boot WHERE boot_id = ?", [id])
    boots[id] = number
    return number
  }

  /// The number of a part.
  func number(ofPart name: String) throws -> Int64 {
    if let known = parts[name] { return known }
    try run("INSERT INTO part (name) VALUES (?) ON CONFLICT DO NOTHING", [name])
    let number = try value("SELECT part FROM part WHERE name = ?", [name])
    parts[name] = number
    return number
  }

  /// Runs a statement, prepared once.
  func run(_ sql: String, _ arguments: StatementArguments = []) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Fetches rows with a statement prepared once.
  func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
    try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments)
  }

  /// Fetches the first row with a statement prepared once.
  func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
    try Row.fetchOne(try db.cachedStatement(sql: sql), arguments: arguments)
  }

  /// The columns `time_utc_us, boot, boot_us, clock` of a stamp.
  func columns(of stamp: Stamp) throws -> StatementArguments {
    [
      stamp.utc.microseconds, try number(ofBoot: stamp.bootID), stamp.bootMicroseconds,
      stamp.trust.rawValue,
    ]
  }

  private func value(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
    guard let row = try row(sql, arguments) else { throw RecordError.notFound }
    return row[0]
  }

  private enum RecordError: Error { case notFound }
}

extension DiaryWriter {
  /// What the diary knows about itself.
  func meta(_ key: String) throws -> String? {
    try row("SELECT value FROM meta WHERE key = ?", [key])?[0]
  }

  func setMeta(_ key: String, _ value: String) throws {
    try run(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      [key, value])
  }

  private func checkOrigin(path: String) throws {
    guard let wanted = options.origin.word else {
      if try meta("origin") == nil { try setMeta("origin", "real") }
      return
    }
    guard let found = try meta("origin") else {
      try setMeta("origin", wanted)
      return
    }
    guard found == wanted else {
      throw StoreError(
        .otherOrigin(found: found, wanted: wanted), path: path, operation: "open the diary")
    }
  }

  /// Keeps what the channels are, and the floors in force, for the readers.
  private func describeChannels() throws {
    for (position, channel) in Channel.allCases.enumerated() {
      try run(
        """
        INSERT INTO channel VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET position = excluded.position, unit = excluded.unit,
          description = excluded.description, floor = excluded.floor
        WHERE (position, unit, description, floor) IS NOT
          (excluded.position, excluded.unit, excluded.description, excluded.floor)
        """,
        [channel.rawValue, position, channel.unit, channel.summary, floor(of: channel)])
    }
  }

  /// The least scale of a channel's deviations.
  func floor(of channel: Channel) -> Double {
    options.floors[channel] ?? channel.defaultFloor
  }
}

extension Store.Origin {
  /// As `meta` keeps it; nil for whatever is there.
  var word: String? {
    switch self {
    case .real: "real"
    case .asFound: nil
    case .simulated(let scenario): "simulated: " + scenario
    }
  }
}

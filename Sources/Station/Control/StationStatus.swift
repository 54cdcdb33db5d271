package import Readings

/// How the station is at one moment, as `skin2vec status --json` prints it.
package struct StationStatus: Hashable, Sendable, Codable {
  /// What the station's clock says; nil from an older daemon.
  package var time: Timestamp?
  package var started: Timestamp
  /// Seconds since then, by the clock that runs through suspend.
  package var uptimeSeconds: Double
  /// The diary's path.
  package var diary: String
  /// Whether the parts are simulated.
  package var isSimulated: Bool
  package var clock: ClockTrust
  /// Whose the next session is.
  package var person: Person
  /// In the order of the settings.
  package var parts: [PartStatus]
  /// Sessions held in memory because they could not be written.
  package var pendingTaps: Int
  /// The last session's line, as it was said; nil where there has been none.
  package var lastTap: String?
  /// What was written to the disk since local midnight.
  package var bytesWrittenToday: Int64
  /// The limits of what may be written, and what was on other days; nil from an older daemon.
  package var disk: DiskStatus?
  package var isJournalVolatile: Bool
  /// What the settings are, in words: `read 22:14`, `refused: the old ones stay (…)`.
  package var settings: String

  package init(
    started: Timestamp, uptimeSeconds: Double, diary: String, isSimulated: Bool,
    clock: ClockTrust, person: Person, parts: [PartStatus], pendingTaps: Int, lastTap: String?,
    bytesWrittenToday: Int64, disk: DiskStatus? = nil, isJournalVolatile: Bool, settings: String,
    time: Timestamp? = nil
  ) {
    self.time = time
    self.started = started
    self.uptimeSeconds = uptimeSeconds
    self.diary = diary
    self.isSimulated = isSimulated
    self.clock = clock
    self.person = person
    self.parts = parts
    self.pendingTaps = pendingTaps
    self.lastTap = lastTap
    self.bytesWrittenToday = bytesWrittenToday
    self.disk = disk
    self.isJournalVolatile = isJournalVolatile
    self.settings = settings
  }

  private enum CodingKeys: String, CodingKey {
    case time = "time_utc_us"
    case started = "started_utc_us"
    case uptimeSeconds = "uptime_s"
    case diary
    case isSimulated = "simulated"
    case clock, person, parts
    case pendingTaps = "pending_taps"
    case lastTap = "last_tap"
    case bytesWrittenToday = "written_today_bytes"
    case disk
    case isJournalVolatile = "journal_volatile"
    case settings
  }
}

/// What is written to the disk, and what may be.
package struct DiskStatus: Hashable, Sendable, Codable {
  /// Nil where nothing was kept of that day.
  package var bytesWrittenYesterday: Int64?
  /// The mean of the last seven whole days, as far as they are known.
  package var meanBytes: Int64?
  /// What may be written in a day; nil for no limit.
  package var limitBytes: Int64?
  /// Seconds from one batch of air to the next at present.
  package var batchSeconds: Double

  package init(
    bytesWrittenYesterday: Int64?, meanBytes: Int64?, limitBytes: Int64?, batchSeconds: Double
  ) {
    self.bytesWrittenYesterday = bytesWrittenYesterday
    self.meanBytes = meanBytes
    self.limitBytes = limitBytes
    self.batchSeconds = batchSeconds
  }

  private enum CodingKeys: String, CodingKey {
    case bytesWrittenYesterday = "written_yesterday_bytes"
    case meanBytes = "mean_of_7_days_bytes"
    case limitBytes = "limit_per_day_bytes"
    case batchSeconds = "batch_s"
  }
}

/// How one part is.
package struct PartStatus: Hashable, Sendable, Codable {
  /// Name and address: `sen55 0x69`.
  package var part: String
  /// What the part calls itself; nil until it has answered.
  package var product: String?
  package var serial: String?
  package var firmware: String?
  /// In words: `measuring`, `warming up`, `lost: not acknowledged`.
  package var state: String
  /// What it last said of itself; nil where it cannot, or all is well.
  package var says: String?
  /// Seconds since its last value; nil where there has been none.
  package var ageSeconds: Double?
  /// Seconds it has run without a break; nil while it does not.
  package var uptimeSeconds: Double?
  /// What has been counted since start, by name: `reads`, `corrupted`, `restarts`.
  package var counters: [String: Int]

  package init(
    part: String, product: String? = nil, serial: String? = nil, firmware: String? = nil,
    state: String, says: String? = nil, ageSeconds: Double? = nil, uptimeSeconds: Double? = nil,
    counters: [String: Int] = [:]
  ) {
    self.part = part
    self.product = product
    self.serial = serial
    self.firmware = firmware
    self.state = state
    self.says = says
    self.ageSeconds = ageSeconds
    self.uptimeSeconds = uptimeSeconds
    self.counters = counters
  }

  private enum CodingKeys: String, CodingKey {
    case part, product, serial, firmware, state, says
    case ageSeconds = "age_s"
    case uptimeSeconds = "uptime_s"
    case counters
  }
}

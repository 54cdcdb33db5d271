import GRDB

/// A table that a salvage adds rows to, and how it tells that a row is there already.
struct SalvagedTable {
  var name: String
  /// The column that is the rowid.
  var key: String
  /// What makes two rows the same, whatever their numbers.
  var identity: [String]
  /// Columns that hold a number of another table.
  var references: [String: String]
  /// When its readings are of; nil for what has no time of its own.
  var time: String?
  /// Rows that are worked out again, and need not be brought over.
  var exception: String?

  init(
    _ name: String, key: String? = nil, _ identity: [String],
    references: [String: String] = [:], time: String? = nil, except exception: String? = nil
  ) {
    self.name = name
    self.key = key ?? name
    self.identity = identity
    self.references = references
    self.time = time
    self.exception = exception
  }

  private static let boot = ["boot": "boot"]
  private static let byBoot = ["boot", "boot_us"]

  /// What others refer to, then what nobody refers to; taps and the air come after them.
  static let all = [
    SalvagedTable("boot", ["boot_id"]), SalvagedTable("part", ["name"]),
    SalvagedTable("day_plan", byBoot + ["zone"], references: boot, time: "time_utc_us"),
    SalvagedTable(
      "part_identity", key: "identity", byBoot + ["part"],
      references: ["boot": "boot", "part": "part"]),
    SalvagedTable(
      "calibration", key: "calibration_id", ["part", "channel", "valid_from_utc_us", "parameters"],
      references: ["part": "part"], time: "valid_from_utc_us"),
    SalvagedTable(
      "limits", ["valid_from_utc_us", "rules", "boot_us"], references: boot,
      time: "valid_from_utc_us"),
    SalvagedTable(
      "epoch", ["person", "channel", "site", "boot", "boot_us"], references: boot,
      time: "time_utc_us", except: "boot"),
    SalvagedTable("event", key: "event_id", byBoot + ["person", "kind"], references: boot),
    SalvagedTable("score", byBoot + ["person", "dimension"], references: boot),
    SalvagedTable(
      "withdrawal", ["event", "score"],
      references: ["boot": "boot", "event": "event", "score": "score"]),
    SalvagedTable("notice", byBoot + ["kind", "text"], references: boot),
    SalvagedTable("choice", byBoot, references: boot),
    SalvagedTable("restamp", byBoot, references: ["boot": "boot", "restamped_boot": "boot"]),
    SalvagedTable("recomputation", byBoot, references: boot),
    SalvagedTable("erasure", byBoot, references: boot),
    SalvagedTable("import", byBoot, references: boot),
  ]

  static let session = SalvagedTable(
    "session", key: "session_id", ["person", "boot", "started_boot_us"], references: boot,
    time: "started_utc_us")
  static let touch = SalvagedTable(
    "touch", key: "touch_id", ["session_id", "number"],
    references: ["boot": "boot", "session_id": "session"], time: "time_utc_us")
}

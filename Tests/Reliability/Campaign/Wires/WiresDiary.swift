import GRDB
import Readings

/// What the diary says of a run, read as anybody could.
struct WiresDiary {
  /// A channel of a sample of the air.
  struct Air {
    var part: String
    /// When, in microseconds since boot.
    var time: Int64
    var channel: Channel
    var value: Double?
    /// The reason for no value, or what is wrong with the value.
    var flag: String?
  }

  /// A channel of a touch.
  struct Measure {
    /// When the contact closed, in microseconds since boot.
    var time: Int64
    var session: Int64
    var channel: Channel
    var value: Double?
    var reason: String?
  }

  /// What was noted of the air beside a session.
  struct SessionAir {
    var time: Int64
    var channel: Channel
    var value: Double
  }

  var air: [Air] = []
  var measures: [Measure] = []
  var sessionAir: [SessionAir] = []
  var sessions = 0

  /// The columns of the air, by the bits that say which of them a part offers.
  private static let columns: [(channel: Channel, name: String)] = [
    (.airTemperature, "temperature_celsius"), (.airHumidity, "humidity_percent"),
    (.airPM1, "pm1_ug_m3"), (.airPM2_5, "pm2_5_ug_m3"), (.airPM4, "pm4_ug_m3"),
    (.airPM10, "pm10_ug_m3"), (.airVOCIndex, "voc_index"), (.airNOxIndex, "nox_index"),
    (.airCO2, "co2_ppm"), (.airPressure, "pressure_pascals"),
  ]

  init(path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    let file = try DatabaseQueue(path: path, configuration: configuration)
    try file.read { diary in
      for (bit, column) in Self.columns.enumerated() {
        try readAir(column.channel, column.name, bit: bit, in: diary)
      }
      try readTouches(in: diary)
    }
  }

  private mutating func readAir(
    _ channel: Channel, _ column: String, bit: Int, in diary: Database
  ) throws {
    let rows = try Row.fetchCursor(
      diary,
      sql: """
        SELECT p.name, a.boot_us, a.\(column), a.flags ->> '$."\(channel.rawValue)"'
        FROM air AS a JOIN part AS p USING (part) WHERE a.offered & \(1 << bit)
        ORDER BY a.boot_us
        """)
    while let row = try rows.next() {
      air.append(Air(part: row[0], time: row[1], channel: channel, value: row[2], flag: row[3]))
    }
  }

  private mutating func readTouches(in diary: Database) throws {
    let shift = WiresStation.startUTC - WiresStation.uptime
    let rows = try Row.fetchCursor(
      diary,
      sql: "SELECT started_utc_us, session_id, channel, value, reason FROM v1_touch")
    while let row = try rows.next() {
      guard let channel = Channel(rawValue: row[2]) else { continue }
      measures.append(
        Measure(
          time: (row[0] as Int64) - shift, session: row[1], channel: channel, value: row[3],
          reason: row[4]))
    }
    sessions = try Int.fetchOne(diary, sql: "SELECT count(*) FROM v1_session") ?? 0
    let noted = try Row.fetchCursor(
      diary,
      sql: """
        SELECT s.started_utc_us, a.channel, a.value FROM session_air AS a
        JOIN v1_session AS s USING (session_id) WHERE a.quality = 'ok'
        """)
    while let row = try noted.next() {
      guard let channel = Channel(rawValue: row[1]) else { continue }
      sessionAir.append(
        SessionAir(time: (row[0] as Int64) - shift, channel: channel, value: row[2]))
    }
  }
}

import Control
import Readings

/// What the diary knows of the station, with or without a daemon.
struct DiarySketch: Hashable {
  var path: String
  var summary: ArchiveSummary?
  var parts: [PartIdentity] = []
  var air: [AirSample] = []
  var lastSession: SavedSession?
  /// Why it could not be read.
  var problem: String?

  init(path: String) { self.path = path }
}

/// How the station is.
struct StatusPage {
  /// Nil where no daemon runs.
  var station: StationStatus?
  var diary: DiarySketch

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    let head =
      if let station {
        paint.green("●") + " skin2vecd is running"
          + (station.isSimulated ? ", on simulated parts" : "")
          + ": \(spanInWords(station.uptimeSeconds)), since \(local.dateTime(station.started))"
      } else {
        paint.red("○") + " skin2vecd is not running: start it with 'systemctl start skin2vecd'"
      }
    var table = TextTable()
    if let station { add(station, to: &table, local) }
    addTap(to: &table, local)
    if station == nil { addParts(to: &table) }
    addAir(to: &table, local)
    table.add("diary", diaryWords)
    return [head] + table.lines(indentedBy: 2)
  }

  private func add(_ station: StationStatus, to table: inout TextTable, _ local: LocalClock) {
    table.add("person", "the next tap is \(station.person.rawValue.printable)'s")
    for (index, part) in station.parts.enumerated() {
      table.add(index == 0 ? "parts" : "", words(part))
    }
    table.add("clock", station.clock == .unsynced ? "not set yet: times may be wrong" : "set")
    table.add("settings", station.settings.printable)
    if station.pendingTaps > 0 {
      table.add("NOT saved", counted(station.pendingTaps, "tap") + ", held in memory")
    }
    table.add("written", "\(sizeInWords(station.bytesWrittenToday)) today")
    if station.isJournalVolatile {
      table.add("journal", "in memory only: 'skin2vec log' keeps what was said")
    }
  }

  private func words(_ part: PartStatus) -> String {
    let name = [part.part, part.product, part.serial, part.firmware.map { "firmware " + $0 }]
    let age = part.ageSeconds.map { ", last value \(spanInWords($0)) ago" } ?? ""
    return name.compactMap(\.self).joined(separator: " ") + ": \(part.state)\(age)"
  }

  private func addTap(to table: inout TextTable, _ local: LocalClock) {
    if let line = station?.lastTap {
      table.add("last tap", line.printable)
    } else if let saved = diary.lastSession {
      let session = saved.session
      let values = saved.values.filter { $0.site != nil }.map {
        "\($0.channel.shortName) \($0.channel.words($0.value, spread: $0.spread))"
      }
      let touches =
        "\(session.acceptedTouches) of \(counted(session.touches.count, "touch", "touches"))"
      table.add(
        "last tap",
        "\(saved.key), \(local.time(session.started.utc)) "
          + "(\(local.age(of: session.started.utc))), \(session.person.rawValue.printable): "
          + ([session.verdict.rawValue, touches] + values).joined(separator: ", "))
    } else if diary.problem == nil {
      table.add("last tap", "none yet")
    }
  }

  private func addParts(to table: inout TextTable) {
    for (index, part) in diary.parts.enumerated() {
      let words = [part.part, part.product, part.serial, part.firmware.map { "firmware " + $0 }]
        .compactMap(\.self).joined(separator: " ")
      let status = part.status.flatMap { $0.isEmpty ? nil : ": " + $0 } ?? ""
      table.add(index == 0 ? "parts" : "", "\(words)\(status) (as last known)")
    }
  }

  private func addAir(to table: inout TextTable, _ local: LocalClock) {
    for (index, sample) in diary.air.enumerated() {
      table.add(
        index == 0 ? "air" : "",
        "\(sample.part), \(local.age(of: sample.stamp.utc)): \(sample.words)")
    }
  }

  private var diaryWords: String {
    guard let summary = diary.summary else {
      return "\(diary.path): \(diary.problem ?? "not read")"
    }
    let dates = [summary.firstDate, summary.lastDate].compactMap(\.self).map(\.description)
    let span = dates.isEmpty ? "" : ", " + dates.joined(separator: " to ")
    return "\(diary.path): \(counted(summary.sessions, "tap")), "
      + "\(counted(summary.airSamples, "sample")) of the air\(span), \(sizeInWords(summary.bytes))"
  }
}

// For programs.
extension StatusPage {
  /// The daemon's own keys where it runs, `running`, and the diary under `diary_sketch`.
  func json() throws -> String { try JSON.text(Answer(page: self)) }

  private struct Answer: Encodable {
    var page: StatusPage

    func encode(to encoder: any Encoder) throws {
      try page.station?.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(page.station != nil, forKey: .running)
      try container.encode(page.diary.json, forKey: .sketch)
    }

    private enum Key: String, CodingKey {
      case running
      case sketch = "diary_sketch"
    }
  }
}

extension DiarySketch {
  var json: JSON {
    [
      "path": .text(path), "problem": JSON(problem), "sessions": JSON(summary?.sessions),
      "air_samples": JSON(summary?.airSamples),
      "first_local_date": JSON(summary?.firstDate?.description),
      "last_local_date": JSON(summary?.lastDate?.description), "size_bytes": JSON(summary?.bytes),
      "last_session": lastSession?.json(withTouches: false) ?? .null,
      "air": .list(air.map(\.json)),
      "parts": .list(
        parts.map { part in
          [
            "part": .text(part.part), "product": .text(part.product),
            "serial": JSON(part.serial), "firmware": JSON(part.firmware),
            "status": JSON(part.status),
            "channels": .list(part.channels.map { .text($0.rawValue) }),
          ]
        }),
    ]
  }
}

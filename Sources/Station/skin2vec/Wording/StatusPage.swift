import Control
import Readings
import Store
import Wording

/// How the station is.
struct StatusPage {
  /// Nil where no daemon runs.
  var station: StationStatus?
  var diary: DiarySketch
  /// The newest copy of the diary that was proved; nil where there is none.
  var backup: Backups.Copy?

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
    addStreaks(to: &table, local)
    if station == nil { addParts(to: &table) }
    addTrend(to: &table, local)
    addAir(to: &table, local)
    table.add("diary", diaryWords)
    addUnsynced(to: &table)
    if let backup {
      table.add(
        "backup", "\(local.age(of: backup.manifest.madeUTC)), \(backup.path)")
    }
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
    table.add("written", station.diskWords)
    if station.isJournalVolatile {
      table.add("journal", "in memory only: 'skin2vec log' keeps what was said")
    }
  }

  private func words(_ part: PartStatus) -> String {
    let name = [part.part, part.product, part.serial, part.firmware.map { "firmware " + $0 }]
    let uptime = part.uptimeSeconds.map { " for \(spanInWords($0))" } ?? ""
    let age = part.ageSeconds.map { ", last value \(spanInWords($0)) ago" } ?? ""
    let says = part.says.map { "; says \($0.printable)" } ?? ""
    return name.compactMap(\.self).joined(separator: " ")
      + ": \(part.state)\(uptime)\(age)\(part.troubleWords)\(says)"
  }

  /// What has become worse in the last weeks.
  private func addTrend(to table: inout TextTable, _ local: LocalClock) {
    let changes = HealthTrend(diary.health, local.plan).changes
    for (index, change) in changes.enumerated() {
      table.add(index == 0 ? "worse" : "", change.words(today: local.today))
    }
  }

  private func addStreaks(to table: inout TextTable, _ local: LocalClock) {
    let present = local.plan.slot(at: local.now)
    let people = diary.taps.sorted { $0.key.rawValue < $1.key.rawValue }
    for (person, taps) in people {
      guard let words = TapStreaks(taps: taps, present: present).words else { continue }
      let whose = people.count > 1 ? "\(person.rawValue.printable): " : ""
      table.add(person == people[0].key ? "rhythm" : "", whose + words)
    }
  }

  private func addUnsynced(to table: inout TextTable) {
    let unsynced = diary.unsynced
    guard unsynced != DiarySketch.Unsynced() else { return }
    let what = [
      unsynced.taps > 0 ? counted(unsynced.taps, "tap") : nil,
      unsynced.airSamples > 0 ? counted(unsynced.airSamples, "sample") + " of the air" : nil,
    ].compactMap(\.self).joined(separator: " and ")
    table.add(
      "unsynced", "\(what) from earlier starts, by a clock that nobody vouched for")
  }

  private func addTap(to table: inout TextTable, _ local: LocalClock) {
    if let line = station?.lastTap {
      table.add("last tap", line.printable)
    } else if let saved = diary.lastSession {
      let session = saved.session
      let values = saved.values.filter { $0.site != nil }.map {
        "\($0.channel.shortName()) \($0.channel.words($0.value, spread: $0.spread))"
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
        "\(sample.part), \(local.age(of: sample.stamp.utc)): \(sample.words())")
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
  func json() throws -> String { try JSON.indented(Answer(page: self)) }

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

extension StationStatus {
  /// `3.1 MB today, 5.2 MB yesterday, 4.8 MB a day in the last week; 10.0 MB are allowed`.
  fileprivate var diskWords: String {
    var words = ["\(sizeInWords(bytesWrittenToday)) today"]
    if let bytes = disk?.bytesWrittenYesterday { words.append("\(sizeInWords(bytes)) yesterday") }
    if let bytes = disk?.meanBytes {
      words.append("\(sizeInWords(bytes)) a day in the last week")
    }
    let written = words.joined(separator: ", ")
    guard let limit = disk?.limitBytes, let disk else { return written }
    let batch = spanInWords(disk.batchSeconds)
    return "\(written); \(sizeInWords(limit)) are allowed, the air is gathered for \(batch)"
  }
}

extension PartStatus {
  /// Failures and recoveries since the start, where there were any.
  fileprivate var troubleWords: String {
    let asked = counters["samples"] ?? 0
    let rates = [
      ("corrupted", "damaged answers"), ("not_acknowledged", "NAKs"),
      ("other_failures", "other failures"),
    ].compactMap { key, name -> String? in
      guard let count = counters[key], count > 0, asked > 0 else { return nil }
      return "\(percent(Double(count) / Double(asked))) \(name)"
    }
    let events = [("recoveries", "recovery", "recoveries"), ("restarts", "restart", "restarts")]
      .compactMap { key, noun, plural -> String? in
        guard let count = counters[key], count > 0 else { return nil }
        return counted(count, noun, plural)
      }
    let words = rates + events
    return words.isEmpty ? "" : "; " + words.joined(separator: ", ")
  }
}

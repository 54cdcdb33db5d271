import Control
import FoundationEssentials
import Readings
import Settings
import Store
import Tape

/// What a bug report needs to know, section by section.
struct DoctorReport {
  /// A heading and what is below it.
  struct Section {
    var title: String
    var lines: [String]
  }

  /// Nil where the configuration is at fault.
  private(set) var settings: Settings?
  let date: LocalDate
  let redaction: Redaction
  /// The redacted text of the configuration; empty where it is at fault, or there is none.
  let configuration: String
  private var sections: [Section] = []
  private var hasTape = false

  /// Gathers what can be known; what cannot is said to be so.
  init(file: String?, places: PlaceOptions, at desk: Desk) async {
    let text = file.flatMap { FileManager.default.contents(atPath: $0) }
      .map { String(decoding: $0, as: UTF8.self) }
    settings = Self.settings(file: file, places: places)
    let used = settings ?? Settings()
    let sketch = await DiaryFacts(path: used.diary)
    let station = Self.station(at: used.control)
    redaction = Redaction(
      people: Self.distinct(used.people.map(\.name) + sketch.people),
      sites: Self.distinct(used.people.flatMap(\.sites) + sketch.sites),
      serials: Self.distinct(sketch.serials + (station?.parts.compactMap(\.serial) ?? [])),
      others: SystemFacts.host.map { [($0, "host")] } ?? [])
    configuration =
      settings == nil
      ? "" : redaction.apply(to: ConfigurationText.withoutRemarks(text ?? ""))
    let zone = desk.systemZone.flatMap { try? ZoneRules(named: $0) } ?? .utc
    date = DayPlan(zone: zone).local(desk.now).date
    sections = [
      Section(title: "programs", lines: Self.programs + sketch.version),
      Section(title: "system", lines: SystemFacts.lines(diary: used.diary)),
      Section(title: "unit skin2vecd.service", lines: SystemFacts.unit),
      Section(title: "configuration", lines: configurationLines(hasFile: text != nil)),
      Section(title: "check", lines: findings(file: file, settings: settings, at: desk)),
      Section(title: "status", lines: Self.lines(of: station, redaction)),
      Section(title: "parts", lines: sketch.parts.map { Self.line(of: $0, redaction) }),
      Section(title: "diary", lines: sketch.tables),
      Section(
        title: "last lines (seconds since 1970, ? where the clock was not set)",
        lines: sketch.notices.map { $0.line(redaction) }),
    ]
  }

  /// Adds a tape, which is then the last section.
  mutating func add(_ tape: Tape) throws {
    let kept = try tape.redacted(redaction, settings: configuration)
    hasTape = true
    sections.append(Section(title: Tape.sectionTitle, lines: kept.lines))
  }

  /// The whole file.
  var text: String {
    let head = ["skin2vec doctor \(date)", ""] + contents + [""]
    let body = sections.flatMap { section in
      ["== \(section.title)"] + (section.lines.isEmpty ? ["nothing"] : section.lines) + [""]
    }
    return (head + body).joined(separator: "\n")
  }

  /// What to tell the person who made it.
  func farewell(path: String) -> [String] {
    ["made \(path), which nobody but you can read."] + contents
      + ["Nothing was sent anywhere. Read it, and attach it to your report."]
  }

  private var contents: [String] {
    [
      "It holds: programs and system, settings, parts, counters, the last 500 lines of the station, "
        + "and how many rows the diary has.",
      "Left out: names of people and sites, values of skin and air, scores, events and their notes, "
        + "all but the end of serial numbers, home folders.",
    ]
      + (hasTape
        ? [
          "The tape at its end holds raw readings of the probe and the air, and when taps were; no "
            + "names, scores or events."
        ] : [])
  }

  private static func distinct(_ words: [String]) -> [String] {
    words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

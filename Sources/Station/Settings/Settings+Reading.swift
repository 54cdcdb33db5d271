import Quantities

extension Settings {
  /// Reads a configuration file.
  ///
  /// - Parameter path: The file; its name stands before each fault.
  /// - Returns: Settings that are wholly valid.
  /// - Throws: Every fault found, by line.
  package static func read(path: String) throws(SettingsError) -> Settings {
    try Document.read(path: path) { Settings($0, zones: .system) }
  }

  /// Reads the text of a configuration file.
  ///
  /// - Parameters:
  ///   - text: The YAML; an empty text gives `Settings()`.
  ///   - file: What to call it in faults.
  /// - Returns: Settings that are wholly valid.
  /// - Throws: Every fault found, by line.
  package static func read(
    text: String, file: String = "skin2vec.yaml"
  ) throws(SettingsError) -> Settings {
    try Document.read(text: text, file: file) { Settings($0, zones: .system) }
  }

  init(_ file: Section, zones: ZoneFolder) {
    self.init()
    diary = file.value("diary", as: .path, default: diary)
    control = file.value("control", as: .path, default: control)
    time = file.section("time") { Time($0, zones: zones) } ?? time
    people = file.people() ?? people
    defaultPerson = file.value(
      "default_person", as: .word(of: people.map(\.name), what: "one of the people"),
      default: people.first?.name ?? defaultPerson)
    let wired = file.buses()
    buses = wired?.mapValues(\.path) ?? buses
    reboundBuses = Set((wired ?? [:]).filter(\.value.mayRebind).keys)
    let placed = file.parts(buses: buses)
    parts = placed?.map(\.part) ?? parts
    lines = file.section("lines") { Lines($0) } ?? lines
    let slowest = parts.compactMap(\.airSchedule?.every).max() ?? .zero
    air = file.section("air") { Air($0, slowestPart: slowest) } ?? Air(slowestPart: slowest)
    refuseImpossibleSchedules(of: placed ?? [], file)
    tap = file.section("tap") { Tap($0) } ?? tap
    calibration = file.section("calibration") { Calibration($0) } ?? calibration
    checks = file.section("checks") { Checks($0) } ?? checks
    floors.merge(file.section("floors") { $0.floors() } ?? [:]) { _, given in given }
    journal = file.section("journal") { Journal($0) } ?? journal
    let every = parts.compactMap { $0.period(in: air) }.max() ?? air.every
    health =
      file.section("health") { Health($0, airPeriod: every) } ?? Health(airPeriod: every)
    let source = diary
    keep = file.section("keep") { Keep($0) } ?? keep
    backup = file.section("backup") { Backup($0, diary: source) } ?? backup
    let names = people.map(\.name)
    mqtt = file.section("mqtt", orNone: mqtt) { MQTT($0, people: names) }
    web = file.section("web") { Web($0) } ?? web
    refuseUntimelyReminders(file)
    Clashes(settings: self, file: file, placed: placed ?? []).refuse()
  }
}

extension Settings.Time {
  fileprivate init(_ section: Section, zones: ZoneFolder) {
    self.init()
    zone = section.optional("zone", as: zones.format) ?? nil
    morning = section.value("morning", as: .timeOfDay, default: morning)
    evening = section.value("evening", as: .timeOfDay, default: evening)
    if morning >= evening {
      section.refuse(
        section.has("evening") ? "evening" : "morning",
        "the evening (\(evening)) must begin after the morning (\(morning))",
        hint: "give two times of one day; the evening then lasts until the next morning")
    }
  }
}

extension Section {
  fileprivate func people() -> [Settings.Resident]? {
    var seen: [String] = []
    return sections("people") { person in
      guard let name = person.required("name", as: .name, example: "me") else { return nil }
      if seen.contains(name) {
        person.refuse("name", "`\(name)` is in the list already", hint: "give each their own name")
      }
      seen.append(name)
      return Settings.Resident(
        name: name, sites: person.values("sites", as: .name) ?? ["cheek"])
    }
  }

  fileprivate func buses() -> [String: (path: String, mayRebind: Bool)]? {
    section("buses") { buses in
      var byName: [String: (path: String, mayRebind: Bool)] = [:]
      for name in buses.keys {
        guard let bus = buses.bus(name) else { continue }
        if let other = byName.first(where: { $0.value.path == bus.path })?.key {
          buses.refuse(
            name, "\(bus.path) is called `\(other)` already", hint: "give each bus one name")
        }
        byName[name] = bus
      }
      if buses.keys.isEmpty {
        buses.refuse(nil, "there is no bus", hint: "add `main: /dev/i2c-1`")
      }
      return byName
    }
  }

  fileprivate func floors() -> [Settings.ChannelName: Double] {
    var floors: [Settings.ChannelName: Double] = [:]
    for channel in Settings.ChannelName.allCases {
      // Deviations are divided by it, so it is never 0.
      floors[channel] = optional(
        channel.rawValue, as: .quantity(channel.unit, in: 0.001...100_000))
    }
    return floors
  }
}

extension Settings.Air {
  /// The defaults where the part that is read most seldom has such a period.
  fileprivate init(slowestPart: Duration) {
    self.init()
    staleAfter = max(every, slowestPart) * 5
  }

  fileprivate init(_ section: Section, slowestPart: Duration) {
    self.init()
    every = section.value("every", as: .duration(in: .seconds(1)...hour), default: every)
    commitEvery = section.value(
      "commit_every", as: .duration(in: .seconds(1)...hour), default: commitEvery)
    warmUp = section.value("warm_up", as: .duration(in: .zero...hour), default: warmUp)
    staleAfter = section.value(
      "stale_after", as: .duration(in: .seconds(1)...day), default: max(every, slowestPart) * 5)
    fanCleaning = section.value("fan_cleaning", as: Self.fanCleaningFormat, default: fanCleaning)
    if staleAfter < every {
      section.refuse(
        "stale_after",
        "values would be stale (\(words(staleAfter))) before the next comes (\(words(every)))",
        hint: "make `stale_after` longer than `every`")
    }
  }
}

extension Settings.Tap {
  fileprivate init(_ section: Section) {
    self.init()
    let moment = Format.duration(in: .zero...(.seconds(30)))
    sampleFrom = section.value("sample_from", as: moment, default: sampleFrom)
    sampleUntil = section.value("sample_until", as: moment, default: sampleUntil)
    minimumContact = section.value("minimum_contact", as: moment, default: minimumContact)
    minimumSamplesPercent = section.value(
      "minimum_samples", as: .percent(in: 1...100), default: minimumSamplesPercent)
    steadySpreadPercent = section.value(
      "steady_spread", as: .percent(in: 0.1...100), default: steadySpreadPercent)
    steadyDriftPercent = section.value(
      "steady_drift", as: .percent(in: 0.1...100), default: steadyDriftPercent)
    lightThresholdIndex = section.value(
      "light_threshold", as: .quantity("index", in: -50...50), default: lightThresholdIndex)
    maximumTouches = section.value(
      "maximum_touches", as: .integer(in: 1...20), default: maximumTouches)
    sebumTouches = section.value("sebum_touches", as: .integer(in: 0...20), default: sebumTouches)
    endAfter = section.value(
      "end_after", as: .duration(in: .seconds(1)...(.seconds(300))), default: endAfter)
    remind =
      section.section("remind", orNone: remind) { Settings.Reminders($0) } ?? Settings.Reminders()
    refuseImpossibleWindow(section)
  }

  private func refuseImpossibleWindow(_ section: Section) {
    if sampleFrom >= sampleUntil {
      section.refuse(
        section.has("sample_until") ? "sample_until" : "sample_from",
        "the samples would end (\(words(sampleUntil))) before they begin (\(words(sampleFrom)))",
        hint: "make `sample_until` longer than `sample_from`")
    }
    if minimumContact <= sampleFrom {
      section.refuse(
        section.has("minimum_contact") ? "minimum_contact" : "sample_from",
        "a contact of \(words(minimumContact)) would have no sample",
        hint: "make `minimum_contact` longer than `sample_from`")
    }
  }
}

extension Settings.Journal {
  fileprivate init(_ section: Section) {
    self.init()
    colour = section.value("colour", as: .choice("a choice of colour"), default: colour)
    level = section.value("level", as: .choice("a level"), default: level)
    warnsWhenVolatile = section.value(
      "warn_when_volatile", as: .yesOrNo, default: warnsWhenVolatile)
  }
}

private let hour = Duration.seconds(3600)
private let day = Duration.seconds(86_400)

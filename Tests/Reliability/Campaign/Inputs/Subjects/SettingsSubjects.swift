import Bus
import Quantities
import Settings
import SimulationDecoders

/// The configuration file and scenario files.
enum SettingsSubjects {
  static let plans: [SubjectPlan] = {
    let group = "the configuration and scenarios"
    return [
      SubjectPlan(name: "configuration", group: group, share: 80) { corpus in
        let shipped = Example(try corpus.shipped("config/skin2vec.yaml"))
        return YAMLSubject([shipped] + (try corpus.examples("configuration"))) { text, file in
          let settings = try Settings.read(text: text, file: file)
          try check(settings)
          _ = try KeyPositions(text: text, file: file)["parts[1].address"]
          return settings.hashValue
        }
      },
      SubjectPlan(name: "scenario", group: group, share: 30) { corpus in
        let names = ["bad_night", "week", "year"].map { "config/scenarios/\($0).yaml" }
        let shipped = try names.map { Example(try corpus.shipped($0)) }
        return YAMLSubject(shipped + (try corpus.examples("scenario"))) { text, file in
          try ScenarioDecoder.read(text, file: file).hashValue
        }
      },
      SubjectPlan(name: "settings-values", group: group, share: 800) {
        ValueSubject(try $0.examples("settings-values"))
      },
    ]
  }()

  /// What settings must be, whatever the file says.
  private static func check(_ settings: Settings) throws {
    try Broken.unless(!settings.people.isEmpty, "nobody uses the station")
    try Broken.unless(
      settings.people.allSatisfy { !$0.sites.isEmpty && !$0.name.isEmpty }, "a person without sites"
    )
    try Broken.unless(
      settings.people.contains { $0.name == settings.defaultPerson }, "an unknown default person")
    try Broken.unless(settings.air.every > .zero, "air every \(settings.air.every)")
    try Broken.unless(settings.air.commitEvery >= .seconds(1), "commits without a pause")
    try Broken.unless(settings.time.morning < settings.time.evening, "the day has no morning")
    try Broken.unless(
      settings.floors.values.allSatisfy { $0 > 0 && $0.isFinite }, "a floor of \(settings.floors)")
    try Broken.unless(settings.tap.sampleFrom < settings.tap.sampleUntil, "no time to sample")
    try Broken.unless(settings.diary.hasPrefix("/"), "the diary is at \(settings.diary)")
  }
}

/// A YAML file read strictly: every fault must say where it is.
struct YAMLSubject: InputSubject {
  let examples: [Example]
  let isText = true
  private let read: @Sendable (String, String) throws -> Int

  var tokens: [[UInt8]] {
    [
      "parts:\n", "  - part: sen55\n", "address: 0x69\n", "every: 60 s\n", "&a ", "*a", "<<: *a\n",
      "{a: &x [*x]}", "!!binary ", "people: [{name: ann}]\n", "mqtt: {broker: x}\n", "none", "\t",
      "a: &a [x,x,x]\nb: &b [*a,*a,*a]\n", "9e99 s", "∞", "-0 s", "0.0000001 s", "1 d", "none\n",
    ].map { Array($0.utf8) }
  }

  init(_ examples: [Example], _ read: @escaping @Sendable (String, String) throws -> Int) {
    self.examples = examples
    self.read = read
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    // The reader of the file refuses what is not UTF-8 before anything else.
    guard let text = String(validating: bytes, as: UTF8.self) else { return .refused("not UTF-8") }
    do {
      return .taken(try read(text, "file.yaml"))
    } catch let error as SettingsError {
      let lines = bytes.reduce(2) { $1 == 0x0A || $1 == 0x0D ? $0 + 1 : $0 }
      try Broken.unless(!error.faults.isEmpty, "refused without a reason")
      for fault in error.faults {
        try Broken.unless(fault.file == "file.yaml", "a fault of the file \(fault.file)")
        try Broken.unless(!fault.problem.isEmpty && !fault.hint.isEmpty, "a fault without words")
        guard let position = fault.position else { continue }
        // Yams counts the end of a text, and some of Unicode's line ends, as lines of their own.
        try Broken.unless(
          position.line >= 0
            && position.line <= lines
              + text.unicodeScalars.count { [0x85, 0x2028, 0x2029].contains($0.value) },
          "line \(position.line) of \(lines): \(fault.problem)")
      }
      return .refused(error.faults)
    }
  }
}

/// The text of one value, in every form that values of the configuration have.
struct ValueSubject: InputSubject {
  let examples: [Example]
  let isText = true

  init(_ examples: [Example]) {
    self.examples = examples
  }

  var tokens: [[UInt8]] {
    [
      " s", " ms", " min", " h", " d", " %", " pF", " °C", " to ", "0x", ":", "none", "µ", "μ",
      "e9",
    ]
    .map { Array($0.utf8) }
  }

  func feed(_ bytes: [UInt8]) async throws -> Answer {
    guard let text = String(validating: bytes, as: UTF8.self) else { return .refused("not UTF-8") }
    var words: [String] = []
    try Self.read(text, .duration(in: .zero...(.seconds(1_000_000))), &words) {
      (.zero...(.seconds(1_000_000))).contains($0)
    }
    try Self.read(text, .duration(in: .seconds(-4e9)...(.seconds(4e9))), &words) { _ in true }
    try Self.read(text, .quantity("µg/m³", in: -5...1000), &words) { (-5...1000).contains($0) }
    try Self.read(text, .percent(), &words) { (0...100).contains($0) }
    try Self.read(text, .ratio(in: -1e6...1e6), &words) { $0.isFinite && abs($0) <= 1e6 }
    try Self.read(text, .span("°C"), &words) { $0.lowerBound < $0.upperBound }
    try Self.read(text, .capacitance(in: 0...100), &words) { (0...100).contains($0.picofarads) }
    try Self.read(text, .lightCounts(in: 1...65_535), &words) { $0.counts.isFinite }
    try Self.read(text, .integer(in: 1...20), &words) { (1...20).contains($0) }
    try Self.read(text, .timeOfDay, &words) { (0..<1440).contains($0.minutes) }
    try Self.read(text, .address, &words) { (0x03...0x77).contains($0.value) }
    try Self.read(text, .name, &words) { (1...32).contains($0.count) }
    try Self.read(text, .path, &words) { $0.hasPrefix("/") && !$0.utf8.contains(0) }
    return words.isEmpty ? .refused("by all") : .taken(words)
  }

  private static func read<Value>(
    _ text: String, _ format: Format<Value>, _ words: inout [String], _ isRight: (Value) -> Bool
  ) throws {
    do throws(Complaint) {
      let value = try format.read(text)
      try Self.require(isRight(value), "`\(text.prefix(60))` was taken as \(value)")
      words.append("\(value)")
    } catch {
      try Broken.unless(!error.hint.isEmpty, "a complaint without a hint, or wrong: \(error)")
    }
  }

  /// A value out of its range, as a complaint without a hint: the caller makes it a finding.
  private static func require(_ isRight: Bool, _ words: String) throws(Complaint) {
    if !isRight { throw Complaint(words, hint: "") }
  }
}

import Readings

extension ControlRequest {
  /// Why nothing can be done with what was asked, though it was understood; nil where something can.
  ///
  /// The command line asks for nothing of the kind; anybody who may write to the socket can.
  package var problem: String? {
    switch self {
    case .status, .follow, .reload, .takeBack, .tape, .measure, .endMeasuring, .pair, .devices,
      .forgetDevices:
      nil
    case .who(let person): Self.problem(ofName: person.rawValue)
    case .score(let score):
      Self.problem(ofName: score.person.rawValue) ?? Self.problem(of: score.date)
        ?? ((0...5).contains(score.value) ? nil : "a score is 0 to 5")
    case .event(let event): Self.problem(of: event)
    case .withdraw(.event(let number)): number > 0 ? nil : "events are numbered from 1"
    case .withdraw(.score(let person, let date, _)):
      Self.problem(ofName: person.rawValue) ?? Self.problem(of: date)
    case .lend(let borrower): Self.problem(ofName: borrower)
    case .backup(let words, _): Self.problem(ofText: words)
    case .alarm(let words, let person):
      Self.problem(ofName: person.rawValue) ?? Self.problem(ofLine: words)
    case .epoch(let order):
      order.channels.isEmpty
        ? "no channel is named"
        : order.person.flatMap { Self.problem(ofName: $0.rawValue) }
          ?? order.site.flatMap { Self.problem(ofName: $0.rawValue) }
          ?? Self.problem(ofText: order.why)
    case .calibrate(let calibration):
      Self.problem(ofName: calibration.part) ?? Self.problem(ofName: calibration.who)
        ?? Self.problem(ofText: calibration.why)
        ?? (calibration.parameters.keys.allSatisfy { Self.problem(ofName: $0) == nil }
          ? nil : "a parameter has no name")
    }
  }

  private static func problem(of event: SkinEvent) -> String? {
    if let problem = problem(ofName: event.person.rawValue) ?? problem(ofName: event.kind)
      ?? event.note.flatMap({ problem(ofText: $0) })
    {
      return problem
    }
    guard (0...1).contains(event.weight) else { return "a weight is 0 to 1" }
    let days = event.time.seconds.flooringDivision(by: 86_400)
    return problem(of: LocalDate(daysSince1970: Int(days)))
  }

  private static func problem(of date: LocalDate) -> String? {
    (1970...9999).contains(date.civil.year) ? nil : "there is nothing to note of the year \(date)"
  }

  /// A name stands in journal lines, keys and paths.
  private static func problem(ofName name: String) -> String? {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      let category = scalar.properties.generalCategory
      return category != .control && category != .format && category != .lineSeparator
    }
    return isPlain && (1...256).contains(name.utf8.count)
      ? nil : "a name is empty, longer than 256 bytes, or has control characters in it"
  }

  /// One line of the journal.
  private static func problem(ofLine line: String) -> String? {
    let isOne = line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    return isOne && (1...1024).contains(line.utf8.count)
      ? nil : "a line is empty, longer than 1024 bytes, or has control characters in it"
  }

  private static func problem(ofText text: String) -> String? {
    text.utf8.count <= 16_384 && !text.utf8.contains(0)
      ? nil : "a text is longer than 16 kB, or has a NUL in it"
  }
}

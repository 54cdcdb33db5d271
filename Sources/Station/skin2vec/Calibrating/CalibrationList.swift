import Readings
import Wording

/// Every calibration there has been, by part and channel.
struct CalibrationList {
  var calibrations: [Calibration]

  func show(_ setup: Setup, asJSON: Bool) throws {
    if asJSON {
      return setup.desk.say(try JSON.list(calibrations.map { .object($0.members) }).indented())
    }
    guard !calibrations.isEmpty else {
      return setup.desk.say(
        "no calibration yet: the configuration's numbers count once skin2vecd runs")
    }
    for line in lines(setup.local) { setup.desk.say(line.printable) }
  }

  /// A heading for each part and channel, the latest first below it.
  private func lines(_ local: LocalClock) -> [String] {
    var lines: [String] = []
    var last: Calibration?
    for calibration in calibrations {
      if calibration.part != last?.part || calibration.channel != last?.channel {
        lines.append("\(calibration.part), \(calibration.channel.rawValue)")
        let own = calibrations.filter {
          $0.part == calibration.part && $0.channel == calibration.channel
        }
        for entry in own.reversed() {
          lines.append("  \(entry.validity(local)), \(entry.who): \(entry.why)")
          lines.append("    \(entry.numbersInWords)")
        }
      }
      last = calibration
    }
    return lines
  }
}

extension Calibration {
  /// When it is in force, in words.
  fileprivate func validity(_ local: LocalClock) -> String {
    let from = local.dateTime(validFrom)
    return validTo.map { "\(from) to \(local.dateTime($0))" } ?? "since \(from)"
  }

  /// The numbers beside those before them.
  func comparison(with old: Calibration?, _ local: LocalClock) -> [String] {
    var table = TextTable()
    table.add("", "new", old.map { "since \(local.dateTime($0.validFrom))" } ?? "none before")
    for (name, number) in parameters.sorted(by: { $0.key < $1.key }) {
      table.add(name, decimal(number, 3), old?.parameters[name].map { decimal($0, 3) } ?? "")
    }
    return table.lines()
  }

  /// As a program reads it.
  var members: [String: JSON] {
    [
      "part": .text(part), "channel": .text(channel.rawValue),
      "valid_from_utc_us": .integer(validFrom.microseconds),
      "valid_to_utc_us": JSON(validTo?.microseconds), "who": .text(who), "why": .text(why),
      "parameters": .object(parameters.mapValues { .number($0) }),
    ]
  }

  /// With the numbers that it takes the place of.
  func members(old: Calibration?) -> [String: JSON] {
    members.merging(
      ["before": old.map { .object($0.parameters.mapValues { .number($0) }) } ?? .null]
    ) { a, _ in a }
  }
}

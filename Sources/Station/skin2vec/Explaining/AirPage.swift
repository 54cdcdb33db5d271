import Bus
import Readings
import Store

/// One channel of one sample of the air.
struct AirPage: ExplanationPage {
  var air: AirExplanation

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    let reading = air.reading
    var lines = [
      paint.bold("\(local.dateTimeSeconds(air.sample.stamp.utc))  \(air.channel.rawValue)")
        + "  \(reading.words)",
      "  time         " + air.sample.stamp.words(local, restamps: air.restamps),
    ]
    if air.nudge > .zero {
      lines.append(
        "  filed        \(air.nudge.microseconds) µs later: another sample has that moment")
    }
    lines.append(
      "  part         " + (air.part?.words(local) ?? "\(air.sample.part): nothing is known of it"))
    lines.append("  said         " + (reading.asSaid.map(number) ?? "nothing"))
    if let correction = air.correction {
      lines.append("  " + correction.words(local))
      lines.append(
        "  value        " + correction.formula(reading.asSaid, comesTo: air.derived?.value))
    } else {
      lines.append("  correction   none: the value is what the part said")
    }
    lines.append(paint.bold("Checks") + "  " + air.limits.words(local))
    lines += air.checks.isEmpty ? ["  none"] : air.checks.lines(paint)
    if air.differs, let derived = air.derived {
      lines.append(
        paint.red(
          "  stored \(reading.words), derived \(derived.words): run 'skin2vec recompute'"))
    }
    lines.append(paint.bold("Where it went"))
    lines.append("  hour         " + (air.hour.map { words($0, local) } ?? "not rolled up yet"))
    let slots = air.slots.map(\.description).joined(separator: ", ")
    lines.append("  slots        " + (slots.isEmpty ? "none yet" : slots))
    return lines
  }

  private func number(_ value: Double) -> String { "\(decimal(value, 2)) \(air.channel.unit)" }

  private func words(_ hour: AirHour, _ local: LocalClock) -> String {
    let expected = hour.expected.map { " of \($0)" } ?? ""
    return "\(local.dateTime(hour.start)): mean \(decimal(hour.mean, 2)), "
      + "\(decimal(hour.least, 2)) … \(number(hour.greatest)), \(hour.count)\(expected) samples"
  }

  var json: JSON {
    [
      "time": air.sample.stamp.json(restamps: air.restamps), "stored": air.reading.json,
      "nudged_us": .integer(air.nudge.microseconds), "raw": JSON(air.reading.asSaid),
      "derived": air.derived?.json ?? .null, "differs": JSON(air.differs),
      "part": air.part?.json ?? .null, "calibration": air.correction?.json ?? .null,
      "limits": air.limits.json, "checks": .list(air.checks.map(\.json)),
      "hour": air.hour.map { hour in
        [
          "hour_utc_us": .integer(hour.start.microseconds), "mean": .number(hour.mean),
          "min": .number(hour.least), "max": .number(hour.greatest), "n": JSON(hour.count),
          "expected": JSON(hour.expected),
        ]
      } ?? .null,
      "slots": .list(air.slots.map { .text($0.description) }),
    ]
  }
}

extension AirReading {
  fileprivate var value: Double? {
    if case .value(let value, _, _) = state { value } else { nil }
  }
}

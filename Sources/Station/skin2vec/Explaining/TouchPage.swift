import Bus
import Readings
import Store

/// A touch, channel by channel.
struct TouchPage: ExplanationPage {
  var touch: TouchExplanation

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    let about = touch.touch
    var lines = [
      paint.bold(
        "touch \(touch.id): number \(about.number) of session \(touch.sessionID), \(touch.key), "
          + "\(touch.person.rawValue.printable) at \(about.site.rawValue.printable)"),
      "  time   " + about.started.words(local, restamps: touch.restamps),
      "  contact \(touch.contactWords); " + touch.limits.words(local),
    ]
    for measure in touch.measures { lines += measure.lines(local, paint) }
    if touch.measures.isEmpty { lines.append("  nothing was read") }
    return lines
  }

  var json: JSON { touch.json }
}

extension MeasureExplanation {
  /// The channel's whole way, for a page of one touch.
  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    let verdict = current.refusal?.words ?? "counts"
    var lines = [
      paint.bold("  \(stored.channel.rawValue)") + "  \(valueWords)  " + verdict,
      "    part         " + (part?.words(local) ?? "\(stored.part): nothing is known of it"),
      "    read         " + rawWords,
      "    \(calibrationWords(local))",
    ]
    if let formula { lines.append("    value        " + formula) }
    lines += checks.lines(after: "  checks", paint)
    if let words = differenceWords { lines.append("    " + paint.red(words)) }
    return lines
  }

  var valueWords: String {
    current.value.map { stored.channel.words($0, spread: current.spread) } ?? "no value"
  }

  /// `80 samples, median 6.512 pF; a code is 0.000002 pF …; 0 over the range`.
  var rawWords: String {
    let unit = stored.rawUnit.rawValue
    let median = current.raw.map { ", median \(decimal($0, 3)) \(unit)" } ?? ""
    let fault = stored.fault.map { "; while it was read: \($0.words)" } ?? ""
    let samples = counted(stored.samples.count, "sample") + median
    guard let scale = stored.scale else {
      return samples + "; what a code means is not known: the value stands as it was saved" + fault
    }
    let offset = scale.offset == 0 ? "" : " + \(plain(scale.offset))"
    return samples + "; a code is \(plain(scale.unitsPerCode)) \(unit)\(offset), "
      + "\(overRange ?? 0) over the range of \(scale.greatestCode)" + fault
  }

  func calibrationWords(_ local: LocalClock) -> String {
    calibration?.words(local) ?? "calibration  none in force: the value stands as it was saved"
  }

  /// The formula with the numbers put in; nil where there is no calibration.
  var formula: String? {
    calibration.map { $0.formula(current.raw, comesTo: converted) }
  }

  /// What is stored and what is worked out anew, where they are not the same.
  var differenceWords: String? {
    guard differs, let derived else { return nil }
    func words(_ measure: Touch.Measure) -> String {
      [
        measure.value.map { decimal($0, 3) } ?? "no value",
        measure.refusal.map { "(\($0.rawValue))" },
      ].compactMap(\.self).joined(separator: " ")
    }
    return "stored \(words(stored)), derived \(words(derived)): run 'skin2vec recompute'"
  }
}

extension TouchExplanation {
  /// How long and, where that is measured, how hard: `1.21 s at 1.4 N`.
  var contactWords: String {
    let time = touch.contact.map { "\(decimal($0.inSeconds, 2)) s" } ?? "end not seen"
    let force = touch.measures.first { $0.channel == .skinForce }?.value
    return time + (force.map { " at \(Channel.skinForce.words($0))" } ?? "")
  }

  var json: JSON {
    [
      "touch_id": .integer(id), "session_id": .integer(sessionID), "number": JSON(touch.number),
      "person": .text(person.rawValue), "local_date": .text(key.date.description),
      "slot": .text(key.slot.rawValue), "site": .text(touch.site.rawValue),
      "contact_us": JSON(touch.contact?.microseconds),
      "time": touch.started.json(restamps: restamps), "limits": limits.json,
      "measures": .list(measures.map(\.json)),
    ]
  }
}

extension MeasureExplanation {
  var json: JSON {
    let scale: JSON =
      stored.scale.map { scale in
        [
          "units_per_code": .number(scale.unitsPerCode), "offset": .number(scale.offset),
          "greatest_code": .integer(Int64(scale.greatestCode)),
        ]
      } ?? .null
    return [
      "channel": .text(stored.channel.rawValue), "unit": .text(stored.channel.unit),
      "raw_unit": .text(stored.rawUnit.rawValue),
      "codes": .list(stored.samples.map { .integer(Int64($0)) }), "scale": scale,
      "over_range": JSON(overRange), "fault": JSON(stored.fault?.rawValue),
      "stored": stored.results, "derived": derived?.results ?? .null,
      "differs": JSON(differs), "part": part?.json ?? .null,
      "calibration": calibration?.json ?? .null, "formula": JSON(formula),
      "checks": .list(checks.map(\.json)),
    ]
  }
}

extension Touch.Measure {
  /// What is worked out of its codes.
  fileprivate var results: JSON {
    [
      "raw": JSON(raw), "value": JSON(value), "spread": JSON(spread),
      "reason": JSON(refusal?.rawValue),
    ]
  }
}

import Bus
import Readings
import Settings
import Store

/// A slot's value: its sessions, touches, checks, and what it is compared with.
struct ValuePage: ExplanationPage {
  var value: ValueExplanation
  /// What else the slot has.
  var others: [Name]

  /// Which value of a slot.
  struct Name: Hashable {
    var person: Person
    var channel: Channel
    /// Nil for a channel of the air.
    var site: Site?

    var words: String {
      let site = site.map { " at \($0.rawValue.printable)" } ?? ""
      return "\(channel.rawValue) of \(person.rawValue.printable)\(site)"
    }
  }

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    var lines = title(paint)
    lines += sessionLines(local, paint) + touchLines(local, paint) + airLines(local)
    lines += checkLines(local, paint)
    lines.append(paint.bold("Epoch") + "  " + epochWords(local))
    lines += comparisonLines("Week", value.week, z: value.derived?.normalised.z7, paint)
    lines += comparisonLines("Baseline", value.baseline, z: value.derived?.normalised.z30, paint)
    if !others.isEmpty {
      lines.append(paint.dim("also in this slot: " + others.map(\.words).joined(separator: ", ")))
    }
    return lines
  }

  private func title(_ paint: Paint) -> [String] {
    let name =
      "\(value.key)  \(Name(person: value.person, channel: value.channel, site: value.site).words)"
    let words = value.derived.map { derived in
      value.channel.words(derived.value, spread: derived.spread) + "  "
        + qualityWords(derived.quality, reason: derived.reason)
    }
    let kept = value.stored.map { stored in
      value.channel.words(stored.value, spread: stored.spread) + "  "
        + qualityWords(stored.quality, reason: stored.reason)
    }
    var lines = [paint.bold("\(name)  \(words ?? kept ?? "no value")")]
    if value.differs {
      lines.append(paint.red("  " + differenceWords))
    } else if value.derived != nil {
      lines.append("  worked out anew from what was read: the same as stored")
    }
    return lines
  }

  /// What is stored and what is worked out anew, as far as they are not the same.
  var differenceWords: String {
    guard let stored = value.stored else {
      return
        "not stored, derived \(decimal(value.derived?.value ?? 0, 3)): run 'skin2vec recompute'"
    }
    guard let derived = value.derived else {
      return "stored \(decimal(stored.value, 3)), and nothing it can be derived from is there"
    }
    if stored.value != derived.value || stored.spread != derived.spread {
      return "stored \(exact(stored.value, stored.spread)), "
        + "derived \(exact(derived.value, derived.spread)): run 'skin2vec recompute'"
    }
    if stored.quality != derived.quality || stored.reason != derived.reason {
      return "stored \(qualityWords(stored.quality, reason: stored.reason)), derived "
        + "\(qualityWords(derived.quality, reason: derived.reason)): run 'skin2vec recompute'"
    }
    return "stored and derived compare differently with the week or the baseline: "
      + "run 'skin2vec recompute'"
  }

  private func exact(_ value: Double, _ spread: Double?) -> String {
    decimal(value, 3) + (spread.map { " ±" + decimal($0, 3) } ?? "")
  }

  private func sessionLines(_ local: LocalClock, _ paint: Paint) -> [String] {
    guard !value.sessions.isEmpty else { return [] }
    var table = TextTable()
    for (index, session) in value.sessions.enumerated() {
      table.add(
        "session \(session.sessionID)", local.dateTimeSeconds(session.started.utc),
        session.verdict.rawValue, "\(session.accepted) of \(session.touches) count",
        session.value.map { value.channel.words($0, spread: session.spread) } ?? "no value",
        session.accepted == 0 ? "" : index == 0 ? "stands for the slot" : whyNot(session))
    }
    return [paint.bold("Sessions") + "  the one with the most touches that count, then the latest"]
      + table.lines(indentedBy: 2)
      + (value.sessions.first.map {
        ["  " + $0.started.words(local, restamps: value.restamps)]
      } ?? [])
  }

  private func whyNot(_ session: ValueExplanation.Candidate) -> String {
    session.accepted < value.sessions[0].accepted ? "fewer touches" : "earlier"
  }

  private func touchLines(_ local: LocalClock, _ paint: Paint) -> [String] {
    guard let first = value.touches.first?.measures.first else { return [] }
    var lines = [paint.bold("Touches")]
    var table = TextTable()
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      table.add(
        "touch \(touch.id)",
        touch.touch.contact.map { "\(decimal($0.inSeconds, 2)) s" } ?? "end not seen",
        counted(measure.stored.samples.count, "sample"),
        measure.current.raw.map { "\(decimal($0, 3)) \(measure.stored.rawUnit.rawValue)" }
          ?? "nothing read",
        measure.overRange.map { "\($0) over range" } ?? "codes not known", measure.valueWords,
        measure.current.refusal?.words ?? "counts")
    }
    lines += table.lines(indentedBy: 2)
    let part = first.part?.words(local) ?? "\(first.stored.part): nothing is known of it"
    lines.append("  part  " + part)
    lines.append("  " + first.calibrationWords(local))
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      if let formula = measure.formula, measure.current.isAccepted {
        lines.append("  touch \(touch.id): \(formula)")
      }
      if let words = measure.differenceWords {
        lines.append(paint.red("  touch \(touch.id): \(words)"))
      }
    }
    let values = value.touches.flatMap(\.measures).map(\.current).filter(\.isAccepted)
      .compactMap(\.value).sorted().map { decimal($0, 2) }
    if let derived = value.derived, values.count > 1 {
      lines.append(
        "  median of \(values.joined(separator: ", ")) is \(decimal(derived.value, 2)), "
          + "spread 1.4826·MAD \(derived.spread.map { decimal($0, 2) } ?? "–")")
    }
    return lines
  }

  private func airLines(_ local: LocalClock) -> [String] {
    guard let air = value.air else { return [] }
    let span = "\(local.dateTime(air.from)) to \(local.dateTime(air.to))"
    guard !air.isGone else {
      return [
        "  the 12 h \(span): its samples are no longer kept, the value stands as it was saved"
      ]
    }
    let left = air.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let range = air.least.map { least in
      ", \(value.channel.words(least)) … \(value.channel.words(air.greatest ?? least))"
    }
    return [
      "  the mean of \(value.derived?.count ?? 0) of \(counted(air.samples, "sample")) of the 12 h "
        + span + (range ?? ""),
      "  left out: " + (left.isEmpty ? "none" : left.joined(separator: ", ")),
    ]
  }

  private func checkLines(_ local: LocalClock, _ paint: Paint) -> [String] {
    guard !value.checks.isEmpty else { return [] }
    var lines = [paint.bold("Checks") + "  " + value.limits.words(local)]
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      lines += measure.checks.lines(after: "touch \(touch.id)", paint)
    }
    return lines + value.checks.lines(after: "slot", paint)
  }

  private func epochWords(_ local: LocalClock) -> String {
    value.epoch.map {
      "\($0.number), since \(local.dateTime($0.began)): \($0.cause.printable)"
    } ?? "none yet"
  }

  private func comparisonLines(
    _ title: String, _ comparison: Comparison, z: Double?, _ paint: Paint
  ) -> [String] {
    let places = 1
    let values = comparison.values.map { "\($0.date.short) \(decimal($0.value, places))" }
    var lines = [
      paint.bold(title)
        + "  n \(comparison.values.count)"
        + (comparison.values.count < comparison.needed ? ", below \(comparison.needed)" : "")
    ]
    lines += values.wrapped(indentedBy: 2)
    if !comparison.leftOut.isEmpty {
      lines += (["left out:"] + comparison.leftOut.map { $0.words(isAir: value.channel.isAir) })
        .wrapped(indentedBy: 2)
    }
    guard let median = comparison.median, let deviation = comparison.deviation,
      let scale = comparison.scale, let own = value.derived?.value ?? value.stored?.value
    else { return lines }
    let result = comparison.z.map { " = \(signed($0, 2))" } ?? ": not given yet"
    lines.append(
      "  median \(decimal(median, 2)), MAD \(decimal(deviation, 2)), 1.4826·MAD "
        + "\(decimal(deviation * 1.4826, 2)), floor \(plain(value.floor))")
    lines.append(
      "  z = (\(decimal(own, 2)) − \(decimal(median, 2)))/\(decimal(scale, 2))\(result)")
    return lines
  }

  var json: JSON { value.json }
}

extension LocalDate {
  /// Month and day: `11-20`.
  var short: String { String(description.suffix(5)) }
}

extension Comparison.LeftOut {
  func words(isAir: Bool) -> String {
    switch why {
    case .quality(let quality, let reason): "\(date.short) \(qualityWords(quality, reason: reason))"
    case .epoch(let number): "\(date.short) epoch \(number)"
    case .missing where isAir: "\(date.short) no value"
    case .missing(nil): "\(date.short) no tap"
    case .missing(let verdict?): "\(date.short) no value, tap \(verdict.rawValue)"
    }
  }
}

extension [String] {
  /// Words in lines of what fits, two spaces apart.
  func wrapped(indentedBy indentation: Int, width: Int = 96) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    return reduce(into: []) { lines, word in
      if let last = lines.last, last.count + word.count + 2 <= width {
        lines[lines.count - 1] = last + "  " + word
      } else {
        lines.append(margin + word)
      }
    }
  }
}

import Bus
import Readings
import Store

/// What a value was made of: sessions, touches, samples of the air, and their checks.
extension ValuePage {
  func sessionLines(_ local: LocalClock, _ paint: Paint) -> [String] {
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

  func touchLines(_ local: LocalClock, _ paint: Paint) -> [String] {
    guard let first = value.touches.first?.measures.first else { return [] }
    var lines = [paint.bold("Touches")]
    var table = TextTable()
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      table.add(
        "touch \(touch.id)",
        touch.contactWords,
        counted(measure.stored.samples.count, "sample"),
        measure.current.raw.map { "\(decimal($0, 3)) \(measure.stored.rawUnit.rawValue)" }
          ?? "nothing read",
        measure.overRange.map { "\($0) over range" } ?? "codes not known", measure.valueWords,
        measure.current.refusal?.words ?? "counts")
    }
    lines += table.lines(indentedBy: 2)
    let part = first.part?.words(local) ?? "\(first.stored.part): nothing is known of it"
    return lines + ["  part  " + part, "  " + first.calibrationWords(local)]
      + valueLines(paint) + medianLines
  }

  /// How each touch that counts came to its value, and where what is stored is another.
  private func valueLines(_ paint: Paint) -> [String] {
    value.touches.flatMap { touch -> [String] in
      guard let measure = touch.measures.first else { return [] }
      let formula = measure.current.isAccepted ? measure.formula : nil
      return [formula, measure.differenceWords.map(paint.red)].compactMap(\.self)
        .map { "  touch \(touch.id): \($0)" }
    }
  }

  private var medianLines: [String] {
    let values = value.touches.flatMap(\.measures).map(\.current).filter(\.isAccepted)
      .compactMap(\.value).sorted().map { decimal($0, 2) }
    guard let derived = value.derived, values.count > 1 else { return [] }
    return [
      "  median of \(values.joined(separator: ", ")) is \(decimal(derived.value, 2)), "
        + "spread 1.4826·MAD \(derived.spread.map { decimal($0, 2) } ?? "–")"
    ]
  }

  func airLines(_ local: LocalClock) -> [String] {
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

  func checkLines(_ local: LocalClock, _ paint: Paint) -> [String] {
    guard !value.checks.isEmpty else { return [] }
    var lines = [paint.bold("Checks") + "  " + value.limits.words(local)]
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      lines += measure.checks.lines(after: "touch \(touch.id)", paint)
    }
    return lines + value.checks.lines(after: "slot", paint)
  }
}

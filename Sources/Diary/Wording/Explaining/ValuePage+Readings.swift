import Readings
import Store

/// What a value was made of: sessions, touches, samples of the air, and their checks.
extension ValuePage {
  func sessionLines(_ speech: Speech) -> [String] {
    guard let first = value.sessions.first else { return [] }
    var table = TextTable()
    for (index, session) in value.sessions.enumerated() {
      let standing = index == 0 ? speech.text("stands for the slot", "代表该时段") : nil
      table.add(
        speech.text("session \(session.sessionID)", "测量 \(session.sessionID)"),
        speech.local.dateTimeSeconds(session.started.utc),
        session.verdict.words(in: speech.language),
        speech.text(
          "\(session.accepted) of \(session.touches) count",
          "\(session.touches) 次中 \(session.accepted) 次计入"),
        session.value.map { value.channel.words($0, spread: session.spread) }
          ?? speech.text("no value", "无数值"),
        session.accepted == 0 ? "" : standing ?? whyNot(session, speech))
    }
    let rule = speech.text(
      "  the one with the most touches that count, then the latest",
      "  取计入触测最多的一次，相同时取最晚的一次")
    return [speech.paint.bold(speech.text("Sessions", "测量")) + rule]
      + table.lines(indentedBy: 2)
      + ["  " + first.started.words(speech, restamps: value.restamps)]
  }

  private func whyNot(_ session: ValueExplanation.Candidate, _ speech: Speech) -> String {
    session.accepted < value.sessions[0].accepted
      ? speech.text("fewer touches", "触测较少") : speech.text("earlier", "较早")
  }

  func touchLines(_ speech: Speech) -> [String] {
    guard let first = value.touches.first?.measures.first else { return [] }
    let language = speech.language
    var table = TextTable()
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      table.add(
        speech.text("touch \(touch.id)", "触测 \(touch.id)"),
        touch.contactWords(speech), language.samples(measure.stored.samples.count),
        measure.current.rawWords(in: language),
        measure.overRange.map { speech.text("\($0) over range", "\($0) 个超量程") }
          ?? speech.text("codes not known", "码值未知"),
        measure.valueWords(in: language), measure.current.verdict(in: language))
    }
    return [speech.paint.bold(speech.text("Touches", "触测"))] + table.lines(indentedBy: 2)
      + [
        "  " + speech.text("part", "部件") + "  " + first.partWords(speech),
        "  " + first.calibrationWords(speech),
      ] + valueLines(speech) + medianLines(speech)
  }

  /// How each touch that counts came to its value, and where what is stored is another.
  private func valueLines(_ speech: Speech) -> [String] {
    value.touches.flatMap { touch -> [String] in
      guard let measure = touch.measures.first else { return [] }
      let formula = measure.current.isAccepted ? measure.formula(in: speech.language) : nil
      return [formula, measure.differenceWords(speech).map(speech.paint.red)].compactMap(\.self)
        .map { speech.text("  touch \(touch.id): \($0)", "  触测 \(touch.id)：\($0)") }
    }
  }

  private func medianLines(_ speech: Speech) -> [String] {
    let values = value.touches.flatMap(\.measures).map(\.current).filter(\.isAccepted)
      .compactMap(\.value).sorted().map { decimal($0, 2) }
    guard let derived = value.derived, values.count > 1 else { return [] }
    let (list, median) = (speech.language.list(values), decimal(derived.value, 2))
    let spread = "1.4826·MAD \(derived.spread.map { decimal($0, 2) } ?? "–")"
    return [
      speech.text(
        "  median of \(list) is \(median), spread \(spread)",
        "  \(list) 的中位数为 \(median)，离散 \(spread)")
    ]
  }

  func airLines(_ speech: Speech) -> [String] {
    guard let air = value.air else { return [] }
    let (from, to) = (speech.local.dateTime(air.from), speech.local.dateTime(air.to))
    guard !air.isGone else {
      return [
        speech.text(
          "  the 12 h \(from) to \(to): its samples are no longer kept, "
            + "the value stands as it was saved",
          "  12 h 内（\(from) 至 \(to)）的采样已不再保留，数值仍按当时所存")
      ]
    }
    let left = air.leftOut.sorted { $0.key < $1.key }
      .map { words($0.value, leftOutFor: $0.key, speech) }
    let range = air.least.map { least in
      "\(value.channel.words(least)) … \(value.channel.words(air.greatest ?? least))"
    }.map { speech.text(", ", "，") + $0 }
    let count = value.derived?.count ?? 0
    return [
      speech.text(
        "  the mean of \(count) of \(counted(air.samples, "sample")) of the 12 h \(from) to \(to)",
        "  12 h 内（\(from) 至 \(to)）\(grouped(air.samples)) 个采样中 \(count) 个的均值")
        + (range ?? ""),
      speech.text("  left out: ", "  未计入：")
        + (left.isEmpty ? speech.text("none", "无") : speech.language.list(left)),
    ]
  }

  /// Samples that are not in the mean, and why: an absence, or a check that failed.
  private func words(_ count: Int, leftOutFor reason: String, _ speech: Speech) -> String {
    let why =
      Absence(rawValue: reason)?.words(in: .simplifiedChinese)
      ?? reasonWords(reason, in: .simplifiedChinese)
    return speech.text("\(count) \(reason)", "\(why) \(count) 个")
  }

  func checkLines(_ speech: Speech) -> [String] {
    guard !value.checks.isEmpty else { return [] }
    let title = speech.paint.bold(speech.text("Checks", "检查"))
    var lines = [title + "  " + value.limits.words(speech)]
    for touch in value.touches {
      guard let measure = touch.measures.first else { continue }
      let name = speech.text("touch \(touch.id)", "触测 \(touch.id)")
      lines += measure.checks.lines(after: name, speech)
    }
    return lines + value.checks.lines(after: speech.text("slot", "时段"), speech)
  }
}

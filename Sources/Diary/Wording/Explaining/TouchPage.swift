package import Readings
package import Store

/// A touch, channel by channel.
package struct TouchPage: ExplanationPage, Hashable {
  package var touch: TouchExplanation

  package init(touch: TouchExplanation) { self.touch = touch }

  package func lines(_ speech: Speech) -> [String] {
    let about = touch.touch
    let (key, number) = (touch.key.words(in: speech.language), about.number)
    let (person, site) = (touch.person.rawValue.printable, about.site.rawValue.printable)
    var lines = [
      speech.paint.bold(
        speech.text(
          "touch \(touch.id): number \(number) of session \(touch.sessionID), \(key), "
            + "\(person) at \(site)",
          "触测 \(touch.id)：测量 \(touch.sessionID) 的第 \(number) 次，\(key)，\(person)，\(site)")),
      speech.field(
        speech.text("time", "时间"), about.started.words(speech, restamps: touch.restamps), width: 7),
      speech.field(
        speech.text("contact", "接触"),
        touch.contactWords(speech) + speech.text("; ", "；") + touch.limits.words(speech), width: 7),
    ]
    for measure in touch.measures { lines += measure.lines(speech) }
    if touch.measures.isEmpty {
      lines.append(speech.text("  nothing was read", "  什么也没有读到"))
    }
    return lines
  }
}

extension MeasureExplanation {
  /// The channel's whole way, for a page of one touch.
  fileprivate func lines(_ speech: Speech) -> [String] {
    let language = speech.language
    func field(_ label: String, _ words: String) -> String {
      speech.field(label, words, indentedBy: 4)
    }
    var lines = [
      speech.paint.bold("  \(stored.channel.name(in: language))")
        + "  \(valueWords(in: language))  " + current.verdict(in: language),
      field(speech.text("part", "部件"), partWords(speech)),
      field(speech.text("read", "读取"), rawWords(in: language)),
      "    \(calibrationWords(speech))",
    ]
    if let formula = formula(in: language) {
      lines.append(field(speech.text("value", "数值"), formula))
    }
    lines += checks.lines(after: speech.text("  checks", "  检查"), speech)
    if let words = differenceWords(speech) { lines.append("    " + speech.paint.red(words)) }
    return lines
  }

  /// The value with its spread, as worked out anew where that can be done.
  func valueWords(in language: Language) -> String {
    current.value.map { stored.channel.words($0, spread: current.spread) }
      ?? language.text("no value", "无数值")
  }

  /// The part that read it, as it was then.
  func partWords(_ speech: Speech) -> String {
    part?.words(speech) ?? speech.unknownPart(stored.part)
  }

  /// `80 samples, median 6.512 pF; a code is 0.000002 pF …; 0 over the range`.
  private func rawWords(in language: Language) -> String {
    let unit = stored.rawUnit.words(in: language)
    let median = current.raw.map { "\(decimal($0, 3)) \(unit)" }
      .map { language.text(", median \($0)", "，中位数 \($0)") }
    let fault = stored.fault.map { $0.words(in: language) }
      .map { language.text("; while it was read: \($0)", "；读取期间：\($0)") }
    let samples = language.samples(stored.samples.count) + (median ?? "")
    guard let scale = stored.scale else {
      let unknown = language.text(
        "; what a code means is not known: the value stands as it was saved",
        "；码值的含义未知：数值仍按当时所存")
      return samples + unknown + (fault ?? "")
    }
    let offset = scale.offset == 0 ? "" : " + \(plain(scale.offset))"
    let code = "\(plain(scale.unitsPerCode)) \(unit)\(offset)"
    let (over, greatest) = (overRange ?? 0, scale.greatestCode)
    let words = language.text(
      "; a code is \(code), \(over) over the range of \(greatest)",
      "；一个码值为 \(code)，\(over) 个超出量程 \(greatest)")
    return samples + words + (fault ?? "")
  }

  /// The calibration that was in force.
  func calibrationWords(_ speech: Speech) -> String {
    calibration?.words(speech)
      ?? speech.text(
        "calibration  none in force: the value stands as it was saved",
        "校准  当时没有生效的校准：数值仍按当时所存")
  }

  /// The formula with the numbers put in; nil where there is no calibration.
  package func formula(in language: Language = .english) -> String? {
    calibration.map { $0.formula(current.raw, comesTo: converted, in: language) }
  }

  /// What is stored and what is worked out anew, where they are not the same.
  func differenceWords(_ speech: Speech) -> String? {
    guard differs, let derived else { return nil }
    func words(_ measure: Touch.Measure) -> String {
      let value =
        measure.value.map { decimal($0, 3) } ?? speech.text("no value", "无数值")
      let refusal = measure.refusal.map { refusal in
        speech.text(" (\(refusal.rawValue))", "（\(refusal.words(in: speech.language))）")
      }
      return value + (refusal ?? "")
    }
    return speech.difference(words(stored), words(derived))
  }
}

extension TouchExplanation {
  /// How long and, where that is measured, how hard: `1.21 s at 1.4 N`.
  func contactWords(_ speech: Speech) -> String {
    let time =
      touch.contact.map { "\(decimal($0 / .seconds(1), 2)) s" }
      ?? speech.text("end not seen", "未见结束")
    let force = touch.measures.first { $0.channel == .skinForce }?.value
      .map { Channel.skinForce.words($0) }
    return time + (force.map { speech.text(" at \($0)", "，\($0)") } ?? "")
  }
}

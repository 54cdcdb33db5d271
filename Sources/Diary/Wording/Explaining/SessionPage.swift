import Readings
package import Store

/// A session, its touches, and what its slot took from it.
package struct SessionPage: ExplanationPage, Hashable {
  package var session: SessionExplanation

  package init(session: SessionExplanation) { self.session = session }

  package func lines(_ speech: Speech) -> [String] {
    let paint = speech.paint
    let key = session.saved.key
    var lines = headLines(speech)
    lines.append(paint.bold(speech.text("Touches", "触测")))
    lines += touchTable(speech).lines(indentedBy: 2)
    for touch in session.differing {
      for words in touch.differing.compactMap({ $0.differenceWords(speech) }) {
        lines.append(
          paint.red(speech.text("  touch \(touch.id): \(words)", "  触测 \(touch.id)：\(words)")))
      }
    }
    lines.append(paint.bold(speech.text("Slot", "时段")))
    lines += slotLines(speech)
    lines.append(
      paint.dim(
        speech.text(
          "  'skin2vec explain touch N' shows a touch, 'skin2vec explain \(key)' the slot",
          "  'skin2vec explain touch N' 显示一次触测，'skin2vec explain \(key)' 显示该时段")))
    return lines
  }

  private func headLines(_ speech: Speech) -> [String] {
    let (saved, language) = (session.saved, speech.language)
    let about = saved.session
    let (accepted, all) = (about.acceptedTouches, about.touches.count)
    let ended = speech.local.dateTimeSeconds(about.ended.utc)
    let air = about.air.values.sorted { $0.channel.rawValue < $1.channel.rawValue }
      .map { $0.words(in: language) }
    let title = [
      saved.key.words(in: language), about.person.rawValue.printable,
      about.verdict.words(in: language),
      speech.text(
        "\(accepted) of \(counted(all, "touch", "touches")) count",
        "\(grouped(all)) 次触测中 \(accepted) 次计入"),
    ].joined(separator: speech.text(", ", "，"))
    return [
      speech.paint.bold(
        speech.text("session \(saved.id): \(title)", "测量 \(saved.id)：\(title)")),
      speech.field(
        speech.text("began", "开始"), about.started.words(speech, restamps: session.restamps),
        width: 7),
      speech.field(
        speech.text("ended", "结束"),
        ended + speech.text(", ", "，") + about.ended.trust.words(in: language), width: 7),
      speech.field(
        speech.text("air", "空气"),
        air.isEmpty ? speech.text("not known", "未知") : language.list(air), width: 7),
    ]
  }

  private func touchTable(_ speech: Speech) -> TextTable {
    let language = speech.language
    var table = TextTable()
    for touch in session.touches {
      let name = speech.text("touch \(touch.id)", "触测 \(touch.id)")
      for (index, measure) in touch.measures.enumerated() {
        let contact =
          touch.touch.contact.map { "\(decimal($0 / .seconds(1), 2)) s" }
          ?? speech.text("no end", "未见结束")
        table.add(
          index == 0 ? name : "",
          index == 0 ? touch.touch.site.rawValue.printable : "", index == 0 ? contact : "",
          measure.stored.channel.shortName(in: language), measure.valueWords(in: language),
          measure.current.rawWords(in: language),
          language.samples(measure.stored.samples.count), measure.current.verdict(in: language))
      }
      if touch.measures.isEmpty {
        table.add(name, "", "", speech.text("nothing was read", "什么也没有读到"))
      }
    }
    return table
  }

  private func slotLines(_ speech: Speech) -> [String] {
    let saved = session.saved
    let others = session.slotSessions.filter { $0 != saved.id }
    var lines = saved.values.filter { $0.site != nil }.map { value in
      "  \(value.site?.rawValue.printable ?? "") \(value.channel.shortName(in: speech.language)) "
        + value.channel.words(value.value, spread: value.spread)
        + speech.text(" stands for the slot", " 代表该时段")
    }
    if lines.isEmpty {
      lines.append(
        speech.text("  none of its values stands for the slot", "  没有数值代表该时段"))
    }
    if !others.isEmpty {
      let list = speech.language.list(others.map { "\($0)" })
      lines.append(
        speech.text("  other sessions of the slot: \(list)", "  该时段的其他测量：\(list)"))
    }
    return lines
  }
}

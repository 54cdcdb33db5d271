import Bus
import Readings
import Store

/// A session, its touches, and what its slot took from it.
struct SessionPage: ExplanationPage {
  var session: SessionExplanation

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    let saved = session.saved
    let about = saved.session
    let counts = "\(about.acceptedTouches) of \(counted(about.touches.count, "touch", "touches"))"
    var lines = [
      paint.bold(
        "session \(saved.id): \(saved.key), \(about.person.rawValue.printable), "
          + "\(about.verdict.rawValue), \(counts) count"),
      "  began  " + about.started.words(local, restamps: session.restamps),
      "  ended  \(local.dateTimeSeconds(about.ended.utc)), clock \(about.ended.trust.rawValue)",
    ]
    let air = about.air.values.sorted { $0.channel.rawValue < $1.channel.rawValue }
    lines.append(
      "  air    " + (air.isEmpty ? "not known" : air.map(\.words).joined(separator: ", ")))
    lines.append(paint.bold("Touches"))
    lines += touchTable.lines(indentedBy: 2)
    for touch in session.differing {
      for words in touch.differing.compactMap(\.differenceWords) {
        lines.append(paint.red("  touch \(touch.id): \(words)"))
      }
    }
    lines.append(paint.bold("Slot"))
    lines += slotLines
    lines.append(
      paint.dim(
        "  'skin2vec explain touch N' shows a touch, 'skin2vec explain \(saved.key)' the slot"))
    return lines
  }

  private var touchTable: TextTable {
    var table = TextTable()
    for touch in session.touches {
      for (index, measure) in touch.measures.enumerated() {
        let contact = touch.touch.contact.map { "\(decimal($0.inSeconds, 2)) s" } ?? "no end"
        table.add(
          index == 0 ? "touch \(touch.id)" : "",
          index == 0 ? touch.touch.site.rawValue.printable : "", index == 0 ? contact : "",
          measure.stored.channel.shortName, measure.valueWords,
          measure.current.raw.map { "\(decimal($0, 3)) \(measure.stored.rawUnit.rawValue)" }
            ?? "nothing read",
          counted(measure.stored.samples.count, "sample"),
          measure.current.refusal?.words ?? "counts")
      }
      if touch.measures.isEmpty { table.add("touch \(touch.id)", "", "", "nothing was read") }
    }
    return table
  }

  private var slotLines: [String] {
    let saved = session.saved
    let others = session.slotSessions.filter { $0 != saved.id }
    var lines = saved.values.filter { $0.site != nil }.map { value in
      "  \(value.site?.rawValue.printable ?? "") \(value.channel.shortName) "
        + value.channel.words(value.value, spread: value.spread) + " stands for the slot"
    }
    if lines.isEmpty { lines.append("  none of its values stands for the slot") }
    if !others.isEmpty {
      let list = others.map { "\($0)" }.joined(separator: ", ")
      lines.append("  other sessions of the slot: \(list)")
    }
    return lines
  }

  var json: JSON {
    [
      "session": session.saved.json(withTouches: false),
      "touches": .list(session.touches.map(\.json)),
      "slot_sessions": .list(session.slotSessions.map { .integer($0) }),
      "time": session.saved.session.started.json(restamps: session.restamps),
    ]
  }
}

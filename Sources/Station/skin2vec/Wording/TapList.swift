import Bus
import Readings
import Wording

/// Sessions in words, one line each, their touches below them.
struct TapList: Hashable {
  /// The first date that was looked at.
  var since: LocalDate
  var sessions: [SavedSession]
  var showsTouches: Bool

  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    guard !sessions.isEmpty else { return ["no taps since \(since)"] }
    guard showsTouches else { return table(of: sessions, local).lines() }
    return sessions.flatMap { saved in
      table(of: [saved], local).lines().map(paint.bold) + touches(of: saved.session, local)
    }
  }

  private func table(of sessions: [SavedSession], _ local: LocalClock) -> TextTable {
    var table = TextTable()
    for saved in sessions {
      let session = saved.session
      table.add(
        saved.key.description, local.time(session.started.utc), session.person.rawValue.printable,
        session.verdict.rawValue, "\(session.acceptedTouches) of \(session.touches.count)",
        values(of: saved))
    }
    return table
  }

  /// Values by site: `cheek moisture 47.2 ±0.8, sebum 62 ±3`.
  private func values(of saved: SavedSession) -> String {
    let sites = saved.values.compactMap(\.site).reduce(into: [Site]()) { sites, site in
      if !sites.contains(site) { sites.append(site) }
    }
    guard !sites.isEmpty else { return saved.session.verdict == .refused ? "no value" : "–" }
    return sites.map { site in
      let values = saved.values.filter { $0.site == site }.map {
        "\($0.channel.shortName()) \($0.channel.words($0.value, spread: $0.spread))"
      }
      return "\(site.rawValue.printable) \(values.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private func touches(of session: TapSession, _ local: LocalClock) -> [String] {
    var table = TextTable()
    for touch in session.touches {
      for (index, measure) in touch.measures.enumerated() {
        let contact = touch.contact.map { decimal($0.inSeconds, 1) + " s" } ?? "no end"
        table.add(
          index == 0 ? "\(touch.number)" : "", index == 0 ? touch.site.rawValue.printable : "",
          index == 0 ? contact : "", measure.channel.shortName(),
          measure.value.map { measure.channel.words($0, spread: measure.spread) } ?? "–",
          measure.raw.map { "\(decimal($0, 2)) \(measure.rawUnit.rawValue)" } ?? "nothing read",
          counted(measure.samples.count, "sample"), measure.refusal?.words ?? "counts")
      }
      if touch.measures.isEmpty {
        table.add("\(touch.number)", touch.site.rawValue.printable, "", "nothing was read")
      }
    }
    return table.lines(indentedBy: 2)
  }
}

extension SavedSession {
  /// The session as a program reads it.
  func json(withTouches: Bool) -> JSON {
    var object: [String: JSON] = [
      "session_id": .integer(id), "person": .text(session.person.rawValue),
      "local_date": .text(key.date.description), "slot": .text(key.slot.rawValue),
      "started_utc_us": .integer(session.started.utc.microseconds),
      "ended_utc_us": .integer(session.ended.utc.microseconds),
      "clock": .text(session.started.trust.rawValue), "verdict": .text(session.verdict.rawValue),
      "touches": JSON(session.touches.count), "accepted": JSON(session.acceptedTouches),
      "values": .list(values.map(\.json)),
      "air": .list(
        session.air.values.sorted { $0.channel.rawValue < $1.channel.rawValue }.map(\.json)),
    ]
    if withTouches { object["touch_list"] = .list(session.touches.map(\.json)) }
    return .object(object)
  }
}

extension Touch {
  var json: JSON {
    [
      "number": JSON(number), "site": .text(site.rawValue),
      "started_utc_us": .integer(started.utc.microseconds),
      "contact_us": JSON(contact?.microseconds), "accepted": JSON(isAccepted),
      "measures": .list(
        measures.map { measure in
          [
            "channel": .text(measure.channel.rawValue), "part": .text(measure.part),
            "raw": JSON(measure.raw), "raw_unit": .text(measure.rawUnit.rawValue),
            "value": JSON(measure.value), "unit": .text(measure.channel.unit),
            "spread": JSON(measure.spread), "samples": JSON(measure.samples.count),
            "accepted": JSON(measure.isAccepted), "reason": JSON(measure.refusal?.rawValue),
          ]
        }),
    ]
  }
}

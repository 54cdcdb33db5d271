import Readings
import Store
import Wording

/// What the diary holds of one local date.
struct DayPage: Hashable {
  var date: LocalDate
  var values: [SlotValue]
  /// Every session of the date, oldest first, those that were refused with them.
  var sessions: [SavedSession]
  var scores: [Score]
  var events: [SkinEvent]
  /// How regularly each person taps, by slot.
  var regularity: [Regularity] = []
  /// The slot that is open now.
  var open: SlotKey?
}

extension DayPage {
  init(date: LocalDate, archive: Archive, local: LocalClock) async throws {
    let (start, end) = local.bounds(of: date)
    // The zone may have been another one then; the sessions say their own date.
    let day = Duration.seconds(86_400)
    let sessions = try await archive.sessions(from: start - day, to: end + day, limit: 1000)
    self.init(
      date: date, values: try await archive.slotValues(from: date, to: date),
      sessions: sessions.filter { $0.key.date == date }.reversed(),
      scores: try await archive.scores(from: date, to: date),
      events: try await archive.events(from: start, to: end),
      regularity: [Regularity](
        try await archive.tappedSlots(from: date - Regularity.daysOfStreak, to: date),
        until: date),
      open: local.plan.slot(at: local.now))
  }

  /// The page as a person reads it.
  func lines(_ local: LocalClock, _ paint: Paint) -> [String] {
    var lines = [paint.bold(date.description)]
    for slot in Slot.allCases {
      for person in people(in: slot) { lines += self.lines(slot, person, local, paint) }
    }
    if lines.count == 1 { lines.append("  no tap yet") }
    let groups = Dictionary(grouping: scores, by: \.person)
    for (person, scores) in groups.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let words = scores.map { "\($0.dimension.rawValue) \(plain($0.value))" }
      lines.append(
        "\(paint.bold("Scores")) of \(person.rawValue.printable): \(words.joined(separator: ", "))")
    }
    if !events.isEmpty {
      lines.append(paint.bold("Events"))
      var table = TextTable()
      for event in events {
        table.add(
          local.time(event.time), event.person.rawValue.printable, event.kind.printable,
          "weight \(plain(event.weight))", event.note?.printable ?? "")
      }
      lines += table.lines(indentedBy: 2)
    }
    return lines
  }

  private func people(in slot: Slot) -> [Person] {
    let all =
      values.filter { $0.key.slot == slot }.map(\.person)
      + sessions.filter { $0.key.slot == slot }.map(\.session.person)
      + (hasBegun(slot) ? regularity.filter { $0.slot == slot && $0.isKept }.map(\.person) : [])
    return Set(all).sorted { $0.rawValue < $1.rawValue }
  }

  private func hasBegun(_ slot: Slot) -> Bool {
    open.map { SlotKey(date: date, slot: slot) <= $0 } ?? false
  }

  private func lines(
    _ slot: Slot, _ person: Person, _ local: LocalClock, _ paint: Paint
  ) -> [String] {
    let values = values.filter { $0.key.slot == slot && $0.person == person }
    let sessions = sessions.filter { $0.key.slot == slot && $0.session.person == person }
    let taps = sessions.map { session in
      local.time(session.session.started.utc)
        + (session.session.verdict == .saved ? "" : " \(session.session.verdict.rawValue)")
    }
    let missing = SlotKey(date: date, slot: slot) == open ? "no \(slot.rawValue) tap yet" : "no tap"
    let when = taps.isEmpty ? missing : "tapped " + taps.joined(separator: ", ")
    let title = paint.bold(slot.rawValue.capitalised)
    var lines = ["\(title)  \(person.rawValue.printable), \(when)"]
    var table = TextTable()
    for value in values where value.site != nil {
      let deviation = Deviation(value)
      table.add(
        value.site?.rawValue.printable ?? "", value.channel.shortName(),
        value.channel.words(value.value, spread: value.spread)
          + (value.isPlain ? "" : " (\(qualityWords(value.quality, reason: value.reason)))"),
        deviation.week(), deviation.baseline())
    }
    lines += table.lines(indentedBy: 2)
    let air = Channel.allCases.flatMap { channel in
      values.filter { $0.channel == channel && channel.isAir }
    }.map { $0.channel.namedWords($0.value) }
    if !air.isEmpty { lines.append("  air: " + air.joined(separator: ", ")) }
    let regularity = regularity.first { $0.person == person && $0.slot == slot }
    return lines + (regularity?.words.map { ["  " + paint.dim($0)] } ?? [])
  }

  /// The page as a program reads it.
  var json: JSON {
    [
      "local_date": .text(date.description), "slots": .list(values.map(\.json)),
      "regularity": .list(regularity.map(\.json)),
      "sessions": .list(sessions.map { $0.json(withTouches: false) }),
      "scores": .list(
        scores.map { score in
          [
            "person": .text(score.person.rawValue), "dimension": .text(score.dimension.rawValue),
            "value": .number(score.value),
          ]
        }),
      "events": .list(
        events.map { event in
          [
            "person": .text(event.person.rawValue),
            "time_utc_us": .integer(event.time.microseconds), "kind": .text(event.kind),
            "weight": .number(event.weight), "note": JSON(event.note),
          ]
        }),
    ]
  }
}

extension SlotValue {
  /// Whether nothing more than its number need be known of it.
  fileprivate var isPlain: Bool { quality == .ok && reason == nil }

  /// A row of `v1_slot`, with its unit.
  var json: JSON {
    [
      "person": .text(person.rawValue), "local_date": .text(key.date.description),
      "slot": .text(key.slot.rawValue), "channel": .text(channel.rawValue),
      "site": JSON(site?.rawValue), "value": .number(value), "unit": .text(channel.unit),
      "spread": JSON(spread), "n_touches": JSON(count), "quality": .text(quality.rawValue),
      "reason": JSON(reason),
      "session_id": JSON(sessionID), "epoch": .integer(epoch), "ma7": JSON(normalised.mean7),
      "z7": JSON(normalised.z7), "n7": JSON(normalised.n7), "z30": JSON(normalised.z30),
      "n30": JSON(normalised.n30), "baseline_state": .text(normalised.baseline.rawValue),
      "week_words": .text(Deviation(self).week()),
      "baseline_words": .text(Deviation(self).baseline()),
    ]
  }
}

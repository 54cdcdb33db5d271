/// What a person takes back: an event, or the score that stands for a day and dimension.
///
/// What was entered stays in the diary; that it was withdrawn is a row of its own.
package enum Withdrawal: Hashable, Sendable {
  /// By the number that the event was saved under.
  case event(Int64)
  /// The last score that was not withdrawn; the one before it stands again.
  case score(person: Person, date: LocalDate, dimension: Score.Dimension)
}

extension Withdrawal: Codable {
  private enum Key: String, CodingKey { case event, person, date, dimension }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if container.contains(.event) {
      self = .event(try container.decode(Int64.self, forKey: .event))
    } else {
      self = .score(
        person: try container.decode(Person.self, forKey: .person),
        date: try container.decode(LocalDate.self, forKey: .date),
        dimension: try container.decode(Score.Dimension.self, forKey: .dimension))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .event(let number): try container.encode(number, forKey: .event)
    case .score(let person, let date, let dimension):
      try container.encode(person, forKey: .person)
      try container.encode(date, forKey: .date)
      try container.encode(dimension, forKey: .dimension)
    }
  }
}

/// What the diary answers to a withdrawal.
package enum WithdrawalAnswer: Hashable, Sendable {
  case withdrawn(WithdrawnEntry)
  /// Nothing was changed.
  case refused(Refusal)

  /// Why nothing can be withdrawn.
  package enum Refusal: Hashable, Sendable {
    /// It was withdrawn before, and stays so; of scores, every one of that day and dimension.
    case withdrawnBefore
    /// Nothing of the kind was ever saved, or it was erased.
    case neverThere
  }
}

/// What was withdrawn, as it had been saved.
package enum WithdrawnEntry: Hashable, Sendable {
  case event(SavedEvent)
  /// And the value that stands again in its place; nil where there is none.
  case score(Score, standing: Double?)
}

extension Withdrawal {
  /// Why nothing was withdrawn, for a person.
  ///
  /// - Parameter refusal: The diary's.
  /// - Returns: What is wrong, and where to look.
  package func words(_ refusal: WithdrawalAnswer.Refusal) -> (problem: String, hint: String) {
    let isGone = refusal == .withdrawnBefore
    switch self {
    case .event(let number):
      return (
        isGone ? "event \(number) was withdrawn already" : "there is no event \(number)",
        "'skin2vec export events' shows those that stand, with their numbers"
      )
    case .score(let person, let date, let dimension):
      let which = "score of \(dimension.rawValue) for \(date), \(person)"
      return (
        isGone ? "every \(which) was withdrawn already" : "there is no \(which)",
        "'skin2vec export scores' shows those that stand"
      )
    }
  }
}

extension WithdrawnEntry {
  /// What it was, in words: `event 12: sauna, weight 0.50, 2026-11-20, of anna`.
  package var words: String {
    switch self {
    case .event(let saved):
      let event = saved.event
      return
        "event \(saved.number): \(event.kind), weight \(decimal(event.weight, 2)), \(saved.date), "
        + "of \(event.person)"
    case .score(let score, let standing):
      let before = standing.map { "\(decimal($0, 1)) stands again" } ?? "none stands now"
      return
        "score: \(score.dimension.rawValue) \(decimal(score.value, 1)) for \(score.date), "
        + "of \(score.person); \(before)"
    }
  }

  /// What is said of it once the withdrawal is in the diary.
  package var notice: Notice {
    switch self {
    case .event(let saved):
      Notice(
        .entryWithdrawn, "withdrawn: \(words)",
        fields: [
          .init("PERSON", saved.event.person.rawValue), .init("EVENT", String(saved.number)),
          .init("EVENT_KIND", saved.event.kind),
        ])
    case .score(let score, _):
      Notice(
        .entryWithdrawn, "withdrawn: \(words)",
        fields: [
          .init("PERSON", score.person.rawValue), .init("LOCAL_DATE", score.date.description),
          .init("DIMENSION", score.dimension.rawValue),
        ])
    }
  }
}

import Control
package import Readings

/// What the interface is about: a diary, a station, and the people it is for.
package struct House: Sendable {
  /// Somebody of the settings, and where that person taps.
  package struct Resident: Hashable, Sendable {
    package var name: String
    package var sites: [String]

    package init(name: String, sites: [String]) {
      self.name = name
      self.sites = sites
    }
  }

  package var diary: any DiarySource
  package var feed: StationFeed
  /// Never empty.
  package var people: [Resident]
  /// Whose the sessions are until somebody is chosen.
  package var defaultPerson: String
  /// Where the person's days begin.
  package var plan: @Sendable () -> DayPlan

  /// Gathers the house.
  package init(
    diary: any DiarySource, feed: StationFeed, people: [Resident], defaultPerson: String,
    plan: @escaping @Sendable () -> DayPlan
  ) {
    self.diary = diary
    self.feed = feed
    self.people = people
    self.defaultPerson = defaultPerson
    self.plan = plan
  }
}

extension House {
  /// The station's time; the board's where the station does not answer.
  var now: Timestamp { feed.status?.time ?? .ofBoard }

  /// Whose the next tap is, as far as is known.
  var chosen: Person { feed.status?.person ?? Person(defaultPerson) }

  func person(_ content: JSON) -> Person {
    content["person"]?.asText.map { Person($0) } ?? chosen
  }

  func date(_ content: JSON) -> LocalDate {
    content["date"]?.asText.flatMap { LocalDate($0) } ?? plan().slot(at: now).date
  }

  func event(_ content: JSON, kind: String, person: Person? = nil) -> SkinEvent {
    SkinEvent(
      person: person ?? self.person(content),
      time: content["time_utc_us"]?.asInteger.map { Timestamp(microseconds: $0) } ?? now,
      kind: kind, weight: content["weight"]?.asNumber ?? 1, note: content["note"]?.asText)
  }

  /// Has the station write something.
  ///
  /// - Throws: `Problem` where it refuses, or does not answer.
  func tell(_ request: ControlRequest) async throws -> Answer {
    let said = try await said(request)
    var fields: [String: JSON] = ["message": .text(said.message)]
    if let number = said.number { fields["number"] = .integer(number) }
    return .json(.object(fields), status: 201)
  }

  /// Saves a day's scores and events.
  func tellAll(of content: JSON) async throws -> [JSON] {
    let (person, date) = (person(content), date(content))
    var requests: [ControlRequest] = []
    for dimension in Score.Dimension.allCases {
      guard let value = content["scores"]?[dimension.rawValue]?.asNumber else { continue }
      requests.append(
        .score(Score(person: person, date: date, dimension: dimension, value: value)))
    }
    for event in content["events"]?.asList ?? [] {
      requests.append(
        .event(self.event(event, kind: event["kind"]?.asText ?? "", person: person)))
    }
    var messages: [JSON] = []
    for request in requests { messages.append(.text(try await said(request).message)) }
    return messages
  }

  private func said(
    _ request: ControlRequest
  ) async throws -> (message: String, number: Int64?) {
    let response: ControlResponse
    do {
      if let problem = request.problem { throw Problem(.refused, problem) }
      response = try await feed.ask(request)
    } catch let error as ControlError {
      throw Problem(.stationOff, "\(error)", hint: error.hint, retryAfter: 5)
    }
    switch response {
    case .done(let message): return (message, nil)
    case .saved(let number, let message): return (message, number)
    case .refused(let problem, let hint): throw Problem(.refused, problem, hint: hint)
    case .status, .tap, .measured: return ("", nil)
    }
  }
}

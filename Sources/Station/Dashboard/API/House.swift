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

  /// The configuration file: its path, nil for the built-in settings, and its text.
  package typealias SettingsFile = (path: String?, text: String)

  /// A copy of the diary.
  package struct Copy: Hashable, Sendable {
    package var name: String
    package var bytes: Int64
    /// Microseconds since 1970.
    package var madeAt: Int64

    package init(name: String, bytes: Int64, madeAt: Int64) {
      self.name = name
      self.bytes = bytes
      self.madeAt = madeAt
    }
  }

  package var diary: any DiarySource
  package var findings: any FindingsSource
  package var feed: StationFeed
  /// Never empty.
  package var people: [Resident]
  /// Whose the sessions are until somebody is chosen.
  package var defaultPerson: String
  /// Where the person's days begin.
  package var plan: @Sendable () -> DayPlan
  /// Where the sun goes down.
  package var places = ZonePlaces()
  /// The configuration file as it is now.
  package var settingsFile: @Sendable () -> SettingsFile = { (nil, "") }
  /// The folder of the copies, and those in it, newest first.
  package var backups: @Sendable () -> (path: String, copies: [Copy]) = { ("", []) }

  /// Gathers the house.
  package init(
    diary: any DiarySource, findings: any FindingsSource, feed: StationFeed, people: [Resident],
    defaultPerson: String, plan: @escaping @Sendable () -> DayPlan
  ) {
    self.diary = diary
    self.findings = findings
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

  /// Asks the station for something that is said in a line.
  ///
  /// - Throws: `Problem` where it refuses, or does not answer.
  func said(_ request: ControlRequest) async throws -> (message: String, number: Int64?) {
    switch try await response(to: request) {
    case .done(let message): return (message, nil)
    case .saved(let number, let message): return (message, number)
    case .status, .tap, .measured, .refused:
      throw Problem(.failed, "the station answered something else")
    }
  }

  /// Asks the station.
  ///
  /// - Throws: `Problem` where it refuses, or does not answer.
  func response(to request: ControlRequest) async throws -> ControlResponse {
    if let problem = request.problem { throw Problem(.refused, problem) }
    do {
      let response = try await feed.ask(request)
      if case .refused(let problem, let hint) = response {
        throw Problem(.refused, problem, hint: hint)
      }
      return response
    } catch let error as ControlError {
      throw Problem(.stationOff, "\(error)", hint: error.hint, retryAfter: 5)
    }
  }
}

import ArgumentParser
import Readings
import Settings
import Store
import Wording

/// `skin2vec explain`.
struct ExplainCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "One value's whole way: what the part said, every check, and how it compares.",
    discussion: """
      Everything is worked out anew from what was read, and set beside what the diary holds; a \
      difference is said. What can be explained: a session or a touch by its number, a slot's \
      value by its date and slot, a sample of the air by its time.

      Examples:
        skin2vec explain today evening
        skin2vec explain 2026-11-20 evening skin.sebum --site forehead
        skin2vec explain 2026-11-20 evening air.humidity
        skin2vec explain session 12 --language zh-Hans
        skin2vec explain touch 31 --json
        skin2vec explain "2026-11-20 23:10" air.humidity
      """)

  @Argument(
    help: ArgumentHelp(
      "What: a date, a slot and a channel; 'session' or 'touch' and a number; a time and a channel "
        + "of the air.", valueName: "what"))
  var what: [String]
  @Option(help: ArgumentHelp("Whose value.", valueName: "name"))
  var person: String?
  @Option(help: ArgumentHelp("At which site.", valueName: "name"))
  var site: String?
  @Option(help: ArgumentHelp("The language of the page; JSON has none.", valueName: "language"))
  var language = Language.english
  @OptionGroup var output: OutputOptions
  @OptionGroup var places: PlaceOptions

  func perform(at desk: Desk) async throws -> ExitStatus {
    let setup = try await places.setup(at: desk)
    let archive = try Archive(path: setup.diary)
    switch try Subject(what, local: setup.local) {
    case .session(let id):
      guard let session = try await archive.explainSession(id) else {
        throw Failure(.noDiary, "there is no session \(id)", hint: "'skin2vec taps' lists them")
      }
      let page = WholeSessionPage(
        session: SessionPage(session: session), values: try await values(of: session, archive),
        touches: try await touches(of: session, archive))
      try desk.show(page, setup.local, in: language, asJSON: output.json)
    case .touch(let id):
      guard let touch = try await archive.explainTouch(id) else {
        throw Failure(
          .noDiary, "there is no touch \(id)", hint: "'skin2vec explain session N' numbers them")
      }
      try desk.show(TouchPage(touch: touch), setup.local, in: language, asJSON: output.json)
    case .air(let time, let channel):
      guard let air = try await archive.explainAir(channel, at: time) else {
        throw Failure(
          .noDiary,
          "no sample of \(channel.rawValue) in the day before \(setup.local.dateTime(time))",
          hint: "older samples are kept as hourly means: see the view v1_air_hour")
      }
      try desk.show(AirPage(air: air), setup.local, in: language, asJSON: output.json)
    case .value(let key, let channel):
      let page = try await valuePage(key, channel, archive, setup)
      try desk.show(page, setup.local, in: language, asJSON: output.json)
    }
    return .done
  }

  /// The whole way of each value that the slot has from a session.
  private func values(
    of session: SessionExplanation, _ archive: Archive
  ) async throws -> [ValuePage] {
    let saved = session.saved
    var pages: [ValuePage] = []
    for value in saved.values where value.site != nil {
      let whole = try await archive.explain(
        value.channel, of: value.person, at: value.site, in: saved.key)
      if let whole { pages.append(ValuePage(value: whole, others: [])) }
    }
    return pages
  }

  /// The whole way of each touch of a session that the slot has nothing from.
  private func touches(
    of session: SessionExplanation, _ archive: Archive
  ) async throws -> [TouchPage] {
    guard session.saved.values.allSatisfy({ $0.site == nil }) else { return [] }
    var pages: [TouchPage] = []
    for touch in session.touches {
      if let whole = try await archive.explainTouch(touch.id) {
        pages.append(TouchPage(touch: whole))
      }
    }
    return pages
  }

  private func valuePage(
    _ key: SlotKey, _ channel: Channel?, _ archive: Archive, _ setup: Setup
  ) async throws -> ValuePage {
    let all = try await archive.valueNames(of: person.map { Person($0) }, in: key)
      .map { ValuePage.Name(person: $0.person, channel: $0.channel, site: $0.site) }
    let name = ValuePage.Name.asked(
      channel, person: person, site: site, among: all, residents: setup.settings.people)
    let value = try await archive.explain(name.channel, of: name.person, at: name.site, in: key)
    guard let value else {
      throw Failure(
        .noDiary, "nothing was kept of \(name.words()) in \(key)",
        hint: all.isEmpty
          ? "'skin2vec taps' lists the slots with a tap"
          : "there is " + all.map { $0.words() }.joined(separator: ", "))
    }
    return ValuePage(value: value, others: all.filter { $0 != name })
  }
}

/// What is to be explained.
enum Subject: Hashable {
  case session(Int64)
  case touch(Int64)
  case value(SlotKey, Channel?)
  case air(Timestamp, Channel)

  /// Reads the words of the command line.
  init(_ words: [String], local: LocalClock) throws(Failure) {
    if words.count == 1, let id = Int64(words[0]) {
      self = .session(id)
      return
    }
    if words.count == 2, let id = Int64(words[1]), ["session", "touch"].contains(words[0]) {
      self = words[0] == "touch" ? .touch(id) : .session(id)
      return
    }
    guard words.count > 1 else { throw Self.failure(words) }
    let channel = Channel(rawValue: words[words.count - 1])
    if let slot = Slot(rawValue: words[1]), words.count == (channel == nil ? 2 : 3) {
      self = .value(SlotKey(date: try local.day(words[0]), slot: slot), channel)
      return
    }
    guard let channel, channel.isAir else { throw Self.failure(words) }
    self = .air(try local.moment(words.dropLast().joined(separator: " ")), channel)
  }

  private static func failure(_ words: [String]) -> Failure {
    Failure(
      .usage, "`\(words.joined(separator: " ").printable)` cannot be explained",
      hint: "write 'today evening', '2026-11-20 morning skin.sebum', 'session 12', 'touch 31' or "
        + "'\"2026-11-20 23:10\" air.humidity'")
  }
}

extension Language: ExpressibleByArgument {}

extension Desk {
  /// Says a page.
  func show(
    _ page: some DocumentedPage, _ local: LocalClock, in language: Language, asJSON: Bool
  ) throws {
    if asJSON {
      say(try page.json.indented())
    } else {
      for line in page.lines(local, paint, in: language) { say(line) }
    }
  }
}

import Control
package import Readings

/// The stream of news for pages (server-sent events, WHATWG HTML 9.2).
struct LiveOperation: Sendable {
  let feed: StationFeed

  var operation: Operation {
    Operation(
      method: "GET", path: "/api/v1/news", group: "live",
      summary: "What happens, as it happens: tap, status, diary",
      reply: Operation.Reply(
        summary: """
          Events 'tap' (where a tap stands), 'status' (how the station is, each second at most; null \
          where it does not answer) and 'diary' (something was committed: ask again)
          """, types: ["text/event-stream": nil]),
      problems: [.tooMany],
      act: { question in
        guard let news = feed.news(to: question.peer.address) else {
          throw Problem(
            .tooMany, "too many pages follow the station already", hint: "close some of them",
            retryAfter: 10)
        }
        return Answer(
          type: "text/event-stream", .news(news),
          headers: [("cache-control", "no-store"), ("x-accel-buffering", "no")])
      })
  }
}

extension StationFeed.News {
  /// What a stream begins with: how long a browser waits before it tries again, in milliseconds.
  static let opening = "retry: 1000\n\n"

  /// The news as an event of the stream.
  var event: String { "event: \(name)\ndata: \(json.text())\n\n" }

  private var name: String {
    switch self {
    case .tap: "tap"
    case .status: "status"
    case .diary: "diary"
    }
  }

  private var json: JSON {
    switch self {
    case .tap(let moment): moment.json
    case .status(let status): status?.json ?? .null
    case .diary: .object([:])
    }
  }
}

extension TapMoment {
  static let shape = Shape.object([
    .init("state", .choice(State.allCases.map(\.rawValue))),
    .init("time_utc_us", .moment, "by the station's clock"),
    .init("person", .nullable(.text())), .init("site", .nullable(.text())),
    .init("touches", .integer(0...10_000)),
    .init("accepted", .integer(0...10_000)), .init("refusal", .nullable(.text())),
    .init("session", .nullable(.integer(0...(1 << 53)))),
    .init("words", .nullable(.text(longest: 4096)), "the session's line, in English"),
  ])

  /// The moment as its JSON.
  package var json: JSON {
    [
      "state": .text(state.rawValue), "time_utc_us": .integer(time.microseconds),
      "person": JSON(person?.rawValue), "site": JSON(site?.rawValue), "touches": JSON(touches),
      "accepted": JSON(accepted), "refusal": JSON(refusal?.rawValue),
      "session": session.map { .integer($0) } ?? .null, "words": JSON(words),
    ]
  }
}

extension StationStatus {
  static let shape = Shape.object([
    .init("time_utc_us", .nullable(.moment)),
    .init("started_utc_us", .moment), .init("uptime_s", .number(nil)),
    .init("simulated", .boolean), .init("clock", .text()), .init("person", .text()),
    .init("parts", .list(PartStatus.shape)), .init("pending_taps", .integer(0...1_000_000)),
    .init("last_tap", .nullable(.text(longest: 4096))),
    .init("written_today_bytes", .integer(0...(1 << 53))),
    .init("written_yesterday_bytes", .nullable(.integer(0...(1 << 53)))),
    .init("mean_of_7_days_bytes", .nullable(.integer(0...(1 << 53)))),
    .init("limit_per_day_bytes", .nullable(.integer(0...(1 << 53)))),
    .init("journal_volatile", .boolean), .init("settings", .text(longest: 4096)),
  ])

  var json: JSON {
    [
      "time_utc_us": time.map { .integer($0.microseconds) } ?? .null,
      "started_utc_us": .integer(started.microseconds), "uptime_s": .number(uptimeSeconds),
      "simulated": .bool(isSimulated), "clock": .text(clock.rawValue),
      "person": .text(person.rawValue), "parts": .list(parts.map(\.json)),
      "pending_taps": JSON(pendingTaps), "last_tap": JSON(lastTap),
      "written_today_bytes": .integer(bytesWrittenToday),
      "written_yesterday_bytes": .bytes(disk?.bytesWrittenYesterday),
      "mean_of_7_days_bytes": .bytes(disk?.meanBytes),
      "limit_per_day_bytes": .bytes(disk?.limitBytes),
      "journal_volatile": .bool(isJournalVolatile), "settings": .text(settings),
    ]
  }
}

extension PartStatus {
  static let shape = Shape.object([
    .init("part", .text(), "name and address"), .init("product", .nullable(.text())),
    .init("serial", .nullable(.text())), .init("firmware", .nullable(.text())),
    .init("state", .text()), .init("says", .nullable(.text(longest: 4096))),
    .init("age_s", .nullable(.number(nil)), "since its last value"),
    .init("uptime_s", .nullable(.number(nil))),
    .init("counters", .map(.integer(0...(1 << 53))), "since the start"),
  ])

  var json: JSON {
    [
      "part": .text(part), "product": JSON(product), "serial": JSON(serial),
      "firmware": JSON(firmware), "state": .text(state), "says": JSON(says),
      "age_s": JSON(ageSeconds), "uptime_s": JSON(uptimeSeconds),
      "counters": .object(counters.mapValues { JSON($0) }),
    ]
  }
}

extension JSON {
  fileprivate static func bytes(_ value: Int64?) -> JSON { value.map { .integer($0) } ?? .null }
}

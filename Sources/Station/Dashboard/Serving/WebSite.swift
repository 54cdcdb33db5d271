import Control
package import Logging
import Readings

/// All that can be asked over HTTP, and who may: from a question to its answer, without a socket.
package struct WebSite: Sendable {
  let gate: Gate
  let assets: Assets
  let operations: [Operation]
  /// Whose news pages follow.
  let feed: StationFeed
  private let document: Answer
  private let logger: Logger

  /// Puts the site together.
  ///
  /// - Parameters:
  ///   - house: What it is about.
  ///   - assets: What its pages are made of.
  ///   - pairings: The devices that may read it from elsewhere.
  ///   - writesPerSecond: How often an address may change something, in the long run.
  ///   - logger: Hears of failures; never of what was asked.
  package init(
    house: House, assets: Assets, pairings: Pairings, writesPerSecond: Double = 20, logger: Logger
  ) {
    let write = Pace.Limit(perSecond: writesPerSecond, size: 5 * writesPerSecond)
    gate = Gate(pairings: pairings, pace: Pace(write: write))
    self.assets = assets
    feed = house.feed
    self.logger = logger
    operations =
      DiaryTable.all.map { $0.operation(house.diary) }
      + EntryOperations(house: house).all
      + [
        TonightOperation(house: house).operation, StationOperation(house: house).operation,
        LiveOperation(feed: house.feed).operation, TimelineOperation(house: house).operation,
        ExplainOperation(house: house).operation, PairOperation(pairings: pairings).operation,
      ] + FindingsOperations(house: house).all + CareOperations(house: house).all
      + CalibrationOperations(house: house).all + WithdrawOperations(house: house).all
      + DeviceOperations(pairings: pairings).all
    document = .json(Document(operations: operations).json)
  }

  /// Answers a question, whatever it is.
  func answer(_ question: Question) async -> Answer {
    var answer: Answer
    do {
      answer = try await found(question)
      answer.tag(unless: question.headers["if-none-match"])
    } catch let problem as Problem {
      answer = .refusal(problem, to: question)
    } catch is DiaryIsMissing {
      answer = .problem(
        Problem(.noDiary, "there is no diary yet", hint: "start the station: skin2vecd"))
    } catch {
      logger.error("a question failed", metadata: ["error": "\(error)"])
      answer = .problem(Problem(.failed, "the diary cannot be read", hint: "the log says why"))
    }
    if question.method == "HEAD" { answer.body = .bytes([]) }
    answer.headers.append(("x-skin2vec-pages", assets.edition))
    return answer.guarded
  }

  private func found(_ question: Question) async throws -> Answer {
    try await gate.admit(question)
    let method = question.method == "HEAD" ? "GET" : question.method
    if question.path == "/api/v1/openapi.json" {
      guard method == "GET" else { throw Problem.wrongMethod(["GET"]) }
      return document
    }
    var allowed: Set<String> = []
    for operation in operations {
      guard let places = operation.places(in: question.path) else { continue }
      guard operation.method == method else {
        allowed.insert(operation.method)
        continue
      }
      return try await operation.answer(question, places: places)
    }
    if allowed.isEmpty, let page = assets.answer(question.path) {
      guard method == "GET" else { throw Problem.wrongMethod(["GET"]) }
      return page
    }
    guard allowed.isEmpty else { throw Problem.wrongMethod(allowed) }
    throw Problem(.notFound, "there is nothing at \(question.path.prefix(200))")
  }
}

extension Answer {
  /// What every answer carries: nothing runs, and nothing is loaded, but what is from here.
  private static let always: [(name: String, value: String)] = [
    (
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("cache-control", "no-cache"), ("vary", "accept, accept-language, cookie"),
  ]

  /// The same with what every answer carries, where it has not its own.
  var guarded: Answer {
    var answer = self
    answer.headers += Self.always.filter { name, _ in !headers.contains { $0.name == name } }
    return answer
  }
}

extension Problem {
  /// The problem of a method that a path does not know.
  static func wrongMethod(_ methods: Set<String>) -> Problem {
    let all = methods.contains("GET") ? methods.union(["HEAD"]) : methods
    let allowed = all.sorted().joined(separator: ", ")
    var problem = Problem(
      .wrongMethod, "it cannot be asked for so", hint: "allowed: " + allowed)
    problem.allowed = allowed
    return problem
  }
}

extension Operation {
  /// The names in a path that is this one's; nil where it is another.
  func places(in asked: String) -> [String: String]? {
    let (own, other) = (path.split(separator: "/"), asked.split(separator: "/"))
    guard own.count == other.count, asked.hasPrefix("/") else { return nil }
    var places: [String: String] = [:]
    for (word, text) in zip(own, other) {
      if word.hasPrefix("{"), let end = word.firstIndex(of: "}") {
        let ending = word[word.index(after: end)...]
        guard text.hasSuffix(ending), text.count > ending.count else { return nil }
        let name = word[word.index(after: word.startIndex)..<end]
        places[String(name)] = String(text.dropLast(ending.count))
      } else if word != text {
        return nil
      }
    }
    return places
  }
}

extension Answer {
  /// Gives the answer its tag, or says that it is as it was (RFC 9110, 13.1.2).
  fileprivate mutating func tag(unless known: String?) {
    guard status == 200, case .bytes(let bytes) = body else { return }
    var fingerprint = Fingerprint()
    fingerprint.add(type.utf8)
    fingerprint.add(bytes)
    let tag = "\"\(fingerprint.bits.hexadecimal(digits: 16))-\(bytes.count)\""
    headers.append(("etag", tag))
    let tags = known?.split(separator: ",").map { $0.trimmed } ?? []
    if tags.contains(where: { $0 == tag || $0 == "W/" + tag || $0 == "*" }) {
      status = 304
      body = .bytes([])
    }
  }

  /// A problem; a person at a browser that is not paired is led to the page where that is done.
  fileprivate static func refusal(_ problem: Problem, to question: Question) -> Answer {
    let wantsPage = question.headers["accept"]?.contains("text/html") ?? false
    if problem.kind == .notPaired, wantsPage, question.method == "GET" {
      return Answer(status: 303, type: "text/plain", .bytes([]), headers: [("location", "/pair")])
    }
    var answer = Answer.problem(problem)
    if let allowed = problem.allowed { answer.headers.append(("allow", allowed)) }
    return answer
  }
}

import Readings

/// What is asked over HTTP, apart from how it came.
struct Question: Sendable {
  /// Who asks.
  struct Peer: Hashable, Sendable {
    /// The address without its port; a Unix socket has none.
    var address: String
    /// Whether it is this board itself.
    var isLoopback: Bool
  }

  var method: String
  /// Decoded, without the query.
  var path: String
  /// In the order they came in, decoded.
  var query: [(name: String, value: String)] = []
  /// By their names in small letters; of several the last.
  var headers: [String: String] = [:]
  var cookies: [String: String] = [:]
  var body: [UInt8] = []
  var peer = Peer(address: "127.0.0.1", isLoopback: true)

  // What was made of it.

  /// The parameters of path and query, checked.
  var values: [String: JSON] = [:]
  /// The body, checked; nil where none is taken.
  var content: JSON?

  /// The characters of a parameter.
  func text(_ name: String) -> String? {
    if case .text(let text)? = values[name] { text } else { nil }
  }

  func integer(_ name: String) -> Int64? {
    if case .integer(let number)? = values[name] { number } else { nil }
  }

  func date(_ name: String) -> LocalDate? { text(name).flatMap { LocalDate($0) } }

  /// What the asker reads: `?language=`, else what its browser prefers.
  var language: Language {
    if let chosen = text("language").flatMap({ Language(rawValue: $0) }) { return chosen }
    let first = headers["accept-language"]?.lowercased().split(separator: ",").first
    return first?.hasPrefix("zh") ?? false ? .simplifiedChinese : .english
  }
}

/// What is answered.
struct Answer: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// News as they come, until the asker goes.
    case news(AsyncStream<StationFeed.News>)
  }

  var status = 200
  /// With its parameters: `application/json; charset=utf-8`.
  var type: String
  var headers: [(name: String, value: String)] = []
  var body: Body

  init(status: Int = 200, type: String, _ body: Body, headers: [(String, String)] = []) {
    self.status = status
    self.type = type
    self.body = body
    self.headers = headers.map { (name: $0.0, value: $0.1) }
  }

  static func json(_ value: JSON, status: Int = 200) -> Answer {
    Answer(status: status, type: "application/json", .bytes(value.bytes()))
  }

  static func problem(_ problem: Problem) -> Answer {
    var answer = Answer(
      status: problem.kind.status, type: "application/problem+json",
      .bytes(problem.json.bytes()))
    if let seconds = problem.retryAfter {
      answer.headers.append(("retry-after", String(seconds)))
    }
    return answer
  }
}

import Readings
import Testing

@testable import Dashboard

extension Bench {
  /// Asks, and demands of every answer what holds of all of them.
  ///
  /// The target is a path, with a query that needs no decoding.
  func ask(
    _ method: String = "GET", _ target: String, headers: [String: String] = [:],
    cookies: [String: String] = [:], body: String? = nil,
    from peer: Question.Peer = Bench.board,
    _ place: SourceLocation = #_sourceLocation
  ) async throws -> Reply {
    let pieces = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var question = Question(method: method, path: String(pieces[0]))
    question.query = (pieces.count > 1 ? pieces[1] : "").split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
    }
    question.headers = ["host": "localhost"].merging(headers) { $1 }
    question.cookies = cookies
    question.peer = peer
    if let body {
      question.body = Array(body.utf8)
      if headers["content-type"] == nil { question.headers["content-type"] = "application/json" }
    }
    return try await ask(question, place)
  }

  /// Asks what was put together by hand; it names the host where the test has set no headers.
  func ask(_ question: Question, _ place: SourceLocation = #_sourceLocation) async throws -> Reply {
    var question = question
    if question.headers["host"] == nil { question.headers["host"] = "localhost" }
    let reply = Reply(await site.answer(question))
    reply.expectGuarded(place)
    try Contract.shared(of: self).expect(reply, to: question, place)
    return reply
  }

  /// What a list or any other question answers, as JSON.
  func json(_ target: String, _ place: SourceLocation = #_sourceLocation) async throws -> Plain {
    let reply = try await ask("GET", target, place)
    #expect(reply.status == 200, "\(target): \(reply.text)", sourceLocation: place)
    return try reply.json
  }
}

/// An answer, with its body gathered.
struct Reply: Sendable {
  var status: Int
  var type: String
  var headers: [(name: String, value: String)]
  /// Empty where the answer is a stream.
  var bytes: [UInt8]

  init(_ answer: Answer) {
    (status, type, headers) = (answer.status, answer.type, answer.headers)
    if case .bytes(let bytes) = answer.body { self.bytes = bytes } else { bytes = [] }
  }

  subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var json: Plain { get throws { try Plain(text) } }
  /// The media type without its parameters.
  var media: String { String(type.prefix { $0 != ";" }) }

  /// What the last part of a problem's type says.
  var problem: String? {
    get throws {
      guard media == "application/problem+json" else { return nil }
      return try json["type"].text?.split(separator: ":").last.map(String.init)
    }
  }

  /// Nothing of another site runs or is loaded, whatever is answered.
  fileprivate func expectGuarded(_ place: SourceLocation) {
    let policy = self["content-security-policy"] ?? ""
    #expect(policy.contains("default-src 'none'"), sourceLocation: place)
    #expect(policy.contains("frame-ancestors 'none'"), sourceLocation: place)
    #expect(!policy.contains("unsafe-eval"), sourceLocation: place)
    #expect(self["x-content-type-options"] == "nosniff", sourceLocation: place)
    #expect(self["referrer-policy"] == "no-referrer", sourceLocation: place)
    #expect(self["cross-origin-opener-policy"] == "same-origin", sourceLocation: place)
    #expect(self["cross-origin-resource-policy"] == "same-origin", sourceLocation: place)
    #expect(self["cache-control"] != nil, sourceLocation: place)
    for (name, value) in headers {
      let isPlain = (name + value).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
      #expect(isPlain, "\(name): \(value)", sourceLocation: place)
    }
  }
}

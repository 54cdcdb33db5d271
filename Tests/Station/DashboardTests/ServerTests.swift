import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Dashboard

@Suite("over a socket", .timeLimit(.minutes(5))) struct ServerTests {
  /// Runs a body beside a server at a port of its own.
  private func serve(_ body: @escaping @Sendable (Bench, Int) async throws -> Void) async throws {
    try await Bench.with { bench in
      let (ports, port) = AsyncStream.makeStream(of: Int.self)
      let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
      let server = WebServer(
        site: bench.site, place: .init(address: "127.0.0.1", port: 0), logger: logger
      ) { port.yield($0) }
      let group = ServiceGroup(services: [server], logger: logger)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        let number = try #require(await iterator.next())
        do { try await body(bench, number) } catch { Issue.record(error) }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
    }
  }

  /// What the server says to a text, up to its end of the connection.
  private func said(_ text: String, at port: Int) async throws -> String {
    try await blocking {
      let wire = try Wire(port: port)
      wire.write(text)
      return wire.read()
    }
  }

  /// A request that ends its connection.
  private func request(
    _ start: String, _ headers: [String] = [], body: String = ""
  ) -> String {
    let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
    return
      ([start + " HTTP/1.1", "Host: localhost", "Connection: close"] + headers + length + ["", ""])
      .joined(separator: "\r\n") + body
  }

  private func status(_ answer: String) -> Int {
    Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  @Test("a page, a list and a problem come with their headers")
  func served() async throws {
    try await serve { bench, port in
      try await bench.plant { _ in }
      for (target, expected) in [("/", 200), ("/api/v1/slots", 200), ("/nothing", 404)] {
        let answer = try await said(request("GET \(target)"), at: port)
        #expect(status(answer) == expected)
        #expect(answer.lowercased().contains("content-security-policy: default-src 'none'"))
        #expect(answer.lowercased().contains("x-content-type-options: nosniff"))
      }
    }
  }

  @Test(
    "what was forwarded from elsewhere is not the board's own, whatever it says",
    arguments: ["Forwarded: for=127.0.0.1", "X-Forwarded-For: 127.0.0.1", "Via: 1.1 proxy"])
  func forwarded(header: String) async throws {
    try await serve { _, port in
      #expect(status(try await said(request("GET /api/v1/station"), at: port)) == 200)
      let answer = try await said(request("GET /api/v1/station", [header]), at: port)
      #expect(status(answer) == 401)
    }
  }

  @Test(
    "no escaped path leads out of the pages",
    arguments: [
      "/%2e%2e/x", "/..%2f..%2fetc/passwd", "/pages/..%2f", "//x", "/%00", "/tonight.html%00",
      "/../../../../etc/passwd", "/%252e%252e/x", "/x%0d%0aset-cookie:%20a=b", "/%ff%fe",
      "/%+1tonight", "/%", "/%4",
    ])
  func escapes(path: String) async throws {
    try await serve { _, port in
      let answer = try await said(request("GET \(path)"), at: port)
      #expect([400, 404].contains(status(answer)), "\(answer)")
      #expect(!answer.lowercased().contains("\nset-cookie"))
    }
  }

  @Test("an escaped path and query are what they stand for")
  func decoded() async throws {
    try await serve { bench, port in
      try await bench.plant { try await $0.plantDays(1, seed: 4) }
      let page = try await said(request("GET /%74onight"), at: port)
      #expect(status(page) == 200)
      let list = try await said(
        request("GET /api/v1/slots?%6cimit=1&person=%61nn&channel=skin%2Emoisture"), at: port)
      #expect(status(list) == 200)
      #expect(list.contains("rel=\"next\""))
    }
  }

  @Test("what is no escape stays as it is written")
  func noEscape() async throws {
    try await serve { _, port in
      let answer = try await said(request("GET /api/v1/station?a%+1=%zz"), at: port)
      #expect(status(answer) == 400)
      // The plus is a space in a query; the sign of percent is no escape before it.
      #expect(answer.contains("\"place\":\"a% 1\""), "\(answer)")
    }
  }

  @Test("the cookie of a paired device is read among others")
  func cookie() async throws {
    try await serve { bench, port in
      let code = await bench.pairings.newCode()
      let token = try #require(try await bench.pairings.pair(code, name: "a", now: 1))
      let via = "Via: 1.1 proxy"
      let good = try await said(
        request("GET /api/v1/station", [via, "Cookie: a=b; skin2vec=\(token);c=d"]), at: port)
      #expect(status(good) == 200)
      let bad = try await said(
        request("GET /api/v1/station", [via, "Cookie: skin2vec=\(token)x"]), at: port)
      #expect(status(bad) == 401)
    }
  }

  @Test("a body that is too long is refused with what every answer carries")
  func tooLarge() async throws {
    try await serve { _, port in
      let body = "{\"note\":\"\(String(repeating: "x", count: 70_000))\"}"
      let answer = try await said(
        request("POST /api/v1/events", ["Content-Type: application/json"], body: body), at: port)
      #expect(status(answer) == 413)
      #expect(answer.contains("urn:skin2vec:problem:too-large"))
      #expect(answer.lowercased().contains("content-security-policy"))
    }
  }

  @Test("after HEAD the connection is still in step")
  func head() async throws {
    try await serve { _, port in
      for target in ["/", "/nothing", "/api/v1/slots?limit=x"] {
        let first = "HEAD \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let answer = try await said(first + request("GET /icon.svg"), at: port)
        let heads = answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: true)
        #expect(heads.count == 2, "\(answer)")
        #expect(heads.first?.hasSuffix("\r\n\r\n") ?? false)
        #expect(heads.last?.hasPrefix("200") ?? false)
      }
    }
  }

  @Test("whoever follows hears the news as they come, and does not hold up the server's end")
  func news() async throws {
    let followed = Mutex<Wire?>(nil)
    try await serve { bench, port in
      let request = request("GET /api/v1/news")
      let wire = try await blocking {
        let wire = try Wire(port: port)
        wire.write(request)
        return wire
      }
      let first = try await blocking { wire.read(until: "data: null\n\n") }
      #expect(first.lowercased().contains("content-type: text/event-stream"))
      #expect(first.contains("event: status\n"))
      bench.feed.post(.diary)
      let second = try await blocking { wire.read(until: "data: {}\n\n") }
      #expect(second.contains("event: diary\n"))
      followed.withLock { $0 = wire }
    }
    let left = followed.withLock { $0 }
    let wire = try #require(left)
    #expect(try await !blocking { wire.read() }.contains("event:"))
  }
}

import Readings
import Testing

@testable import Dashboard

@Suite("who may ask") struct GateTests {
  /// A question to every operation of the document, with something in each of its names.
  private func targets(_ bench: Bench) throws -> [(method: String, path: String)] {
    let fillings = [
      "{number}": "1", "{date}": "2026-03-02", "{dimension}": "oil", "{name}": "curve",
    ]
    return try Contract.shared(of: bench).operations.map { path, method, _ in
      let filled = fillings.reduce(path) { $0.replacing($1.key, with: $1.value) }
      #expect(!filled.contains("{"), "\(path) has a name that is not filled")
      return (method.uppercased(), filled)
    }
  }

  @Test("a device that is not paired gets nothing of the interface but the pairing itself")
  func unpaired() async throws {
    try await Bench.with { bench in
      for (method, path) in try targets(bench) where path != "/api/v1/pairing" {
        let reply = try await bench.ask(method, path, from: Bench.phone)
        #expect(reply.status == 401, "\(method) \(path)")
        #expect(try reply.problem == "not-paired")
      }
      #expect(try await bench.ask("GET", "/api/v1/openapi.json", from: Bench.phone).status == 401)
    }
  }

  @Test("a browser that is not paired is led to the page where it can be")
  func led() async throws {
    try await Bench.with { bench in
      let headers = ["accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
      for path in ["/", "/tonight", "/tonight.html", "/nothing", "/api/v1/station"] {
        let reply = try await bench.ask("GET", path, headers: headers, from: Bench.phone)
        #expect(reply.status == 303, "\(path)")
        #expect(reply["location"] == "/pair")
        #expect(reply.bytes.isEmpty)
      }
    }
  }

  @Test("no page and no file of one is given to a device that is not paired, but the pairing's own")
  func files() async throws {
    try await Bench.with { bench in
      let open = ["/pair", "/pair.js", "/style.css", "/icon.svg", "/words.js"]
      for path in bench.site.assets.files.keys.sorted() + ["/", "/tonight", "/pair"] {
        let reply = try await bench.ask("GET", path, from: Bench.phone)
        #expect(reply.status == (open.contains(path) ? 200 : 401), "\(path)")
      }
    }
  }

  @Test("what is open can be written in no other way that opens more")
  func spellings() async throws {
    try await Bench.with { bench in
      for path in [
        "/pair/", "//pair", "/pair/../tonight", "/PAIR", "/pair.html", "/pair?x", "/style.css/",
        "/api/v1/pairing/../slots", "/api/v1/pairing/", "//api/v1/slots",
      ] {
        var question = Question(method: "GET", path: path)
        question.peer = Bench.phone
        let reply = try await bench.ask(question)
        #expect(reply.status == 401, "\(path)")
      }
    }
  }

  @Test("a code pairs a device, whose cookie opens all until the pairings are taken back")
  func paired() async throws {
    try await Bench.with { bench in
      let code = await bench.pairings.newCode()
      let reply = try await bench.ask(
        "POST", "/api/v1/pairing", body: #"{"code":"\#(code)","name":"a phone"}"#,
        from: Bench.phone)
      #expect(reply.status == 201, "\(reply.text)")
      let cookie = try #require(reply["set-cookie"])
      let parts = cookie.split(separator: ";").map { $0.drop { $0 == " " } }
      #expect(parts.contains("HttpOnly") && parts.contains("SameSite=Strict"))
      #expect(parts.contains("Path=/"))
      let pair = try #require(parts.first?.split(separator: "=", maxSplits: 1))
      let cookies = [String(pair[0]): String(pair[1])]
      #expect(pair[1].utf8.count >= 40)
      #expect(!reply.text.contains(pair[1]))

      func status(_ cookies: [String: String]) async throws -> Int {
        try await bench.ask("GET", "/api/v1/station", cookies: cookies, from: Bench.phone).status
      }
      #expect(try await status(cookies) == 200)
      #expect(try await status(["skin2vec": pair[1] + "x"]) == 401)
      #expect(try await status(["skin2vec": ""]) == 401)
      #expect(try await status(["other": String(pair[1])]) == 401)
      let devices = try await bench.json("/api/v1/devices")["devices"].list
      #expect(devices.map { $0["name"].text } == ["a phone"])
      let forgotten = try await bench.ask(
        "DELETE", "/api/v1/devices", cookies: cookies, from: Bench.phone)
      #expect(forgotten.status == 200)
      #expect(try await status(cookies) == 401)
      #expect(try await bench.json("/api/v1/devices")["devices"].list.isEmpty)
    }
  }

  @Test("a wrong code gives no cookie")
  func wrongCode() async throws {
    try await Bench.with { bench in
      let code = await bench.pairings.newCode()
      let wrong = code == "00000000" ? "00000001" : "00000000"
      let reply = try await bench.ask(
        "POST", "/api/v1/pairing", body: #"{"code":"\#(wrong)"}"#, from: Bench.phone)
      #expect(reply.status == 409)
      #expect(reply["set-cookie"] == nil)
    }
  }

  @Test(
    "a page elsewhere that calls this board by a name of its own gets nothing",
    arguments: [
      "evil.example", "evil.example:8047", "192.168.1.5", "localhost.evil.example", "127.0.0.2",
      "", ":8047", "[::2]:8047", "localhost@evil.example",
    ])
  func foreignHost(host: String) async throws {
    try await Bench.with { bench in
      for path in ["/", "/api/v1/station", "/pair"] {
        let reply = try await bench.ask("GET", path, headers: ["host": host])
        #expect(reply.status == 403, "\(host)")
        #expect(try reply.problem == "foreign-origin")
      }
    }
  }

  @Test(
    "the board's own names are known, with any port",
    arguments: [
      "localhost", "localhost:8047", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8047", "[::1]",
      "[::1]:8047",
    ])
  func ownHost(host: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask("GET", "/", headers: ["host": host])
      #expect(reply.status == 200)
    }
  }

  @Test(
    "a change that another site asks for is refused",
    arguments: [
      ["origin": "https://evil.example"], ["origin": "null"], ["origin": "http://localhost:9999"],
      ["origin": "http://localhost:8047.evil.example"], ["sec-fetch-site": "cross-site"],
      ["sec-fetch-site": "same-site"], ["origin": ""],
      ["sec-fetch-site": "same-origin", "origin": "http://evil.example"],
    ])
  func foreignOrigin(headers: [String: String]) async throws {
    try await Bench.with { bench in
      for (method, path) in [
        ("POST", "/api/v1/person"), ("DELETE", "/api/v1/devices"), ("PUT", "/api/v1/slots"),
        ("POST", "/api/v1/pairing"),
      ] {
        let reply = try await bench.ask(
          method, path, headers: headers.merging(["host": "localhost:8047"]) { $1 }, body: "{}")
        #expect(reply.status == 403, "\(method) \(path) \(headers)")
      }
    }
  }

  @Test("a change that the station's own page asks for is let through")
  func ownOrigin() async throws {
    try await Bench.with { bench in
      for headers in [
        ["host": "localhost:8047", "origin": "http://localhost:8047"],
        ["host": "localhost:8047", "sec-fetch-site": "same-origin"], ["sec-fetch-site": "none"],
      ] {
        let reply = try await bench.ask("DELETE", "/api/v1/devices", headers: headers)
        #expect(reply.status == 200, "\(headers)")
      }
    }
  }

  @Test("a question that names no host is not understood, wherever it comes from")
  func noHost() async throws {
    try await Bench.with { bench in
      for peer in [Question.Peer(address: "::1", isLoopback: true), Bench.phone] {
        var question = Question(method: "GET", path: "/pair")
        question.peer = peer
        #expect(await bench.site.answer(question).status == 400)
      }
    }
  }
}

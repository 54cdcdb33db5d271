import FoundationEssentials
import Readings
import Testing

@testable import Dashboard

@Suite("the site") struct WebSiteTests {
  @Test(
    "each page and each of its files is there, with its type",
    arguments: [
      ("/", "text/html"), ("/tonight", "text/html"), ("/tonight.html", "text/html"),
      ("/pair", "text/html"), ("/style.css", "text/css"), ("/words.js", "text/javascript"),
      ("/icon.svg", "image/svg+xml"), ("/icon.png", "image/png"),
      ("/manifest.webmanifest", "application/manifest+json"),
    ])
  func pages(path: String, media: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask("GET", path)
      #expect(reply.status == 200 && reply.media == media && !reply.bytes.isEmpty)
    }
  }

  @Test(
    "the same answer is not sent twice to whoever has it",
    arguments: [
      "/", "/style.css", "/api/v1/slots", "/api/v1/openapi.json", "/api/v1/slots?form=csv",
    ])
  func tags(target: String) async throws {
    try await Bench.with { bench in
      try await bench.plant { _ in }
      let first = try await bench.ask("GET", target)
      let tag = try #require(first["etag"])
      #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 4)
      for known in [tag, "W/" + tag, "\"other\", \(tag)", "*"] {
        let again = try await bench.ask("GET", target, headers: ["if-none-match": known])
        #expect(again.status == 304 && again.bytes.isEmpty)
        #expect(again["etag"] == tag)
      }
      let other = try await bench.ask("GET", target, headers: ["if-none-match": "\"other\""])
      #expect(other.status == 200 && other.bytes == first.bytes)
    }
  }

  @Test("an answer that has changed has another tag, and is sent")
  func changed() async throws {
    try await Bench.with { bench in
      try await bench.plant { try await $0.plantDays(1, seed: 1) }
      let first = try await bench.ask("GET", "/api/v1/events")
      try await bench.plant { try await $0.plantDays(1, seed: 1) }
      let second = try await bench.ask(
        "GET", "/api/v1/events", headers: ["if-none-match": first["etag"] ?? ""])
      #expect(second.status == 200)
      #expect(second["etag"] != first["etag"])
    }
  }

  @Test("no two of the pages' files have the same tag")
  func distinct() async throws {
    try await Bench.with { bench in
      var tags: Set<String> = []
      for path in bench.site.assets.files.keys.sorted() {
        tags.insert(try #require(try await bench.ask("GET", path)["etag"]))
      }
      #expect(tags.count == bench.site.assets.files.count)
    }
  }

  @Test(
    "HEAD is answered as GET, without a body",
    arguments: [
      "/", "/api/v1/station", "/api/v1/slots", "/nothing", "/api/v1/slots?limit=x",
      "/api/v1/openapi.json", "/api/v1/news",
    ])
  func head(target: String) async throws {
    try await Bench.with { bench in
      bench.feed.post(.status(StationDouble.status(at: Bench.monday)))
      let get = try await bench.ask("GET", target)
      let head = try await bench.ask("HEAD", target)
      #expect(head.status == get.status && head.type == get.type)
      #expect(head["etag"] == get["etag"])
      #expect(head.bytes.isEmpty)
    }
  }

  @Test(
    "what is not there is said not to be, and is not run",
    arguments: [
      "/nothing", "/api/v1/nothing", "/api/v2/slots", "/api/v1", "/api/v1/slots/1", "", "slots",
      "/tonight.js.map", "/Tonight", "/<script>alert(1)</script>", "/\r\nset-cookie: a=b",
      "/api/v1/events/1", "/figures/none.svg", "/figures/none.csv", "/figures/.svg", "/lib/none.js",
    ])
  func notFound(path: String) async throws {
    try await Bench.with { bench in
      var question = Question(method: "GET", path: path)
      question.headers = ["accept": "text/html"]
      let reply = try await bench.ask(question)
      #expect(reply.status == (path == "/api/v1/events/1" ? 405 : 404), "\(path)")
      #expect(reply.media == "application/problem+json")
      #expect(try reply.json["status"].number == Double(reply.status))
      #expect(!reply.headers.contains { $0.name.contains("cookie") })
    }
  }

  @Test(
    "no way of writing a path leads out of the pages",
    arguments: [
      "/../x", "/../../etc/passwd", "/%2e%2e/x", "//x", "//etc/passwd", "/pages/..%2f", "/..",
      "/../Dashboard/Pages/tonight.html", "/./tonight.html", "/tonight.html/..", "/tonight.html/",
      "/..\\x", "/tonight.html\u{0}", "/tonight.html%00.css", "file:///etc/passwd",
      "http://evil.example/", "/lib/../tonight.html", "/figures/../tonight.svg",
      "/figures/..%2f..%2fetc%2fpasswd.svg",
    ])
  func traversal(path: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask(Question(method: "GET", path: path))
      #expect(reply.status == 404, "\(path)")
    }
  }

  @Test("a method that a path does not know is refused, with those that it knows")
  func wrongMethod() async throws {
    try await Bench.with { bench in
      for (method, path, allowed) in [
        ("POST", "/", "GET, HEAD"), ("DELETE", "/style.css", "GET, HEAD"),
        ("POST", "/api/v1/slots", "GET, HEAD"), ("PUT", "/api/v1/events", "GET, HEAD, POST"),
        ("GET", "/api/v1/person", "POST"), ("HEAD", "/api/v1/person", "POST"),
        ("POST", "/api/v1/events/1", "DELETE"), ("PATCH", "/api/v1/devices", "DELETE, GET, HEAD"),
        ("POST", "/api/v1/openapi.json", "GET, HEAD"), ("TRACE", "/", "GET, HEAD"),
        ("OPTIONS", "/api/v1/slots", "GET, HEAD"), ("CONNECT", "/", "GET, HEAD"),
        ("get", "/", "GET, HEAD"),
      ] {
        let reply = try await bench.ask(method, path)
        #expect(reply.status == 405, "\(method) \(path)")
        #expect(reply["allow"] == allowed, "\(method) \(path)")
      }
    }
  }

  @Test("no answer lets another site read it", arguments: ["/", "/api/v1/station", "/nothing"])
  func crossOrigin(path: String) async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask(
        "GET", path, headers: ["origin": "https://evil.example", "host": "localhost"])
      #expect(!reply.headers.contains { $0.name.hasPrefix("access-control") })
    }
  }

  @Test("what is echoed of a question stays within the JSON that it is in")
  func echoes() async throws {
    try await Bench.with { bench in
      let nasty = "\"}</script>\r\nset-cookie: a=b\u{0}\u{2028}\\"
      var question = Question(method: "GET", path: "/api/v1/station")
      question.query = [(nasty, nasty)]
      let reply = try await bench.ask(question)
      #expect(reply.status == 400)
      #expect(try reply.json["place"].text == nasty)
      question.query = []
      question.headers = ["accept": nasty]
      question.path = "/api/v1/slots"
      #expect(try await bench.ask(question).status == 406)
      question.headers = ["host": "evil\r\nx: y"]
      #expect(try await bench.ask(question).status == 403)
    }
  }

  @Test("a figure's numbers are saved under a name that is only a name")
  func fileName() async throws {
    try await Bench.with { bench in
      let name = "a\";\r\nx: y; filename=\"..\\evil.exe\u{E9}"
      bench.findings.put(drawing: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", named: name)
      let reply = try await bench.ask(
        Question(method: "GET", path: "/figures/\(name).csv"))
      // A name with invisible characters is none.
      #expect(reply.status == 400)
      let other = "a\"; filename=\"..\\evil.exe\u{E9}"
      bench.findings.put(drawing: "<svg/>", named: other)
      let saved = try await bench.ask(Question(method: "GET", path: "/figures/\(other).csv"))
      #expect(saved["content-disposition"] == "attachment; filename=\"afilenameevilexe.csv\"")
    }
  }

  @Test("a figure is drawn, and nothing in it runs")
  func figure() async throws {
    try await Bench.with { bench in
      bench.findings.put(drawing: "<svg/>", named: "curve")
      let reply = try await bench.ask("GET", "/figures/curve.svg")
      #expect(reply.text == "<svg/>" && reply.media == "image/svg+xml")
      let policies = reply.headers.filter { $0.name == "content-security-policy" }
      #expect(policies.count == 1)
      #expect(!(policies.first?.value.contains("script") ?? true))
    }
  }

  @Test("what fails in the diary is said without a word of it")
  func failure() async throws {
    try await Bench.with { bench in
      let secret = "SQLite format 3\u{0} and no more than that, ann's secret"
      try Data(secret.utf8).write(to: URL(filePath: bench.diary))
      for path in ["/api/v1/slots", "/api/v1/tonight", "/api/v1/timeline", "/api/v1/log"] {
        let reply = try await bench.ask("GET", path)
        #expect(reply.status == 500, "\(path)")
        #expect(try reply.problem == "internal-error")
        #expect(!reply.text.contains("secret") && !reply.text.contains(bench.folder.path))
      }
    }
  }
}

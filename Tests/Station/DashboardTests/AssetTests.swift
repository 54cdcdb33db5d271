import Testing

@testable import Dashboard

@Suite("the pages' files") struct AssetTests {
  /// The values of an attribute in HTML.
  private static func values(of attribute: String, in html: String) -> [String] {
    html.split(separator: " " + attribute + "=\"").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
  }

  @Test("no page runs or styles anything inline, which the policy would stop")
  func inline() throws {
    for name in try Pages.names(ending: ".html") {
      let html = try Pages.text(name)
      for tag in html.split(separator: "<").dropFirst() {
        let tag = tag.prefix { $0 != ">" }
        #expect(!tag.hasPrefix("style"), "\(name)")
        #expect(!tag.hasPrefix("script") || tag.contains(" src="), "\(name): \(tag)")
        #expect(!tag.contains(" style="), "\(name): \(tag)")
        #expect(!tag.contains("javascript:"), "\(name): \(tag)")
        let attributes = tag.split(whereSeparator: \.isWhitespace).dropFirst()
        #expect(!attributes.contains { $0.hasPrefix("on") && $0.contains("=") }, "\(name): \(tag)")
      }
    }
  }

  @Test("what a page loads or leads to is here")
  func local() async throws {
    try await Bench.with { bench in
      let names = try Pages.names(ending: ".html")
      #expect(names.count >= 2)
      for name in names {
        let html = try Pages.text(name)
        for target in Self.values(of: "src", in: html) + Self.values(of: "href", in: html)
        where !target.hasPrefix("#") && !target.hasPrefix("/lib/") && !target.hasPrefix("/api/") {
          #expect(target.hasPrefix("/") && !target.hasPrefix("//"), "\(name): \(target)")
          let reply = try await bench.ask("GET", String(target.prefix { $0 != "#" && $0 != "?" }))
          #expect(reply.status == 200, "\(name): \(target)")
        }
      }
    }
  }

  @Test("what a script imports is here")
  func imports() async throws {
    try await Bench.with { bench in
      for name in try Pages.names(ending: ".js") {
        for module in Self.imports(of: try Pages.text(name)) {
          #expect(module.hasPrefix("./"), "\(name): \(module)")
          let reply = try await bench.ask("GET", "/" + module.dropFirst(2))
          #expect(reply.status == 200, "\(name): \(module)")
        }
      }
    }
  }

  private static func imports(of script: String) -> [String] {
    script.split(separator: "\n").filter { $0.hasPrefix("import ") || $0.hasPrefix("} from ") }
      .compactMap { line in
        line.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first
          .map(String.init)
      }
  }

  @Test("the page of the pairing needs nothing that an unpaired device may not have")
  func pairing() async throws {
    try await Bench.with { bench in
      let html = try Pages.text("pair.html")
      var needed = Self.values(of: "src", in: html) + Self.values(of: "href", in: html)
      #expect(needed.contains("/pair.js"))
      var seen: Set<String> = []
      while let path = needed.popLast() {
        guard seen.insert(path).inserted else { continue }
        let reply = try await bench.ask("GET", path, from: Bench.phone)
        #expect(reply.status == 200, "\(path)")
        if path.hasSuffix(".js") {
          needed += Self.imports(of: reply.text).map { "/" + $0.dropFirst(2) }
        }
      }
    }
  }

  @Test("nothing names another host")
  func hosts() throws {
    let names = try ["html", "js", "css", "webmanifest"].flatMap {
      try Pages.names(ending: "." + $0)
    }
    for name in names {
      let text = try Pages.text(name).replacing("http://www.w3.org/", with: "")
      #expect(!text.contains("http://") && !text.contains("https://"), "\(name)")
      #expect(!text.contains("@import") && !text.contains("url(//"), "\(name)")
      #expect(!text.contains("eval(") && !text.contains("new Function"), "\(name)")
    }
  }

  @Test("what is not of a page's kind is not served")
  func kinds() throws {
    let assets = try Assets(folder: Pages.folder, library: "/nowhere")
    let known: Set<Substring> = ["html", "js", "css", "svg", "png", "webmanifest", "json"]
    #expect(!assets.files.isEmpty)
    for path in assets.files.keys {
      #expect(known.contains(path.split(separator: ".").last ?? ""), "\(path)")
      #expect(path.split(separator: "/").allSatisfy { !$0.hasPrefix(".") })
    }
  }

  @Test("a folder that is not there is said to be missing")
  func missing() {
    #expect(throws: Assets.Missing(path: "/nowhere")) {
      try Assets(folder: "/nowhere", library: "/nowhere")
    }
  }

  @Test("every word is there in both languages")
  func words() throws {
    let names = try Pages.names(ending: ".js").filter { $0.hasPrefix("words") }
    #expect(!names.isEmpty)
    for name in names {
      let keys = try WordTable(Pages.text(name)).keys
      let english = try #require(keys["en"], "\(name)")
      let chinese = try #require(keys["zh-Hans"], "\(name)")
      #expect(!english.isEmpty)
      #expect(english.subtracting(chinese).isEmpty, "\(name) has no Chinese for these")
      #expect(chinese.subtracting(english).isEmpty, "\(name) has no English for these")
    }
  }

  @Test("every word that a page names is there")
  func named() throws {
    let known = try Pages.names(ending: ".js").filter { $0.hasPrefix("words") }.map {
      try WordTable(Pages.text($0)).keys["en"] ?? []
    }.reduce(into: Set<String>()) { $0.formUnion($1) }
    for name in try Pages.names(ending: ".html") {
      let words = Self.values(of: "data-word", in: try Pages.text(name))
      #expect(words.filter { !known.contains($0) }.isEmpty, "\(name)")
    }
  }
}

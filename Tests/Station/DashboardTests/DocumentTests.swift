import Readings
import Testing

@testable import Dashboard

@Suite("the document") struct DocumentTests {
  @Test("every operation of the site is in it, once, and nothing else is")
  func complete() async throws {
    try await Bench.with { bench in
      let said = try Contract.shared(of: bench).operations.map {
        "\($0.method.uppercased()) \($0.path)"
      }
      #expect(said.sorted() == bench.site.operations.map { "\($0.method) \($0.path)" }.sorted())
    }
  }

  @Test("it is served as it is")
  func served() async throws {
    try await Bench.with { bench in
      let reply = try await bench.ask("GET", "/api/v1/openapi.json")
      #expect(reply.status == 200)
      #expect(try reply.json == Contract.shared(of: bench).document)
      #expect(try reply.json["openapi"].text == "3.1.0")
    }
  }

  @Test("no two operations have the same name")
  func names() async throws {
    try await Bench.with { bench in
      let names = try Contract.shared(of: bench).operations.map {
        $0.said["operationId"].text ?? ""
      }
      let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
      #expect(twice.isEmpty)
      #expect(!names.contains(""))
    }
  }

  @Test("each path begins with a slash, and its names are its parameters")
  func paths() async throws {
    try await Bench.with { bench in
      for (path, _, said) in try Contract.shared(of: bench).operations {
        #expect(path.hasPrefix("/"))
        let names = path.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
        let places = said["parameters"].list.filter { $0["in"] == .text("path") }
        #expect(places.compactMap(\.["name"].text).sorted() == names.sorted(), "\(path)")
        #expect(places.allSatisfy { $0["required"] == .bool(true) })
      }
    }
  }

  @Test("each reference leads somewhere")
  func references() async throws {
    try await Bench.with { bench in
      let document = try Contract.shared(of: bench).document
      let targets = Self.references(in: document)
      #expect(!targets.isEmpty)
      for target in targets {
        let way = target.split(separator: "/")
        #expect(way.first == "#")
        #expect(way.dropFirst().reduce(document) { $0[String($1)] } != .null, "\(target)")
      }
    }
  }

  @Test("each parameter and each operation is described")
  func described() async throws {
    try await Bench.with { bench in
      for (path, _, said) in try Contract.shared(of: bench).operations {
        #expect(!(said["summary"].text ?? "").isEmpty, "\(path)")
        for parameter in said["parameters"].list {
          #expect(!(parameter["description"].text ?? "").isEmpty, "\(path) \(parameter)")
        }
      }
    }
  }

  private static func references(in value: Plain) -> Set<String> {
    switch value {
    case .list(let list): list.reduce(into: []) { $0.formUnion(references(in: $1)) }
    case .object(let fields):
      fields.reduce(into: Set(fields["$ref"]?.text.map { [$0] } ?? [])) {
        $0.formUnion(references(in: $1.value))
      }
    default: []
    }
  }
}

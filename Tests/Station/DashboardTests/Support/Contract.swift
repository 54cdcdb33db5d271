import Readings
import Synchronization
import Testing

@testable import Dashboard

/// The document of the interface, as a program that uses it would read it.
struct Contract: Sendable {
  let document: Plain

  private static let read = Mutex<Contract?>(nil)

  /// The document, which is the same on every bench.
  static func shared(of bench: Bench) throws -> Contract {
    try read.withLock { known in
      if let known { return known }
      let text = Document(operations: bench.site.operations).json.text()
      let contract = Contract(document: try Plain(text))
      known = contract
      return contract
    }
  }

  /// Each path, method in small letters, and what is said of it.
  var operations: [(path: String, method: String, said: Plain)] {
    document["paths"].fields.flatMap { path, methods in
      methods.fields.map { (path, $0.key, $0.value) }
    }.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
  }

  /// Demands that an answer is one of those that are documented, with its status, type and shape.
  func expect(_ reply: Reply, to question: Question, _ place: SourceLocation) throws {
    let method = question.method == "HEAD" ? "get" : question.method.lowercased()
    guard let said = said(of: question.path, method) else { return }
    let name = "\(question.method) \(question.path) \(reply.status)"
    let response = said["responses"][String(reply.status)]
    #expect(response != .null, "\(name) is not documented", sourceLocation: place)
    guard question.method != "HEAD", !(300..<400).contains(reply.status) else { return }
    let content = response["content"].fields
    let types = Array(content.keys)
    #expect(types.contains(reply.media), "\(name): \(reply.media)", sourceLocation: place)
    let isJSON = reply.media == "application/json" || reply.media.hasSuffix("+json")
    guard isJSON, let schema = content[reply.media]?["schema"] else { return }
    let fault = Schema(schema, in: document).fault(in: try reply.json)
    #expect(fault == nil, "\(name)", sourceLocation: place)
  }

  private func said(of path: String, _ method: String) -> Plain? {
    operations.first { $0.method == method && Self.isLike($0.path, path) }?.said
  }

  private static func isLike(_ template: String, _ path: String) -> Bool {
    let (own, other) = (template.split(separator: "/"), path.split(separator: "/"))
    return own.count == other.count
      && zip(own, other).allSatisfy { own, other in
        guard own.hasPrefix("{") else { return own == other }
        return other.hasSuffix(own.drop { $0 != "}" }.dropFirst())
      }
  }
}

import Readings

/// One thing that can be asked of the interface: what it takes, what it answers, and how.
///
/// The document is made of the same declaration that requests are checked by.
struct Operation: Sendable {
  /// A part of the path or of the query.
  struct Parameter: Hashable, Sendable {
    enum Place: String, Hashable, Sendable { case path, query }

    var name: String
    var place: Place
    var shape: Shape
    var isRequired: Bool
    var summary: String

    static func path(_ name: String, _ shape: Shape, _ summary: String) -> Parameter {
      Parameter(name: name, place: .path, shape: shape, isRequired: true, summary: summary)
    }

    static func query(
      _ name: String, _ shape: Shape, isRequired: Bool = false, _ summary: String
    ) -> Parameter {
      Parameter(name: name, place: .query, shape: shape, isRequired: isRequired, summary: summary)
    }
  }

  /// What comes back where all goes well.
  struct Reply: Hashable, Sendable {
    var status = 200
    var summary: String
    /// By its media type; nil for text of any kind.
    var types: [String: Shape?]

    static func json(_ summary: String, status: Int = 200, _ shape: Shape) -> Reply {
      Reply(status: status, summary: summary, types: ["application/json": shape])
    }
  }

  var method: String
  /// With names in braces: `/api/v1/events/{id}`.
  var path: String
  /// The group in the document.
  var group: String
  var summary: String
  var parameters: [Parameter] = []
  var body: Shape?
  var reply: Reply
  /// What can go wrong besides what can go wrong everywhere.
  var problems: [Problem.Kind] = []
  var act: @Sendable (Question) async throws -> Answer
}

extension Operation {
  /// Checks a question against what is declared, and answers it.
  ///
  /// - Parameters:
  ///   - question: As it came.
  ///   - places: The parameters of the path, by their names.
  /// - Returns: What it answers.
  /// - Throws: `Problem`, or whatever the diary throws.
  func answer(_ question: Question, places: [String: String]) async throws -> Answer {
    var question = question
    question.values = try values(of: question, places)
    question.content = try content(of: question)
    return try await act(question)
  }

  private func values(
    of question: Question, _ places: [String: String]
  ) throws(Problem) -> [String: JSON] {
    var values: [String: JSON] = [:]
    for (name, text) in question.query {
      guard let parameter = parameters.first(where: { $0.name == name && $0.place == .query })
      else {
        let known = parameters.filter { $0.place == .query }.map(\.name).joined(separator: ", ")
        throw Problem(
          .malformed, "there is no parameter '\(name)' here",
          hint: known.isEmpty ? "it takes none" : "it takes: \(known)", at: name)
      }
      guard values[name] == nil else {
        throw Problem(.malformed, "'\(name)' is given twice", hint: "give it once", at: name)
      }
      values[name] = try Self.value(of: text, parameter)
    }
    for parameter in parameters {
      if parameter.place == .path, let text = places[parameter.name] {
        values[parameter.name] = try Self.value(of: text, parameter)
      } else if parameter.isRequired, values[parameter.name] == nil {
        throw Problem(
          .malformed, "'\(parameter.name)' is missing", hint: parameter.summary,
          at: parameter.name)
      }
    }
    return values
  }

  private static func value(of text: String, _ parameter: Parameter) throws(Problem) -> JSON {
    let problem = Problem(
      .malformed, "'\(parameter.name)' must be \(parameter.shape.words)", at: parameter.name)
    guard let value = parameter.shape.value(of: text) else { throw problem }
    do { try parameter.shape.check(value) } catch { throw problem }
    return value
  }

  private func content(of question: Question) throws(Problem) -> JSON? {
    guard let body else {
      guard question.body.isEmpty else {
        throw Problem(.malformed, "a body is not taken here", hint: "leave it out")
      }
      return nil
    }
    let type = question.headers["content-type"]?.split(separator: ";").first
    guard type?.trimmed.lowercased() == "application/json" else {
      throw Problem(
        .wrongType, "the body must be JSON", hint: "say 'Content-Type: application/json'")
    }
    guard let value = JSON(parsing: question.body) else {
      throw Problem(.malformed, "the body is not JSON")
    }
    do { try body.check(value) } catch {
      throw Problem(.invalid, "\(error.pointer): \(error.reason)", at: error.pointer)
    }
    return value
  }
}

extension Substring {
  /// Without spaces and tabs around it.
  var trimmed: Substring {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
}

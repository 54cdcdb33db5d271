import Readings

/// The document of the interface (OpenAPI 3.1), made of the declarations that requests are checked by.
struct Document: Sendable {
  var operations: [Operation]

  /// What can go wrong with any question.
  static let everywhere: [Problem.Kind] = [
    .malformed, .notPaired, .foreign, .wrongMethod, .tooMany, .failed,
  ]

  var json: JSON {
    var paths: [String: JSON] = [:]
    for operation in operations {
      var path = paths[operation.path]?.asObject ?? [:]
      path[operation.method.lowercased()] = Self.document(operation)
      paths[operation.path] = .object(path)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Skin2Vec", "version": "1",
        "summary":
          "The diary of a bedside station: readings, air, events, scores, and what they show",
        "description": """
        Times are microseconds since 1970, UTC; a missing value is null, with its reason beside it \
        where there is one. On the board itself nothing is asked for; from elsewhere a device must \
        be paired ('skin2vec web pair'), which gives it a cookie.
        """,
      ],
      "servers": [["url": "/"]],
      "paths": .object(paths),
      "components": [
        "schemas": ["Problem": Problem.shape.document],
        "securitySchemes": [
          "paired": ["type": "apiKey", "in": "cookie", "name": "skin2vec"]
        ],
      ],
    ]
  }

  private static func document(_ operation: Operation) -> JSON {
    var fields: [String: JSON] = [
      "summary": .text(operation.summary), "tags": [.text(operation.group)],
      "operationId": .text(operation.name),
      "parameters": .list(operation.parameters.map(document)),
      "responses": .object(responses(of: operation)),
    ]
    if let body = operation.body {
      fields["requestBody"] = [
        "required": true, "content": ["application/json": ["schema": body.document]],
      ]
    }
    return .object(fields)
  }

  private static func document(_ parameter: Operation.Parameter) -> JSON {
    [
      "name": .text(parameter.name), "in": .text(parameter.place.rawValue),
      "required": .bool(parameter.isRequired), "description": .text(parameter.summary),
      "schema": parameter.shape.document,
    ]
  }

  private static func responses(of operation: Operation) -> [String: JSON] {
    let types = operation.reply.types.mapValues { shape -> JSON in
      ["schema": shape?.document ?? ["type": "string"]]
    }
    var responses: [String: JSON] = [
      String(operation.reply.status): [
        "description": .text(operation.reply.summary), "content": .object(types),
      ]
    ]
    var problems = Set(everywhere + operation.problems)
    if operation.method == "GET" {
      responses["303"] = ["description": "A browser that is not paired is led to /pair"]
      responses["304"] = ["description": "As it was: the ETag is still so"]
    } else {
      problems.formUnion([.stationOff, .refused, .tooLarge])
    }
    if operation.body != nil { problems.formUnion([.wrongType, .invalid]) }
    for (status, kinds) in Dictionary(grouping: problems, by: \.status) {
      responses[String(status)] = [
        "description": .text(kinds.map(\.title).sorted().joined(separator: "; ")),
        "content": [
          "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
        ],
      ]
    }
    return responses
  }
}

extension Operation {
  /// Method and path as one word: `get_events_id`.
  var name: String {
    let pieces = path.split(separator: "/")
    let words = (path.hasPrefix("/api/") ? pieces.dropFirst(2) : pieces[...]).map { word in
      word.map { $0.isLetter || $0.isNumber ? String($0) : "" }.joined()
    }
    return ([method.lowercased()] + words).joined(separator: "_")
  }
}

import Readings

extension DiaryTable {
  static let mostRows = 10_000

  /// The question after it: a page of rows as JSON, CSV or NDJSON.
  func operation(_ diary: any DiarySource) -> Operation {
    Operation(
      method: "GET", path: "/api/v1/" + name, group: "diary", summary: summary,
      parameters: parameters,
      reply: Operation.Reply(
        summary: "Rows in the order of \(order[0]), and where the next page begins",
        types: [
          "application/json": .object([
            .init("items", .list(row)),
            .init("next", .nullable(.text(.cursor)), "for `after`; null at the end"),
          ]),
          "text/csv": nil, "application/x-ndjson": nil,
        ]),
      problems: [.notAcceptable, .noDiary],
      act: { question in try await page(question, diary) })
  }

  private var parameters: [Operation.Parameter] {
    var parameters: [Operation.Parameter] = [
      .query("order", .choice(["ascending", "descending"]), "ascending if left out"),
      .query(
        "form", .choice(["json", "csv", "ndjson"]), "for a link; what is accepted if left out"),
    ]
    guard isPaged else { return parameters }
    let key = time ?? order[0]
    let isDate = isByDate || key == "local_date"
    let shape: Shape = isDate ? .text(.date) : Self.time(key).shape
    parameters += [
      .query("limit", .integer(1...Int64(Self.mostRows)), "rows of a page; 500 if left out"),
      .query("after", .text(.cursor, longest: 32), "the `next` of the page before"),
      .query("from", shape, "the first \(key)"), .query("to", shape, "the last \(key)"),
    ]
    return parameters + filters.map(\.parameter)
  }

  private func page(_ question: Question, _ diary: any DiarySource) async throws -> Answer {
    let form =
      try question.text("form").flatMap { Form(word: $0) }
      ?? Form(accepting: question.headers["accept"])
    let limit = Int(question.integer("limit") ?? 500)
    let cursor = question.text("after").flatMap { Cursor($0) }
    var rows = try await rows(question, limit: limit + 1, after: cursor, diary)
    var next: String?
    if rows.count > limit {
      rows.removeLast()
      next = self.next(after: rows, cursor)
    }
    let names = columns.map(\.name)
    var answer = form.answer(names, rows, next: next)
    if let next { answer.headers.append(("link", "<\(question.link(after: next))>; rel=\"next\"")) }
    return answer
  }

  /// The rows from the cursor on.
  private func rows(
    _ question: Question, limit: Int, after cursor: Cursor?, _ diary: any DiarySource
  ) async throws -> [[DiaryCell]] {
    if let hours, question.values["channel"] == nil {
      let (sql, arguments) = hour(question, of: hours, place: limit - 1, after: cursor)
      if let hour = try await diary.rows(sql, arguments).rows.first?[0].integer {
        let (sql, arguments) = statement(question, limit: limit, after: cursor, until: hour)
        let rows = try await diary.rows(sql, arguments).rows
        // Hours are known of samples that may have been erased since: only a full page is the page.
        if rows.count == limit { return rows }
      }
    }
    let (sql, arguments) = statement(question, limit: limit, after: cursor)
    return try await diary.rows(sql, arguments).rows
  }

  private static let hourMicroseconds: Int64 = 3_600_000_000

  /// The hour by which there are rows enough, as each hour of a channel has one at least.
  ///
  /// Without it, a channel that the board does not have would be looked for in all of the diary.
  private func hour(
    _ question: Question, of view: String, place: Int, after cursor: Cursor?
  ) -> (sql: String, arguments: [DiaryCell]) {
    let isDown = question.text("order") == "descending"
    let length = Self.hourMicroseconds
    let begins = [question.integer("from"), isDown ? nil : cursor.flatMap { Int64($0.key) }]
    let ends = [question.integer("to"), isDown ? cursor.flatMap { Int64($0.key) } : nil]
    return (
      """
      SELECT hour_utc_us FROM \(view) WHERE hour_utc_us BETWEEN ? AND ?
      ORDER BY hour_utc_us\(isDown ? " DESC" : "") LIMIT 1 OFFSET ?
      """,
      [
        .integer(begins.compactMap(\.self).max() ?? .min),
        .integer((ends.compactMap(\.self).min() ?? .max) - (length - 1)),
        .integer(Int64(place + (cursor?.given ?? 0))),
      ]
    )
  }

  /// The rows from the cursor on, as far as an hour.
  private func statement(
    _ question: Question, limit: Int, after cursor: Cursor?, until hour: Int64? = nil
  ) -> (sql: String, arguments: [DiaryCell]) {
    let isDown = question.text("order") == "descending"
    var conditions: [String] = []
    var arguments: [DiaryCell] = []
    func demand(_ condition: String, _ value: DiaryCell) {
      conditions.append(condition)
      arguments.append(value)
    }
    for (name, sign) in [("from", ">="), ("to", "<=")] {
      guard let value = question.values[name] else { continue }
      demand("\(time ?? order[0]) \(sign) ?", value.cell)
    }
    for filter in filters {
      guard let value = question.values[filter.parameter.name] else { continue }
      demand("\(filter.column) = ?", value.cell)
    }
    if let cursor {
      demand(
        "\(order[0]) \(isDown ? "<=" : ">=") ?",
        isByDate ? .text(cursor.key) : .integer(Int64(cursor.key) ?? 0))
    }
    if let hour {
      demand(
        "\(order[0]) \(isDown ? ">=" : "<") ?",
        .integer(isDown ? hour : hour + Self.hourMicroseconds))
    }
    let place = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let direction = isDown ? " DESC" : ""
    let list = ([order[0] + direction] + order.dropFirst()).joined(separator: ", ")
    let names = columns.map(\.name).joined(separator: ", ")
    return (
      "SELECT \(names) FROM \(view)\(place) ORDER BY \(list) LIMIT ? OFFSET ?",
      arguments + [.integer(Int64(limit)), .integer(Int64(cursor?.given ?? 0))]
    )
  }

  /// Where a page ends: its last key, and how many rows of it were given up to here.
  private func next(after rows: [[DiaryCell]], _ cursor: Cursor?) -> String? {
    guard let place = columns.firstIndex(where: { $0.name == order[0] }), let last = rows.last
    else { return nil }
    let key = last[place].json
    let same = rows.reversed().prefix { $0[place].json == key }.count
    let text = key.asText ?? key.asInteger.map(String.init) ?? ""
    // A page that holds nothing but rows of the key it began with goes on in it.
    let before = same == rows.count && cursor?.key == text ? cursor?.given ?? 0 : 0
    return Cursor(key: text, given: before + same).text
  }
}

extension DiaryTable.Filter {
  var column: String {
    switch self {
    case .person: "person"
    case .channel: "channel"
    case .site: "site"
    case .slot: "slot"
    case .kind: "kind"
    case .session: "session_id"
    }
  }

  var parameter: Operation.Parameter {
    switch self {
    case .person: .query("person", .text(.name), "whose")
    case .channel: .query("channel", .choice(Channel.allCases.map(\.rawValue)), "what")
    case .site: .query("site", .text(.name), "where on the skin")
    case .slot: .query("slot", .choice(Slot.allCases.map(\.rawValue)), "morning or evening")
    case .kind: .query("kind", .text(.name), "which kind")
    case .session: .query("session", .integer(0...(1 << 53)), "of which session")
    }
  }
}

extension JSON {
  var cell: DiaryCell {
    switch self {
    case .text(let text): .text(text)
    case .integer(let value): .integer(value)
    case .number(let value): .real(value)
    default: .null
    }
  }
}

extension Question {
  /// The same question, from a cursor on.
  fileprivate func link(after cursor: String) -> String {
    let rest = query.filter { $0.name != "after" } + [(name: "after", value: cursor)]
    return path + "?" + rest.map { "\($0.name.escaped)=\($0.value.escaped)" }.joined(separator: "&")
  }
}

extension String {
  /// As it may stand in a query (RFC 3986, 2.3).
  var escaped: String {
    utf8.map { byte in
      let scalar = UnicodeScalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      if isPlain || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
      return "%" + byte.hexadecimal(digits: 2).uppercased()
    }.joined()
  }
}

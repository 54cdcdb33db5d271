import Control
import Readings

/// What the station's page shows besides its state: the log, the settings, the copies.
struct CareOperations: Sendable {
  let house: House

  var all: [Operation] { [log, settings, backups] }

  private var log: Operation {
    let words = Notice.Priority.allCases.map { "\($0)" }
    return Operation(
      method: "GET", path: "/api/v1/log", group: "station",
      summary: "The station's lines, newest first, as 'skin2vec log' shows them",
      parameters: [
        .query("importance", .choice(words), "the least that is shown; info if left out"),
        .query("limit", .integer(1...1000), "100 if left out"),
        .query("before", .integer(0...(1 << 53)), "the `next` of the page before"),
      ],
      reply: .json(
        "Lines, and where the next page begins",
        .object([
          .init(
            "items",
            .list(
              .object([
                .init("number", .integer(0...(1 << 53))),
                .init("time_utc_us", .moment), .init("kind", .text()),
                .init("priority", .choice(words)),
                .init("text", .text(longest: 65_536), "in English, as it was logged"),
              ]))),
          .init("next", .nullable(.integer(0...(1 << 53)))),
        ])), problems: [.noDiary],
      act: { .json(try await lines($0)) })
  }

  private func lines(_ question: Question) async throws -> JSON {
    let limit = question.integer("limit") ?? 100
    let word = question.text("importance")
    let least = Notice.Priority.allCases.first { "\($0)" == word } ?? .info
    let rows = try await house.diary.rows(
      """
      SELECT notice, time_utc_us, kind, priority, text FROM v1_notice
      WHERE priority <= ? AND notice < ? ORDER BY notice DESC LIMIT ?
      """,
      [
        .integer(Int64(least.rawValue)), .integer(question.integer("before") ?? .max),
        .integer(limit + 1),
      ]
    ).rows
    let shown = rows.prefix(Int(limit))
    let items = shown.map { row -> JSON in
      let priority = row[3].integer.flatMap { Notice.Priority(rawValue: Int($0)) } ?? .info
      return [
        "number": row[0].json, "time_utc_us": row[1].json, "kind": row[2].json,
        "priority": .text("\(priority)"),
        "text": row[4].json,
      ]
    }
    let last = shown.last?[0].json ?? .null
    return ["items": .list(items), "next": rows.count > shown.count ? last : .null]
  }

  private var settings: Operation {
    Operation(
      method: "GET", path: "/api/v1/settings", group: "station",
      summary: "The configuration file as it is, and what the station says of it",
      reply: .json(
        "The file",
        .object([
          .init("path", .nullable(.text(longest: 4096)), "null for the built-in settings"),
          .init("text", .text(longest: 1_000_000), "YAML; what is secret stands in other files"),
          .init("state", .text(longest: 4096), "in the station's words"),
        ]))
    ) { _ in
      let file = house.settingsFile()
      return .json([
        "path": JSON(file.path), "text": .text(file.text),
        "state": .text(house.feed.status?.settings ?? ""),
      ])
    }
  }

  private var backups: Operation {
    Operation(
      method: "GET", path: "/api/v1/backups", group: "station",
      summary: "The copies of the diary that were proved and are kept",
      reply: .json(
        "Newest first",
        .object([
          .init("folder", .text(longest: 4096)),
          .init(
            "backups",
            .list(
              .object([
                .init("name", .text()), .init("bytes", .integer(0...(1 << 53))),
                .init("made_utc_us", .moment),
              ]))),
        ]))
    ) { _ in
      let folder = house.backups()
      return .json([
        "folder": .text(folder.path),
        "backups": .list(
          folder.copies.map { copy in
            [
              "name": .text(copy.name), "bytes": .integer(copy.bytes),
              "made_utc_us": .integer(copy.madeAt),
            ]
          }),
      ])
    }
  }
}

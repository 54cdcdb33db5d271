import Readings
import Store
import Wording

/// `skin2vec restore --salvage`: adds to the diary what can still be read of a damaged one.
struct Salvaging {
  var setup: Setup
  /// The damaged diary.
  var file: String

  func run(asJSON: Bool) async throws {
    let file = file
    let borrowing = Borrowing(setup: setup, borrower: "skin2vec restore")
    let salvage = try await borrowing.asWriter { store, stamp in
      let salvage = try await store.salvage(file)
      try await store.append(notice(salvage, stamp))
      return salvage
    }
    setup.desk.say(asJSON ? try salvage.json.indented() : words(salvage))
  }

  private func words(_ salvage: Salvage) -> String {
    "\(file): \(salvage.words { setup.local.dateTime($0) })"
  }

  private func notice(_ salvage: Salvage, _ stamp: Stamp) -> Notice {
    Notice(
      .diaryRestored, words(salvage), priority: .warning,
      fields: [
        .init("SALVAGED", file), .init("TAPS_RECOVERED", String(salvage.sessions)),
      ], stamp: stamp)
  }
}

extension Salvage {
  var json: JSON {
    [
      "added": .object(added.mapValues { .integer(Int64($0)) }), "refused": JSON(refused),
      "problem": JSON(problem),
      "missing": .list(
        missing.map { gap in
          [
            "table": .text(gap.table), "from_utc_us": JSON(gap.from?.microseconds),
            "to_utc_us": JSON(gap.to?.microseconds),
          ]
        }),
    ]
  }
}

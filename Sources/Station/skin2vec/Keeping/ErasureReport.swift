import Readings
import Store
import Wording

/// What an erasure did, here and in the copies, and what it left.
struct ErasureReport: Sendable {
  var erasure: Erasure
  var outcome: Erasure.Outcome
  /// What was done in the copies, where that was asked for.
  var copies: [(path: String, result: Result<Erasure.Outcome, any Error>)] = []
  /// Copies that hold it still.
  var holding: [String] = []
  /// Diaries that were moved aside, which may hold it.
  var aside: [String] = []

  var isProved: Bool {
    outcome.proof.isProved
      && copies.allSatisfy { copy in
        // A copy that could not be erased in is named below.
        (try? copy.result.get().proof.isProved) ?? false
      }
  }

  /// For the person who asked.
  var words: String {
    let proof = outcome.proof
    let erased = "erased: \(outcome.rows.inWords)"
    let search =
      proof.isProved
      ? "proved: of \(counted(proof.traces, "trace")) looked for in \(sizeInWords(proof.bytes)), "
        + "\(grouped(proof.foundBefore)) were there before and none is now"
      : "NOT proved: \(counted(proof.foundAfter, "trace")) of it can be found in the file still"
    return erased + "\n" + search
  }

  /// What is left to do, a line each.
  var remarks: [String] {
    let failed = copies.compactMap { copy -> String? in
      switch copy.result {
      case .success(let outcome):
        outcome.proof.isProved ? nil : "NOT proved in \(copy.path): delete it with 'rm'"
      case .failure(let error): "holds it still: \(copy.path) (\(error))"
      }
    }
    return failed
      + holding.map {
        "holds it still: \($0); --backups erases it there too, or delete it with 'rm'"
      }
      + aside.map { "may hold it: \($0); delete it with 'rm'" }
  }

  /// That it was done, and of which dates; never what.
  func notice(at stamp: Stamp) -> Notice {
    let dates = erasure.dates.map { " of \($0.lowerBound) to \($0.upperBound)" } ?? ""
    return Notice(
      .erased,
      "readings\(dates) were erased" + (outcome.proof.isProved ? ", and that is proved" : ""),
      priority: .notice, fields: [.init("ROWS", String(outcome.total))], stamp: stamp)
  }

  var json: JSON {
    [
      "rows": outcome.rows.json, "proved": .bool(isProved),
      "traces": JSON(outcome.proof.traces), "found_before": JSON(outcome.proof.foundBefore),
      "found_after": JSON(outcome.proof.foundAfter),
      "searched_bytes": JSON(outcome.proof.bytes),
      "copies": .list(
        copies.map { copy in
          let outcome = try? copy.result.get()
          return [
            "path": .text(copy.path), "proved": .bool(outcome?.proof.isProved ?? false),
            "rows": outcome?.rows.json ?? .null,
          ]
        }), "holding": .list(holding.map { .text($0) }), "aside": .list(aside.map { .text($0) }),
    ]
  }
}

extension Erasure {
  /// What is to go, for a person.
  var words: String {
    let whose = person.map { " of \($0.rawValue.printable)" } ?? ""
    if isOfWholePerson { return "everything\(whose)" }
    let names = Part.allCases.filter(parts.contains).map(\.rawValue).joined(separator: ", ")
    let when = dates.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
    return names + whose + when
  }
}

extension [String: Int] {
  /// Rows by table, for a person.
  var inWords: String {
    isEmpty
      ? "nothing there"
      : sorted { $0.key < $1.key }.map { "\($1) of \($0)" }.joined(separator: ", ")
  }

  var json: JSON { .object(mapValues { JSON($0) }) }
}

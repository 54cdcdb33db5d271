import Readings
import Store
import Wording

/// What a recomputation came to, for a person and for a program.
struct RecomputationPage {
  var recomputation: Recomputation
  var isRehearsal: Bool

  func lines(_ paint: Paint) -> [String] {
    let counts = recomputation.changes.counts
    var lines = [paint.bold(headline)]
    if !recomputation.changes.isEmpty {
      let width = counts.map { "\($0.count)".count }.max() ?? 1
      lines += counts.filter { $0.count > 0 }.map { name, count in
        let number = "\(count)"
        return "  " + String(repeating: " ", count: width - number.count) + number + " "
          + Self.words(name)
      }
      lines += recomputation.examples.map { example in
        "  \(example.place.printable): \(example.before.printable) → \(example.after.printable)"
      }
    }
    lines.append("digest before  \(recomputation.before)")
    lines.append("digest after   \(recomputation.after)")
    return lines
  }

  private var headline: String {
    let from = recomputation.since.map { " from \($0) on" } ?? ""
    let changes = recomputation.changes.isEmpty
    if isRehearsal {
      return changes
        ? "nothing would change\(from); nothing was written"
        : "this would change\(from); nothing was written:"
    }
    return changes
      ? "everything worked out anew\(from): nothing changed" : "worked out anew\(from), changed:"
  }

  /// What is counted, in words.
  private static func words(_ name: String) -> String {
    switch name {
    case "touches": "values of touches"
    case "air_values": "values of the air"
    case "hours": "hours of the air, a channel each"
    case "days": "days of the air, a channel each"
    case "slot_values": "slot values"
    case "comparisons": "comparisons of slot values"
    default: name
    }
  }

  var json: JSON {
    [
      "dry_run": JSON(isRehearsal),
      "since": JSON(recomputation.since?.description),
      "changes": .object(
        Dictionary(
          uniqueKeysWithValues: recomputation.changes.counts.map {
            ($0.name, .integer(Int64($0.count)))
          })),
      "examples": .list(
        recomputation.examples.map {
          ["place": .text($0.place), "before": .text($0.before), "after": .text($0.after)]
        }),
      "digest_before": .text(recomputation.before.description),
      "digest_after": .text(recomputation.after.description),
    ]
  }
}

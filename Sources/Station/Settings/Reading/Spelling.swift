/// Finds what somebody probably meant.
package enum Spelling {
  /// The candidate nearest to a word, where one is near enough to be worth naming.
  ///
  /// Near enough is a third of the longer word's letters, and at least one: `evry` is `every`,
  /// `colour` is not `cheek`.
  package static func nearest(
    to word: String, among candidates: some Sequence<String>
  ) -> String? {
    // A line that went astray is no word that was misspelt, and comparing it would take its time.
    guard word.utf8.count <= 100 else { return nil }
    let scored = candidates.map { ($0, distance(word.lowercased(), $0.lowercased())) }
    guard let best = scored.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(1, max(word.count, best.0.count) / 3) ? best.0 : nil
  }

  /// What to write instead: the nearest candidate, or all of them.
  package static func hint(for word: String, among candidates: [String]) -> String {
    if let nearest = nearest(to: word, among: candidates) { return "did you mean `\(nearest)`?" }
    return "use \(alternatives(candidates))"
  }

  /// Words in a row: `a, b or c`.
  static func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Letters to insert, drop, replace or swap with their neighbour to turn one word into another.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}

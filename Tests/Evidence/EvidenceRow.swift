/// One figure of the page: what was measured, beside what simpler methods give.
struct EvidenceRow: Sendable {
  /// `G1`.
  var goal: String
  /// What is measured, with its unit.
  var measure: String
  /// Where: `home, 365 d, φ 0.5`.
  var cell: String
  var ours: Double
  /// Simpler methods on the same subjects.
  var naive: [(name: String, value: Double)] = []
  /// The goal in words: `≤ 0.10`.
  var target: String
  /// Nil where the row is for comparison only.
  var isMet: Bool?
  var subjects: Int
}

import FoundationEssentials

/// What one campaign came to: a row of `Tests/RELIABILITY.md`.
struct Outcome: Codable, Sendable {
  /// What the station promises, in one sentence.
  var promise: String
  /// How the campaign tries to break it, in one sentence.
  var how: String
  /// How often it was tried.
  var tried: Int
  /// What was tried, in the plural: `power cuts`.
  var unit: String
  /// How often the promise was broken.
  var lost: Int
  /// How long it took.
  var seconds: Double
  /// The command that repeats it, from the top of a checkout.
  var command: String
  /// What came out of the same campaign with a defect planted, which must be noticed.
  var planted: String?
  /// Further figures, each a sentence without a full stop.
  var details: [String] = []

  /// Prints the outcome as the campaign's script reads it.
  ///
  /// - Throws: an `EncodingError` for a number that JSON cannot hold.
  func report() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print("outcome: " + String(decoding: try encoder.encode(self), as: UTF8.self))
  }
}

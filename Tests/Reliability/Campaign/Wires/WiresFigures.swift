/// What the oracle found in one run, or in several together.
struct WiresFigures {
  var transfers = 0
  // Values of the air.
  var values = 0
  var flagged = 0
  var wrong = 0
  var worstError = 0.0
  // Samples.
  var samples = 0
  var absentInFault = 0
  var unexplained = 0
  var missingRows = 0
  var offSchedule = 0
  var worstDeviation: Int64 = 0
  var worstDeviationInFault: Int64 = 0
  // Returns, by kind and part.
  var returns = 0
  var lateReturns = 0
  var worstReturns: [String: Double] = [:]
  // Touches.
  var touches = 0
  var accepted = 0
  var refused = 0
  var wrongTouches = 0
  var halfTouches = 0
  var unexplainedTouches = 0
  /// The first few of whatever was found, in words.
  var findings: [String] = []

  mutating func find(_ words: @autoclosure () -> String) {
    if findings.count < 40 { findings.append(words()) }
  }

  mutating func note(_ seconds: Double, of kind: String, limit: Double) {
    returns += 1
    worstReturns[kind] = max(worstReturns[kind] ?? 0, seconds)
    guard seconds > limit else { return }
    lateReturns += 1
    find("\(kind): \(seconds) s")
  }

  var lostSamples: Int { unexplained + missingRows + offSchedule }
  var lostTouches: Int { wrongTouches + halfTouches + unexplainedTouches }

  mutating func add(_ other: WiresFigures) {
    for path in Self.sums { self[keyPath: path] += other[keyPath: path] }
    worstError = max(worstError, other.worstError)
    worstDeviation = max(worstDeviation, other.worstDeviation)
    worstDeviationInFault = max(worstDeviationInFault, other.worstDeviationInFault)
    worstReturns.merge(other.worstReturns) { max($0, $1) }
    findings = Array((findings + other.findings).prefix(40))
  }

  private static var sums: [WritableKeyPath<WiresFigures, Int>] {
    [
      \.transfers, \.values, \.flagged, \.wrong, \.samples, \.absentInFault, \.unexplained,
      \.missingRows, \.offSchedule, \.returns, \.lateReturns, \.touches, \.accepted, \.refused,
      \.wrongTouches, \.halfTouches, \.unexplainedTouches,
    ]
  }
}

package import Curves

/// How much an effect has shown of itself.
package enum Evidence: String, Hashable, Sendable, Codable, Comparable {
  /// The data do not speak for an effect.
  case none
  /// It stands out among all pairs that were looked at; one in twenty may be a chance find.
  case hint
  /// The first half of the diary says it, and the second half says it again.
  case replicated
  /// It was tossed a coin for.
  case randomised

  private var rank: Int {
    switch self {
    case .none: 0
    case .hint: 1
    case .replicated: 2
    case .randomised: 3
    }
  }

  /// In Chinese.
  package var chinese: String {
    switch self {
    case .none: "无证据"
    case .hint: "初步提示"
    case .replicated: "前后两半各自重现"
    case .randomised: "随机试验"
    }
  }

  package static func < (a: Evidence, b: Evidence) -> Bool { a.rank < b.rank }
}

/// What one kind of event does to one outcome, as far as the diary can say.
package struct Effect: Sendable, Codable {
  /// `skin.moisture at cheek`.
  package var outcome: String
  package var event: String
  /// At its strongest, for a whole dose, in the person's own SD.
  package var peak: Estimate
  /// Summed over all days after a whole dose, in own SD times days.
  package var cumulative: Estimate
  /// The person's own SD, in the outcome's unit.
  package var deviation: Double
  package var unit: String
  /// Readings, and events, it rests on.
  package var readings: Int
  package var occasions: Int
  package var adjustedFor: [String]
  /// The probability of each delay 0, 1, 2, 3 days, if there is an effect.
  package var delays: [Double]
  /// The probability of each decay 1, 2, 3, 5 days, if there is an effect.
  package var decays: [Double]
  /// How often as much would show without any effect, over all kernels at once.
  package var p: Double
  /// The same, held to a false-discovery rate over all pairs.
  package var q: Double
  /// The effect in each half of the diary alone, at its strongest, with 80 % intervals; nil where a half
  /// is too short.
  package var halves: [Estimate]?
  /// The smallest effect at its strongest, in own SD, that these data would show four times in five.
  package var detectable: Double
  package var evidence: Evidence

  /// At its strongest, in the outcome's unit.
  package var inUnits: Estimate { peak.scaled(by: deviation) }
}

/// What can be said of one outcome and one kind of event.
package struct EffectAnswer: Sendable {
  package var outcome: String
  package var event: String
  package var result: Result<Effect, Silence>
}

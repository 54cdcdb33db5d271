package import Readings

/// One answer of an analysis as it is kept: a sentence, its number with the interval, or why there is none.
package struct Finding: Hashable, Sendable, Codable {
  /// `effects`, `trials`, `humidity`, `watch`, `products`, `what-if`, `forecast`.
  package var analysis: String
  package var person: String
  /// What it is about: `skin.moisture at cheek after late_night`.
  package var subject: String
  /// What a person reads.
  package var sentence: String
  /// The same in Chinese.
  package var chinese: String
  /// Whether something is claimed.
  package var isClaim: Bool
  /// Nil where nothing can be said.
  package var value: Double?
  package var low: Double?
  package var high: Double?
  /// The interval's level: 0.9.
  package var level: Double?
  package var unit: String
  /// Readings it rests on.
  package var readings: Int
  /// `none`, `hint`, `replicated`, `randomised`; nil where it does not apply.
  package var evidence: String?
  package var adjustedFor: [String]
  /// Why there is no number; nil where there is one.
  package var silence: String?
  /// What else explains it, a name and a number or a text each.
  package var details: [Detail]

  /// One more figure behind a finding.
  package struct Detail: Hashable, Sendable, Codable {
    package var name: String
    package var text: String

    package init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Where there is no `chinese` sentence, the English one stands for it.
  package init(
    analysis: String, person: String, subject: String, sentence: String, chinese: String? = nil,
    isClaim: Bool = false, value: Double? = nil, low: Double? = nil, high: Double? = nil,
    level: Double? = nil,
    unit: String = "", readings: Int = 0, evidence: String? = nil, adjustedFor: [String] = [],
    silence: String? = nil, details: [Detail] = []
  ) {
    self.analysis = analysis
    self.person = person
    self.subject = subject
    self.sentence = sentence
    self.chinese = chinese ?? sentence
    self.isClaim = isClaim
    self.value = value
    self.low = low
    self.high = high
    self.level = level
    self.unit = unit
    self.readings = readings
    self.evidence = evidence
    self.adjustedFor = adjustedFor
    self.silence = silence
    self.details = details
  }
  /// What a person reads.
  package func sentence(in language: Language) -> String {
    switch language {
    case .english: sentence
    case .simplifiedChinese: chinese
    }
  }
}

internal import Readings

/// What was asked of a diary, and how: written down before the answers, so that none can be picked after.
package struct AnalysisPlan: Hashable, Sendable {
  /// Raised whenever the same diary could give another number.
  package static let modelVersion = "1"

  /// Analyses, outcomes, events and limits, in one text.
  package var text: String

  package init(text: String) { self.text = text }

  /// The fingerprint of the text and the model's version, in hexadecimal digits.
  package var hash: String {
    var fingerprint = Fingerprint()
    fingerprint.add("\(Self.modelVersion)\n\(text)".utf8)
    return fingerprint.bits.hexadecimal(digits: 16)
  }
}

/// What was asked of a diary, and how: written down before the answers, so that none can be picked after.
package struct AnalysisPlan: Hashable, Sendable {
  /// Raised whenever the same diary could give another number.
  package static let modelVersion = "1"

  /// Analyses, outcomes, events and limits, in one text.
  package var text: String

  package init(text: String) { self.text = text }

  /// 64 bits of FNV-1a over the text and the model's version, in hexadecimal digits.
  package var hash: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in "\(Self.modelVersion)\n\(text)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

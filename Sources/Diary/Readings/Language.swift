/// A language that pages and pictures speak.
package enum Language: String, Hashable, Sendable, Codable, CaseIterable {
  case english = "en"
  case simplifiedChinese = "zh-Hans"
}

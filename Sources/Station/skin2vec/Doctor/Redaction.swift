import Readings
import Settings

/// Takes out of a text what says who somebody is.
struct Redaction: Hashable, Sendable {
  /// What stands for what: `anna` for `person-1`; longer words first.
  private let words: [(word: [Character], stand: String)]

  /// Knows the names of a house.
  ///
  /// - Parameters:
  ///   - people: Everybody's name, in the order of their numbers.
  ///   - sites: Every place's name, in the order of their numbers.
  ///   - serials: Parts' serial numbers.
  ///   - others: More words, with what stands for them: the host's name.
  init(
    people: [String], sites: [String], serials: [String] = [], others: [(String, String)] = []
  ) {
    var pairs = people.enumerated().map { ($1, "person-\($0 + 1)") }
    pairs += sites.enumerated().map { ($1, "site-\($0 + 1)") }
    pairs += serials.map { ($0, Self.cut(serial: $0)) } + others
    words = pairs.filter { !$0.0.isEmpty }
      .sorted { ($0.0.count, $1.0) > ($1.0.count, $0.0) }
      .map { (Array($0.0.lowercased()), $0.1) }
  }

  static func == (a: Redaction, b: Redaction) -> Bool {
    a.words.elementsEqual(b.words) { $0.word == $1.word && $0.stand == $1.stand }
  }

  func hash(into hasher: inout Hasher) { for word in words { hasher.combine(word.word) } }

  /// What stands for a name, or the word for somebody unknown.
  func stand(for name: String) -> String {
    let name = Array(name.lowercased())
    return words.first { $0.word == name }?.stand ?? "unknown"
  }

  /// The text without names, home folders and serial numbers.
  func apply(to text: String) -> String {
    withoutSerials(withoutHomes(withoutNames(text)))
  }

  /// The last four digits of a serial number, or none of a short one.
  static func cut(serial: String) -> String {
    serial.count > 4 ? "…" + serial.suffix(4) : "…"
  }

  /// Whole words only, in capitals or not: `Anna's` is hers, `banana` is not.
  private func withoutNames(_ text: String) -> String {
    let characters = Array(text)
    let lower = characters.map { Character($0.lowercased().first.map(String.init) ?? String($0)) }
    var result = ""
    var index = 0
    while index < characters.count {
      let isStart = index == 0 || !lower[index - 1].isOfWord
      let match = isStart ? words.first { matches($0.word, in: lower, at: index) } : nil
      if let match {
        result += match.stand
        index += match.word.count
      } else {
        result.append(characters[index])
        index += 1
      }
    }
    return result
  }

  private func matches(_ word: [Character], in text: [Character], at index: Int) -> Bool {
    let end = index + word.count
    guard end <= text.count, text[index..<end].elementsEqual(word) else { return false }
    return end == text.count || !text[end].isOfWord
  }

  /// `/home/anna/diary.sqlite` becomes `~/diary.sqlite`.
  private func withoutHomes(_ text: String) -> String {
    var text = text
    for root in ["/home/", "/media/", "/run/user/", "/Users/"] {
      let parts = text.split(separator: root, omittingEmptySubsequences: false)
      text = parts.enumerated().map { index, part in
        index == 0 ? String(part) : String(part.drop { !$0.endsPathStep })
      }.joined(separator: "~")
    }
    return text.replacing("/root/", with: "~/")
  }

  /// Cuts whatever follows the word `serial`, of parts that are long gone too.
  private func withoutSerials(_ text: String) -> String {
    let parts = text.split(separator: "serial ", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      guard index > 0 else { return String(part) }
      let serial = part.prefix { $0.isLetter || $0.isNumber }
      // Words that follow are longer than no serial number, but have no digit.
      guard serial.contains(where: \.isNumber) else { return String(part) }
      return Self.cut(serial: String(serial)) + part.dropFirst(serial.count)
    }.joined(separator: "serial ")
  }
}

extension Character {
  fileprivate var isOfWord: Bool { isLetter || isNumber || self == "_" }
  fileprivate var endsPathStep: Bool { self == "/" || isWhitespace || "\"':,;)]}".contains(self) }
}

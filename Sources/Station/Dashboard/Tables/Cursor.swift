/// Where a list goes on: from a key on, without the rows of that key that were given already.
///
/// `2026-11-29.3`, or `1790000000000000.1`. Any such text is one; where there is no such key, the list
/// goes on with the next.
struct Cursor: Hashable, Sendable {
  /// A local date, or a whole number.
  var key: String
  var given: Int

  init(key: String, given: Int) {
    self.key = key
    self.given = given
  }

  init?(_ text: String) {
    let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(pieces.count), Self.isKey(pieces[0]) else { return nil }
    key = String(pieces[0])
    guard pieces.count == 2 else {
      given = 0
      return
    }
    guard (1...6).contains(pieces[1].count), Self.isNumber(pieces[1]), let number = Int(pieces[1])
    else { return nil }
    given = number
  }

  private static func isKey(_ text: Substring) -> Bool {
    if (1...17).contains(text.count), isNumber(text) { return true }
    let pieces = text.split(separator: "-", omittingEmptySubsequences: false)
    return pieces.count == 3 && pieces.map(\.count) == [4, 2, 2] && pieces.allSatisfy(isNumber)
  }

  private static func isNumber(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  var text: String { given == 0 ? key : "\(key).\(given)" }
}

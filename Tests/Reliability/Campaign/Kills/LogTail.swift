import Foundation

/// What stands at the end of a diary's log: whether a writer died in the middle of a transaction.
enum LogTail {
  /// Counts frames behind the last commit that belong to the log's present round.
  ///
  /// Source: sqlite.org/walformat.html.
  ///
  /// - Parameter log: The path of the `-wal` file.
  /// - Returns: 0 where the last transaction is whole.
  static func framesWithoutCommit(_ log: String) -> Int {
    guard let bytes = FileManager.default.contents(atPath: log), bytes.count > 32 else { return 0 }
    let page = Int(number(bytes, 8))
    let salts = bytes[16..<24]
    var (place, open) = (32, 0)
    while page > 0, place + 24 <= bytes.count, bytes[place + 8..<place + 16].elementsEqual(salts) {
      open = number(bytes, place + 4) == 0 ? open + 1 : 0
      place += 24 + page
    }
    return open
  }

  private static func number(_ bytes: Data, _ place: Int) -> UInt32 {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

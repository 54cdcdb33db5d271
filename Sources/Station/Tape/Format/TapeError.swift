package import Bus

/// Why a tape cannot be played.
package enum TapeError: Error, Hashable, Sendable {
  case noTape
  case version(String, known: Int)
  case altered(where: String)
  /// The station asked for something else than when it was taped.
  case diverged(track: String, at: BootInstant, expected: String, found: String)
  /// The tape was made under another schema of the diary.
  case schema(Int, known: Int)
  case system(path: String, call: String, code: Int32)
  /// Nothing was heard.
  case empty
  /// What a station needs to be started with it is not on it any more.
  case torn
}

extension TapeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noTape: "this is no tape: 'skin2vecd --record FILE' makes one"
    case .version(let version, let known):
      "the tape has format \(version) and this program plays \(known): play it with the program "
        + "that made it"
    case .altered(let place):
      "the tape was altered or damaged \(place): fetch it again from where it was made"
    case .diverged(let track, let time, let expected, let found):
      "the tape does not fit at \(time.microseconds) µs since boot, on track '\(track)': it has "
        + "\(expected), and the station \(found); play it with the program that made it"
    case .schema(let version, let known):
      "the tape is of a program with diary schema \(version), this one has \(known): play it with "
        + "the program that made it"
    case .system(let path, let call, let code): "\(path): \(call): errno \(code)"
    case .empty: "there is nothing on the tape"
    case .torn:
      "the tape has lost its beginning, or a part was gone all the time: it can only be looked at; "
        + "start the station anew and tape it with 'skin2vecd --record FILE'"
    }
  }
}

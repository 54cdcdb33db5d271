import Acquisition
import Glibc
import Readings
import Store

extension Desk {
  /// Goes on where it was agreed to beforehand, or now at the terminal.
  ///
  /// - Parameters:
  ///   - isAgreed: Whether `--yes` was given.
  ///   - words: What would be done.
  /// - Throws: `Failure` where nobody agreed.
  func require(_ isAgreed: Bool, _ words: String) throws {
    if isAgreed { return }
    guard let ask else {
      throw Failure(.usage, words, hint: "say --yes to do it, or --dry-run to look")
    }
    guard ask("\(words). Go on? [y/N] ") else {
      throw Failure(.usage, "nothing was changed", hint: "say yes, or --yes, to go on")
    }
  }

  /// Says what a notice says.
  func tell(_ notice: Notice, asJSON: Bool) throws {
    guard asJSON else { return say(notice.text) }
    let fields = notice.fields.map { ($0.name.lowercased(), JSON.text($0.value) as JSON) }
    say(
      try JSON.object(
        Dictionary(uniqueKeysWithValues: fields)
          .merging(["message": .text(notice.text)]) { a, _ in a }
      ).indented())
  }

  /// Asks at the terminal; nil where there is none.
  static var question: (@Sendable (String) -> Bool)? {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    return { words in
      // A terminal that is gone will not agree.
      _ = Glibc.write(STDERR_FILENO, words, words.utf8.count)
      let answer = readLine()?.lowercased() ?? ""
      return answer == "y" || answer == "yes"
    }
  }
}

extension Setup {
  /// Opens the diary as its writer, by this desk's clock.
  func ownWriter() async throws -> Store {
    try await writer(TimeKeeper(clock: desk.clock))
  }
}

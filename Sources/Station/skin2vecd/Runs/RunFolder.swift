import FoundationEssentials
import Glibc
import Journal

/// The folder in which a run leaves word for the next one.
///
/// systemd makes it in memory and keeps it after a stop (`RuntimeDirectoryPreserve=yes`), so it is
/// gone only once the board was off.
struct RunFolder: Sendable {
  let path: String

  /// The unit's, as systemd names it in $RUNTIME_DIRECTORY; nil outside of a unit.
  static var ofUnit: RunFolder? {
    environmentVariable("RUNTIME_DIRECTORY")?.split(separator: ":").first
      .map { RunFolder(path: String($0)) }
  }

  /// How a run ended, as systemd tells the unit's `ExecStopPost=` (systemd.exec(5)).
  struct End: Hashable, Sendable {
    /// What $SERVICE_RESULT says: `watchdog`, `oom-kill`, `signal` and others.
    var result: String
    /// What $EXIT_STATUS says: the name of a signal, or a number.
    var status: String
  }

  /// What a run that the watchdog ended has left.
  struct Word: Hashable, Sendable {
    /// What hung, in words.
    var hung: [String] = []
  }

  private var endsFile: String { path + "/ended" }
  private var wordFile: String { path + "/hung" }
  /// Starts that fail leave word too, every few seconds for as long as it lasts.
  private static let mostBytes = 16 * 1024

  /// Adds how a run ended; a good end is none to tell of.
  func note(_ end: End) {
    guard end.result != "success" else { return }
    append("\(end.result) \(end.status)\n", to: endsFile)
  }

  /// Keeps what hung, unless an earlier run has left word that nobody has read.
  func note(_ word: Word) {
    guard access(wordFile, F_OK) != 0 else { return }
    let hung = word.hung.map { $0.replacing("\n", with: " ") + "\n" }.joined()
    append(hung.isEmpty ? "\n" : hung, to: wordFile)
  }

  /// Reads how the runs before this one ended, oldest first, and what the first of them left.
  func read() -> (ends: [End], word: Word?) {
    let ends = lines(of: endsFile).map { line in
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      return End(result: words.first ?? "", status: words.count > 1 ? words[1] : "")
    }
    let isWordThere = access(wordFile, F_OK) == 0
    return (ends, isWordThere ? Word(hung: lines(of: wordFile)) : nil)
  }

  /// Removes what was read.
  func clear() {
    unlink(endsFile)
    unlink(wordFile)
  }

  private func append(_ text: String, to file: String) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard lseek(descriptor, 0, SEEK_END) < Self.mostBytes else { return }
    let bytes = Array(text.utf8)
    // A word that cannot be left is missed, and nothing else.
    _ = write(descriptor, bytes, bytes.count)
  }

  private func lines(of file: String) -> [String] {
    guard let data = FileManager.default.contents(atPath: file) else { return [] }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

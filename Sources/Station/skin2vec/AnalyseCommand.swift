import ArgumentParser
import Glibc

/// `skin2vec analyse`: hands over to skin2vec-analyse, a program of its own.
///
/// What the analyses calculate with is linked there: the other commands start without it.
struct AnalyseCommand: StationCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "What the diary can prove, with how sure it is, or why nothing can be said.",
    discussion: """
      Runs skin2vec-analyse, which lies beside this program; 'skin2vec analyse --help' is its own.

      Examples:
        skin2vec analyse
        skin2vec analyse effects --json
        skin2vec analyse --explain 3
      """)

  @Argument(parsing: .captureForPassthrough, help: "What is asked, and how.")
  var arguments: [String] = []

  /// The program of the analyses.
  static let program = "skin2vec-analyse"

  func perform(at desk: Desk) async throws -> ExitStatus {
    let words = [Self.program] + arguments
    for path in Self.places {
      // Only returns where it cannot be run.
      withCStrings(words) { _ = execv(path, $0) }
      guard errno == ENOENT || errno == ENOTDIR || errno == EACCES else {
        throw Failure(.unavailable, "\(path) cannot be run: \(String(cString: strerror(errno)))")
      }
    }
    throw Failure(
      .unavailable, "the analyses are not installed: there is no \(Self.program)",
      hint:
        "put \(Self.program) beside skin2vec: 'swift build -c release --product \(Self.program)'")
  }

  /// Beside this program, then where programs are installed.
  private static var places: [String] {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let usual = ["/usr/local/bin/", "/usr/bin/"].map { $0 + program }
    guard length > 0 else { return usual }
    // A character is signed here and unsigned on arm64.
    let own = String(
      decoding: buffer.prefix(length).map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return [folder.joined(separator: "/") + "/" + program] + usual
  }

  /// The words as C has them, with a null behind.
  private func withCStrings(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Void
  ) {
    var pointers = words.map { strdup($0) } + [nil]
    body(&pointers)
    for pointer in pointers { free(pointer) }
  }
}

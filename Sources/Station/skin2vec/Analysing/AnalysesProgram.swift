import Glibc

/// skin2vec-analyse, a program of its own.
///
/// What the analyses calculate with is linked there: the other commands start without it.
enum AnalysesProgram {
  private static let name = "skin2vec-analyse"

  /// Becomes that program; returns only where it cannot be run, with why.
  static func handOver(_ command: String, _ arguments: [String]) -> Failure {
    let words = [name, command] + arguments
    for path in places {
      // Only returns where it cannot be run.
      withCStrings(words) { _ = execv(path, $0) }
      guard errno == ENOENT || errno == ENOTDIR || errno == EACCES else {
        return Failure(.unavailable, "\(path) cannot be run: \(String(cString: strerror(errno)))")
      }
    }
    return Failure(
      .unavailable, "the analyses are not installed: there is no \(name)",
      hint: "put \(name) beside skin2vec: 'swift build -c release --product \(name)'")
  }

  /// Beside this program, then where programs are installed.
  private static var places: [String] {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let usual = ["/usr/local/bin/", "/usr/bin/"].map { $0 + name }
    guard length > 0 else { return usual }
    // A character is signed here and unsigned on arm64.
    let own = String(
      decoding: buffer.prefix(length).map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return [folder.joined(separator: "/") + "/" + name] + usual
  }

  /// The words as C has them, with a null behind.
  private static func withCStrings(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Void
  ) {
    var pointers = words.map { strdup($0) } + [nil]
    body(&pointers)
    for pointer in pointers { free(pointer) }
  }
}

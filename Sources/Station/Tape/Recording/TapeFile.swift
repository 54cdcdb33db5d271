import Glibc

/// A tape on its way into a file, stretch by stretch.
package final class TapeFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Makes the file; only its owner may read it, and nothing that is there is overwritten.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - header: What the tape begins with.
  /// - Throws: `TapeError.system`
  package init(path: String, _ header: TapeHeader) throws(TapeError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .system(path: path, call: "make the tape", code: errno)
    }
    try write(Tape.opening(header))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds a stretch.
  package func append(_ chunk: Chunk) throws(TapeError) { try write(Tape.block(chunk)) }

  private func write(_ bytes: [UInt8]) throws(TapeError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(path: path, call: "write the tape", code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}

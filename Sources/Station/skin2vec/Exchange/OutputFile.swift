import Glibc
import Synchronization

/// A file that is there whole or not at all, or standard output.
final class OutputFile: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var descriptor: CInt
    var isDone = false
  }

  private static let block = 1 << 16
  private let path: String?
  private let temporary: String
  private let state: Mutex<State>

  /// Opens standard output, or a file of another name beside the one that is to be.
  ///
  /// - Parameter path: The file; nil for standard output.
  /// - Throws: `Failure`
  init(path: String?) throws(Failure) {
    self.path = path
    temporary = (path ?? "") + ".\(getpid()).part"
    var descriptor = STDOUT_FILENO
    if path != nil {
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw Self.failure(temporary, hint: "name a file in a folder that may be written")
      }
    }
    state = Mutex(State(descriptor: descriptor))
    state.withLock { $0.bytes.reserveCapacity(2 * Self.block) }
  }

  deinit {
    state.withLock { state in
      guard path != nil, !state.isDone else { return }
      close(state.descriptor)
      unlink(temporary)
    }
  }

  /// Writes text, sooner or later.
  func write(_ text: String) throws {
    try state.withLock { state in
      state.bytes.append(contentsOf: text.utf8)
      if state.bytes.count >= Self.block { try flush(&state) }
    }
  }

  /// Writes bytes, sooner or later, and takes them out of the array.
  func write(_ bytes: inout [UInt8]) throws {
    try state.withLock { state in
      state.bytes.append(contentsOf: bytes)
      if state.bytes.count >= Self.block { try flush(&state) }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes what is left; a file gets to the disk, and then its name.
  func finish() throws {
    try state.withLock { state in
      try flush(&state)
      guard let path else { return }
      guard fsync(state.descriptor) == 0, close(state.descriptor) == 0,
        rename(temporary, path) == 0
      else { throw Self.failure(path, hint: nil) }
      state.isDone = true
    }
  }

  private func flush(_ state: inout State) throws {
    var done = 0
    while done < state.bytes.count {
      let count = state.bytes.withUnsafeBytes { bytes in
        Glibc.write(state.descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        // A reader that has seen enough, as `head`, is no fault.
        if path == nil, errno == EPIPE { throw ReaderGone() }
        throw Self.failure(path ?? "standard output", hint: nil)
      }
    }
    state.bytes.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String, hint: String?) -> Failure {
    Failure(.cannotCreate, "\(path): \(String(cString: strerror(errno)))", hint: hint)
  }
}

/// Whoever read standard output has ended.
struct ReaderGone: Error {}

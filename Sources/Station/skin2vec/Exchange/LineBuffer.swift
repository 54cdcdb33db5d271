import Glibc

/// Bytes of a line or of a field, valid until the next record is read.
typealias Bytes = UnsafeBufferPointer<UInt8>

/// A file or standard input, read a block at a time into one buffer that is used again.
final class LineBuffer {
  /// A longer line is refused, and read over without being kept.
  static let longestLine = 1 << 20
  private static let block = 1 << 20

  /// As errors name it.
  let path: String
  private let descriptor: CInt
  /// Room for a longest line and a block behind it.
  private let memory: UnsafeMutablePointer<UInt8>
  private static let capacity = longestLine + block
  /// Where the bytes that were not taken yet begin and end.
  private(set) var start = 0
  private(set) var end = 0
  private(set) var isAtEnd = false

  /// Opens a file; `-` is standard input.
  ///
  /// - Parameter path: Where it is.
  /// - Throws: `Failure`
  init(path: String) throws(Failure) {
    self.path = path == "-" ? "standard input" : path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(
        .noDiary, "\(path): \(String(cString: strerror(errno)))",
        hint: "name a file that may be read, or - for standard input")
    }
    memory = .allocate(capacity: Self.capacity)
  }

  deinit {
    memory.deallocate()
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// The bytes that were not taken yet.
  var bytes: Bytes { Bytes(start: memory + start, count: end - start) }

  /// Passes over the first so many bytes.
  func take(_ count: Int) { start += count }

  /// Reads more behind what is there.
  ///
  /// - Returns: False where nothing more comes, or no more fits.
  /// - Throws: `Failure` where the file cannot be read.
  func fill() throws(Failure) -> Bool {
    if isAtEnd { return false }
    if start > 0 {
      memory.update(from: memory + start, count: end - start)
      end -= start
      start = 0
    }
    guard end < Self.capacity else { return false }
    while true {
      let count = read(descriptor, memory + end, min(Self.block, Self.capacity - end))
      if count > 0 {
        end += count
        return true
      }
      if count == 0 {
        isAtEnd = true
        return false
      }
      guard errno == EINTR else {
        throw Failure(.inputOutput, "\(path): \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Passes over everything up to the next line end, however far away it is.
  func skipLine() throws(Failure) {
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        take(end + 1)
        return
      }
      take(bytes.count)
      guard try fill() else { return }
    }
  }
}

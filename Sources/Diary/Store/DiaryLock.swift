import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The lock that makes one process at a time the diary's writer: `flock` on `<diary>.lock`.
///
/// The file holds the writer's process id as long as it runs, and is empty after a clean close:
/// anything in a file that nobody holds says that the last writer was killed, or lost its power. It
/// is on the disk before the writer writes, or the power could take the word of it too.
final class DiaryLock: Sendable {
  /// Nil once released.
  private let descriptor: Mutex<Int32?>
  /// Whether the last writer closed the diary itself.
  let lastCloseWasClean: Bool

  /// Takes the lock, or says who has it.
  ///
  /// - Parameter diary: The path of the diary itself.
  /// - Throws: `StoreError`
  init(diary: String) throws(StoreError) {
    let path = diary + ".lock"
    let isNew = !FileCalls.exists(path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      let code = errno
      let kind: StoreError.Kind = code == ENOSPC ? .full : .readOnly
      throw StoreError(
        kind, path: path, operation: "open the lock file", detail: String(cString: strerror(code)))
    }
    let holder = Self.process(in: descriptor)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StoreError(.inUse(process: holder), path: diary, operation: "open the diary")
    }
    lastCloseWasClean = Self.isEmpty(descriptor)
    self.descriptor = Mutex(descriptor)
    Self.write("\(getpid())\n", to: descriptor)
    fsync(descriptor)
    // Where a folder cannot be synced the lock holds all the same.
    if isNew { try? FileCalls.sync(FileCalls.folder(of: path)) }
  }

  deinit { descriptor.withLock { if let descriptor = $0 { close(descriptor) } } }

  /// Lets the next writer in, and notes that the diary was closed in order.
  func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      Self.write("", to: open)
      close(open)
      descriptor = nil
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    // The number is for people and for the check at the next start; the lock holds without it.
    guard ftruncate(descriptor, 0) == 0 else { return }
    _ = pwrite(descriptor, text, text.utf8.count, 0)
  }

  private static func isEmpty(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    return pread(descriptor, &byte, 1, 0) <= 0
  }

  private static func process(in descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count].prefix { $0 >= 0x30 }, as: UTF8.self))
  }
}

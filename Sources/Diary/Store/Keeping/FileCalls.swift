#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The few calls by which a file takes another's place for good: nothing counts until it is synced.
enum FileCalls {
  /// Waits until a file, or a folder's list of names, is on the disk.
  static func sync(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path, "sync") }
  }

  /// Puts one file where another is or will be, in one step, and waits until that is on the disk.
  static func move(_ path: String, to target: String) throws(StoreError) {
    guard rename(path, target) == 0 else { throw failure(target, "put into place") }
    try sync(folder(of: target))
  }

  /// Removes a file; one that is not there is removed already.
  static func remove(_ path: String) throws(StoreError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure(path, "remove") }
  }

  /// Writes a small file whole: under another name, synced, then put into place.
  static func write(_ bytes: some Collection<UInt8>, to path: String) throws(StoreError) {
    let partial = path + ".partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw failure(partial, "write") }
    let all = [UInt8](bytes)
    let isWritten = Glibc.write(descriptor, all, all.count) == all.count && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isWritten else { throw failure(partial, "write", code: code) }
    try move(partial, to: path)
  }

  /// Bytes in a file; 0 where there is none.
  static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether two paths lead to one file.
  static func isSame(_ a: String, _ b: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(a, &first) == 0, stat(b, &second) == 0 else { return a == b }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// The folder a path is in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Refuses a folder without room for so many bytes.
  static func requireRoom(for bytes: Int64, in folder: String, to operation: String)
    throws(StoreError)
  {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { throw failure(folder, operation) }
    let free = Int64(status.f_bavail) * Int64(status.f_frsize)
    guard free >= bytes else {
      throw StoreError(
        .full, path: folder, operation: operation,
        detail: "\(bytes / 1_000_000 + 1) MB wanted, \(free / 1_000_000) MB free")
    }
  }

  /// What the kernel said of the last call.
  static func failure(
    _ path: String, _ operation: String, code: Int32 = errno
  ) -> StoreError {
    let kind: StoreError.Kind =
      switch code {
      case ENOSPC, EDQUOT: .full
      case EACCES, EPERM, EROFS: .readOnly
      case ENOENT: .missing
      default: .inputOutput
      }
    return StoreError(
      kind, path: path, operation: operation, detail: String(cString: strerror(code)))
  }
}

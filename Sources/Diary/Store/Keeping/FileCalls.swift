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

  /// Refuses a file whose file system the kernel has made read-only.
  ///
  /// Where that happens under an open file, as ext4 does it once a card fails (errors=remount-ro),
  /// writes still end in memory, and a sync succeeds without having written them (fs/ext4/fsync.c).
  static func requireWritable(_ path: String, to operation: String) throws(StoreError) {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw failure(path, operation) }
    guard status.f_flag & UInt(ST_RDONLY) == 0 else { throw failure(path, operation, code: EROFS) }
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

extension FileCalls {
  /// The first of `<stem>1`, `<stem>2`, … that is free.
  static func freeName(_ stem: String) -> String {
    var number = 1
    while exists("\(stem)\(number)") { number += 1 }
    return "\(stem)\(number)"
  }

  /// Gives a file a second name, or copies it where the file system has no second names.
  static func keep(_ path: String, as name: String) throws(StoreError) {
    if link(path, name) == 0 { return }
    guard [EPERM, ENOTSUP, EMLINK, ENOSYS].contains(errno) else { throw failure(name, "keep") }
    try requireRoom(for: size(path) + (4 << 20), in: folder(of: name), to: "keep the old diary")
    try copy(path, to: name)
  }

  /// Copies a file that nobody writes, and waits until it is on the disk.
  static func copy(
    _ path: String, to target: String, progress: (Double) -> Void = { _ in }
  ) throws(StoreError) {
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw failure(path, "read") }
    defer { close(source) }
    let copy = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    guard copy >= 0 else { throw failure(target, "write") }
    defer { close(copy) }
    let total = Double(max(size(path), 1))
    var done = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(source, &buffer, buffer.count)
      guard count >= 0 else { throw failure(path, "read") }
      if count == 0 { break }
      guard Glibc.write(copy, buffer, count) == count else { throw failure(target, "write") }
      done += count
      progress(Double(done) / total)
    }
    guard fsync(copy) == 0 else { throw failure(target, "write") }
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A look at a file before SQLite sees it: opening what is no database removes the log beside it.
enum DiaryHeader {
  /// The first bytes of every SQLite database (sqlite.org/fileformat.html, section 1.3).
  private static let magic = [UInt8]("SQLite format 3\0".utf8)

  /// How a log begins, in either byte order (sqlite.org/walformat.html, section 4.1).
  private static let logMagics: [[UInt8]] = [[0x37, 0x7F, 0x06, 0x82], [0x37, 0x7F, 0x06, 0x83]]

  /// Refuses a file that is no database, and an empty one whose log is not.
  ///
  /// Without power in the midst of a write the first page may be anything: where a log or a journal
  /// lies beside it, SQLite has the page there, or says itself that it has not.
  ///
  /// - Parameter path: Where the diary is, or will be.
  /// - Throws: `StoreError`; its kind is `corrupt`.
  static func check(path: String) throws(StoreError) {
    let header = start(of: path)
    if header.isEmpty && start(of: path + "-wal").isEmpty { return }
    guard header == magic || (!header.isEmpty && isMendable(path)) else {
      throw StoreError(
        .corrupt, path: path, operation: "open the diary", detail: "not a database")
    }
  }

  private static func isMendable(_ path: String) -> Bool {
    logMagics.contains([UInt8](start(of: path + "-wal").prefix(4)))
      || !start(of: path + "-journal").isEmpty
  }

  /// The first bytes of a file; none where there is no file, or none that may be read.
  private static func start(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    // What SQLite makes of a file that may not be read is the better error.
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: magic.count)
    let count = read(descriptor, &bytes, bytes.count)
    return [UInt8](bytes.prefix(max(0, count)))
  }
}

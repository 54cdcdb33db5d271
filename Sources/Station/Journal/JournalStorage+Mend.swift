import Glibc

extension JournalStorage {
  /// What a person can do so that a journal kept in memory is kept on the disk.
  ///
  /// A folder is enough where journald decides for itself. Raspberry Pi OS ships a drop-in that says
  /// `Storage=volatile`; it takes one that is read after it (journald.conf(5)).
  ///
  /// - Parameter root: Where the configuration is looked for; another one in tests.
  /// - Returns: One clause of a sentence.
  package static func mend(root: String = "") -> String {
    guard let (path, storage) = storageSetting(root: root), storage == "volatile" else {
      return "to keep it too, 'mkdir -p /var/log/journal' and 'journalctl --flush'"
    }
    return "\(path) says Storage=volatile: to keep it too, write '[Journal]' and "
      + "'Storage=persistent' into /etc/systemd/journald.conf.d/99-persistent.conf and "
      + "'systemctl restart systemd-journald'"
  }

  /// The setting that counts: of all files by their names the last that has one.
  private static func storageSetting(root: String) -> (path: String, storage: String)? {
    var files: [String: String] = [:]
    // A name in an earlier folder hides the same name in a later one.
    for folder in ["/usr/lib", "/usr/local/lib", "/run", "/etc"] {
      for path in dropIns("\(root)\(folder)/systemd/journald.conf.d/*.conf") {
        files[String(path.split(separator: "/").last ?? "")] = path
      }
    }
    let inOrder =
      ["\(root)/etc/systemd/journald.conf"] + files.sorted { $0.key < $1.key }.map(\.value)
    let settings = inOrder.compactMap { path in
      storage(in: path).map { (path: String(path.dropFirst(root.count)), storage: $0) }
    }
    return settings.last
  }

  private static func dropIns(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }

  /// The last `Storage=` of a file, nil where it has none or cannot be read.
  private static func storage(in path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var storage: String?
    var bytes = [CChar](repeating: 0, count: 1024)
    while fgets(&bytes, CInt(bytes.count), file) != nil {
      let line = String(
        decoding: bytes.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
      let words = line.filter { !$0.isWhitespace }.split(separator: "=")
      if words.count == 2, words[0] == "Storage" { storage = words[1].lowercased() }
    }
    return storage
  }
}

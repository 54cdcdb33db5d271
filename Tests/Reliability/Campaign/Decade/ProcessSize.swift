import Glibc

/// What a process takes up at one moment, as the kernel counts it.
struct ProcessSize: Sendable {
  /// Private memory in bytes (RssAnon).
  var memory: Int
  var descriptors: Int
  /// Bytes sent to disks since its start (write_bytes).
  var written: Int

  /// Looks at a process; nil once it is gone.
  init?(of process: pid_t) {
    guard let status = Self.text("/proc/\(process)/status"),
      let memory = Self.number(after: "RssAnon:", in: status),
      let counts = Self.text("/proc/\(process)/io"),
      let written = Self.number(after: "write_bytes:", in: counts),
      let folder = opendir("/proc/\(process)/fd")
    else { return nil }
    var entries = 0
    while readdir(folder) != nil { entries += 1 }
    closedir(folder)
    self.memory = memory * 1024
    self.written = written
    descriptors = entries - 2  // Without . and ..
  }

  /// Bytes sent to disks by a process that has ended and was not collected.
  static func finallyWritten(by process: pid_t) -> Int? {
    text("/proc/\(process)/io").flatMap { number(after: "write_bytes:", in: $0) }
  }

  private static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = fread(&bytes, 1, bytes.count, file)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }

  private static func number(after key: String, in text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      return line.dropFirst(key.count).split(whereSeparator: { " \t".contains($0) }).first
        .flatMap { Int($0) }
    }
    return nil
  }
}

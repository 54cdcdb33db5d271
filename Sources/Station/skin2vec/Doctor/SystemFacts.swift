import FoundationEssentials
import Glibc

/// What the programs run on.
struct SystemFacts {
  /// Lines of `name: value`.
  static func lines(diary: String) -> [String] {
    [
      "kernel: \(kernel)",
      "system: \(value(of: "PRETTY_NAME", in: "/etc/os-release") ?? "not known")",
      "board: \(firstLine(of: "/proc/device-tree/model") ?? "not known")",
      "memory: \(value(of: "MemTotal", in: "/proc/meminfo") ?? "not known")",
      "libgpiod: \(library("libgpiod") ?? "not loaded")",
      "libi2c: \(library("libi2c") ?? "not loaded")",
      "free space beside the diary: \(freeSpace(beside: diary) ?? "not known")",
    ]
  }

  /// How systemd has the daemon; empty where there is no systemd.
  static var unit: [String] {
    let properties =
      "ActiveState,SubState,Result,NRestarts,ExecMainStatus,ExecMainStartTimestamp,MemoryCurrent"
    guard let pipe = popen("systemctl show skin2vecd -p \(properties) 2>/dev/null", "r") else {
      return []
    }
    defer { pclose(pipe) }
    var lines: [String] = []
    var buffer = [CChar](repeating: 0, count: 512)
    while fgets(&buffer, Int32(buffer.count), pipe) != nil {
      let bytes = buffer.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }
      lines.append(String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" })
    }
    return lines
  }

  /// Name, release and machine, without the host's name.
  private static var kernel: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "not known" }
    func text<Field>(_ field: Field) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
  }

  /// What the machine calls itself.
  static var host: String? { firstLine(of: "/proc/sys/kernel/hostname") }

  /// The file of a library that this process has loaded: its name has its version.
  private static func library(_ name: String) -> String? {
    text(of: "/proc/self/maps")?.split(separator: "\n").compactMap { line in
      line.split(separator: "/").last.map(String.init)
    }.first { $0.hasPrefix(name) }
  }

  private static func freeSpace(beside diary: String) -> String? {
    let folder = diary.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    var status = statvfs()
    guard statvfs(folder.isEmpty ? "/" : folder, &status) == 0 else { return nil }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let whole = UInt64(status.f_blocks) * UInt64(status.f_frsize)
    return "\(free / 1_000_000) of \(whole / 1_000_000) MB"
  }

  private static func value(of key: String, in path: String) -> String? {
    let line = text(of: path)?.split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.dropFirst(key.count).drop { "=: ".contains($0) }.filter { $0 != "\"" }
  }

  private static func firstLine(of path: String) -> String? {
    text(of: path)?.split(separator: "\n").first.map { $0.filter { $0 != "\0" } }
  }

  private static func text(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}

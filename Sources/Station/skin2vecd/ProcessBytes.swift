import FoundationEssentials

/// What the kernel counts for this process.
enum ProcessBytes {
  /// Bytes sent to the storage layer since the process began (proc(5), `write_bytes`); nil where the
  /// kernel does not tell.
  @Sendable static func written() -> Int64? {
    guard let data = FileManager.default.contents(atPath: "/proc/self/io") else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("write_bytes: ") }.flatMap { Int64($0.dropFirst(13)) }
  }
}

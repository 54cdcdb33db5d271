import FoundationEssentials
import Readings
import Synchronization

/// Counts the bytes this process has sent to disks, a day at a time.
final class DiskMeter: Sendable {
  private let start = Mutex<(date: LocalDate?, bytes: Int64)>((nil, 0))

  /// Begins a local date, unless it has begun: what is written from now on is that date's.
  func begin(_ date: LocalDate) {
    guard start.withLock({ $0.date != date }) else { return }
    let bytes = Self.written() ?? 0
    // What was written before the first date is the work of starting, and belongs to it.
    start.withLock { $0 = (date, $0.date == nil ? 0 : bytes) }
  }

  /// Bytes written since the date began.
  var today: Int64 { (Self.written() ?? 0) - start.withLock(\.bytes) }

  /// What the kernel counts as sent to the storage layer (proc(5), `write_bytes`).
  private static func written() -> Int64? {
    guard let data = FileManager.default.contents(atPath: "/proc/self/io") else { return nil }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("write_bytes: ") }.flatMap { Int64($0.dropFirst(13)) }
  }
}

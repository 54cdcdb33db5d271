import Acquisition
import Bus
import FoundationEssentials
import Glibc
import ServiceLifecycle

/// Gives back, once, the pages of code that only starting up has used.
///
/// Reading YAML and preparing SQL touch half of the program; for years afterwards a few hundred
/// kilobytes of it do the work. The pages are clean: what is needed again is mapped again from the
/// page cache.
struct StartupMemory: Service {
  let clock: any StationClock
  /// By then the parts are running and nothing is left of the start.
  private let delay: Duration = .seconds(5)

  func run() async throws {
    await untilShutdown {
      guard await clock.wait(for: delay) else { return }
      Self.release()
      await Mailbox<Void>().interruption()
    }
  }

  /// Lets go of executable mappings, which hold file pages only: nothing is ever written to them.
  private static func release() {
    guard let data = FileManager.default.contents(atPath: "/proc/self/maps") else { return }
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ", omittingEmptySubsequences: true)
      guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { continue }
      let bounds = fields[0].split(separator: "-").compactMap {
        UInt(bitPattern: Int($0, radix: 16) ?? 0)
      }
      guard bounds.count == 2, let start = UnsafeMutableRawPointer(bitPattern: bounds[0]) else {
        continue
      }
      madvise(start, Int(bounds[1] - bounds[0]), MADV_DONTNEED)
    }
  }
}

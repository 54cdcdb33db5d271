import Bus
import Foundation
import Testing

@testable import LinuxBus

@Suite("The kernel's clocks")
struct LinuxClockTests {
  @Test("the boot id is the kernel's, without its dashes")
  func bootID() throws {
    let text = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let id = try #require(UUID(uuidString: text.trimmingCharacters(in: .whitespacesAndNewlines)))
    let expected = id.uuidString.lowercased().split(separator: "-").joined()
    #expect(LinuxClock().bootID == expected)
  }

  @Test("a boot id that cannot be read is all zeros")
  func noBootID() {
    let clock = LinuxClock(bootIDFile: "/does/not/exist", timesyncMark: "/does/not/exist")
    #expect(clock.bootID == "00000000000000000000000000000000")
  }

  @Test("a boot id that a sandbox hides is the one the unit passed, and only then")
  func passedBootID() {
    let passed = "0123456789abcdef0123456789abcdef"
    let hidden = LinuxClock(
      bootIDFile: "/does/not/exist", passedBootID: passed, timesyncMark: "/does/not/exist")
    #expect(hidden.bootID == passed)
    let shown = LinuxClock(
      bootIDFile: "/proc/sys/kernel/random/boot_id", passedBootID: passed,
      timesyncMark: "/does/not/exist")
    #expect(shown.bootID == LinuxClock().bootID)
    for nonsense in ["", "%b", passed + "0", "g" + passed.dropFirst()] {
      let clock = LinuxClock(
        bootIDFile: "/does/not/exist", passedBootID: nonsense, timesyncMark: "/does/not/exist")
      #expect(clock.bootID == "00000000000000000000000000000000")
    }
  }

  @Test("time since boot is what /proc/uptime says")
  func boot() throws {
    let before = try uptime()
    let now = LinuxClock().now.sinceBoot.inSeconds
    let after = try uptime()
    // /proc/uptime is cut to hundredths.
    #expect(before - 0.01 <= now && now <= after + 0.02)
  }

  @Test("wall-clock time is the system's")
  func utc() {
    let before = Int64(Date().timeIntervalSince1970 * 1e6)
    let reading = LinuxClock().reading().utcMicroseconds
    let after = Int64(Date().timeIntervalSince1970 * 1e6)
    #expect(before - 2 <= reading && reading <= after + 2)
  }

  @Test("each confirmation by the time service changes the number, to the nanosecond")
  func synchronisation() throws {
    let mark = FileManager.default.temporaryDirectory.path + "/synchronised-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: mark) }
    try Data().write(to: URL(fileURLWithPath: mark))
    let clock = LinuxClock(bootIDFile: "/does/not/exist", timesyncMark: mark)
    for seconds in [1_700_000_000.0, 1_700_002_048.5] {
      let date = Date(timeIntervalSince1970: seconds)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: mark)
      #expect(clock.reading().synchronisation == Int64(seconds * 1e9))
    }
  }

  @Test("a sleep that is over already does not wait")
  func pastSleep() async throws {
    let clock = LinuxClock()
    try await clock.sleep(until: BootInstant(sinceBoot: .zero), tolerance: nil)
  }

  @Test("a sleep ends no earlier than asked")
  func shortSleep() async throws {
    let clock = LinuxClock()
    let deadline = clock.now.advanced(by: .milliseconds(2))
    try await clock.sleep(until: deadline, tolerance: nil)
    #expect(clock.now >= deadline)
  }

  private func uptime() throws -> Double {
    let text = try String(contentsOfFile: "/proc/uptime", encoding: .utf8)
    return try #require(text.split(separator: " ").first.flatMap { Double($0) })
  }
}

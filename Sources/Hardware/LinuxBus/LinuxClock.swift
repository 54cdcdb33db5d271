package import Bus
import CHardware
import Glibc

/// The kernel's clocks.
package struct LinuxClock: StationClock {
  package typealias Instant = BootInstant

  /// Thirty-two hexadecimal digits; all zero where the kernel does not tell.
  package let bootID: String
  private let timesyncMark: String

  package init() {
    self.init(
      bootIDFile: "/proc/sys/kernel/random/boot_id",
      passedBootID: getenv("SKIN2VEC_BOOT_ID").map { String(cString: $0) },
      timesyncMark: "/run/systemd/timesync/synchronized")
  }

  /// A clock whose boot id is the kernel's; where a sandbox hides that, the one that was passed.
  init(bootIDFile: String, passedBootID: String? = nil, timesyncMark: String) {
    let told = [OpenFile.firstLine(of: bootIDFile), passedBootID].lazy.compactMap { text in
      text.flatMap(Self.bootID)
    }
    bootID = told.first ?? String(repeating: "0", count: 32)
    self.timesyncMark = timesyncMark
  }

  /// The 32 digits of a boot id, written with dashes (the kernel) or without (systemd's `%b`).
  private static func bootID(_ text: String) -> String? {
    let digits = text.lowercased().filter { $0 != "-" }
    return digits.count == 32 && digits.allSatisfy(\.isHexDigit) ? digits : nil
  }

  package var now: BootInstant { BootInstant(sinceBoot: Self.time(CLOCK_BOOTTIME)) }

  package var minimumResolution: Duration { .nanoseconds(1) }

  /// Sleeps on the clock that runs through suspend; a step of the wall clock changes nothing.
  package func sleep(until deadline: BootInstant, tolerance: Duration?) async throws {
    // The runtime's continuous clock is CLOCK_BOOTTIME on Linux, and its timers may fire early.
    while now < deadline {
      try await ContinuousClock().sleep(
        until: .now + now.duration(to: deadline), tolerance: tolerance)
    }
  }

  package func reading() -> ClockReading {
    ClockReading(
      bootID: bootID, boot: now, utcMicroseconds: Self.time(CLOCK_REALTIME).microseconds,
      synchronisation: synchronisation)
  }

  /// When systemd-timesyncd last confirmed the clock; else whether the kernel takes it as synchronised.
  ///
  /// timesyncd touches its mark at every confirmation. Other services (chrony, ntpd) tell only the
  /// kernel, which says yes or no: a constant. Both may be out of reach, in a sandbox for one; then
  /// the clock counts as not synchronised.
  private var synchronisation: Int64? {
    var status = stat()
    if stat(timesyncMark, &status) == 0 {
      return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
    return hw_clock_is_synchronised() == 1 ? 1 : nil
  }

  /// Turns the kernel's stamp of an edge (CLOCK_MONOTONIC) into time since boot.
  static func boot(monotonicNanoseconds: Int64) -> BootInstant {
    let suspended = time(CLOCK_BOOTTIME) - time(CLOCK_MONOTONIC)
    return BootInstant(sinceBoot: .nanoseconds(monotonicNanoseconds) + suspended)
  }

  private static func time(_ clock: clockid_t) -> Duration {
    var time = timespec()
    // Cannot fail: the clock exists and the pointer is good.
    clock_gettime(clock, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

import Glibc

/// What the present process has and has used.
enum ProcessFigures {
  /// Resident memory in kilobytes, without what the allocator only keeps for later: that is as much as
  /// the greatest input ever needed, and says nothing of what is never given back.
  static var memory: UInt64 {
    trim()
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { UInt64($0) } ?? 0
    return pages * UInt64(sysconf(Int32(_SC_PAGESIZE))) / 1024
  }

  /// `malloc_trim`(3), which Swift does not see.
  private static func trim() {
    typealias Trim = @convention(c) (Int) -> CInt
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }

  /// How many files are open.
  static var files: UInt64 {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count: UInt64 = 0
    while readdir(folder) != nil { count += 1 }
    return count
  }

  /// Processor time of all threads, in nanoseconds: what others do beside us does not count.
  static var processorTime: UInt64 { nanoseconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// The processor time of another process, in nanoseconds; 0 where it is gone.
  static func processorTime(of process: pid_t) -> UInt64 {
    var clock = clockid_t()
    guard clock_getcpuclockid(process, &clock) == 0 else { return 0 }
    return nanoseconds(clock)
  }

  /// The monotonic clock, in nanoseconds.
  static var now: UInt64 { nanoseconds(CLOCK_MONOTONIC) }

  private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

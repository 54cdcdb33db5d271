import Glibc

/// How many files the station may have open at a time.
enum Descriptors {
  /// With one bus, three lines and the journal 28 are open; the rest is for clients and for copies.
  static let needed: UInt = 40

  /// Lifts the limit to what the station needs, as far as it may.
  ///
  /// - Returns: The limit, where that is too low; nil where it is enough.
  static func tooFew() -> UInt? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    guard limit.rlim_cur < needed else { return nil }
    limit.rlim_cur = min(needed, limit.rlim_max)
    guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur < needed ? limit.rlim_cur : nil
  }
}

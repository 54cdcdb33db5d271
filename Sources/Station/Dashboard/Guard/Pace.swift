/// How often an address may ask: a bucket each for everything, for what is written, and for codes.
actor Pace {
  /// A bucket that fills with so many a second, up to its size.
  struct Limit: Hashable, Sendable {
    var perSecond: Double
    var size: Double
  }

  private struct Bucket {
    var level: Double
    var at: ContinuousClock.Instant
  }

  private enum Use: Hashable { case any, write, code }

  private struct Key: Hashable {
    var address: String
    var use: Use
  }

  /// Of all addresses together: eight digits cannot be guessed so.
  private static let code = Limit(perSecond: 0.1, size: 6)

  private let limits: [Use: Limit]

  /// How many addresses are remembered; then those that are full again are forgotten.
  private static let most = 1024

  private var buckets: [Key: Bucket] = [:]
  private let now: @Sendable () -> ContinuousClock.Instant

  /// Nobody has asked yet.
  ///
  /// - Parameters:
  ///   - any: What an address may ask.
  ///   - write: What of it may change something.
  ///   - now: The time.
  init(
    any: Limit = Limit(perSecond: 400, size: 800), write: Limit = Limit(perSecond: 20, size: 100),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    limits = [.any: any, .write: write, .code: Self.code]
    self.now = now
  }

  /// Counts a question.
  ///
  /// - Throws: `Problem` where there were too many.
  func admit(_ question: Question) throws(Problem) {
    try take(.any, of: question.peer.address)
    guard question.method != "GET", question.method != "HEAD" else { return }
    if question.path == "/api/v1/pairing" {
      try take(.code, of: "")
    } else {
      try take(.write, of: question.peer.address)
    }
  }

  private func take(_ use: Use, of address: String) throws(Problem) {
    guard let limit = limits[use] else { return }
    let (key, now) = (Key(address: address, use: use), now())
    var bucket = buckets[key] ?? Bucket(level: limit.size, at: now)
    let passed = bucket.at.duration(to: now) / .seconds(1)
    bucket.level = min(limit.size, bucket.level + passed * limit.perSecond)
    bucket.at = now
    defer {
      buckets[key] = bucket
      if buckets.count > Self.most { forget(at: now) }
    }
    guard bucket.level >= 1 else {
      let wait = ((1 - bucket.level) / limit.perSecond).rounded(.up)
      throw Problem(
        .tooMany, "there were too many requests", hint: "wait a little", retryAfter: Int(wait))
    }
    bucket.level -= 1
  }

  private func forget(at now: ContinuousClock.Instant) {
    buckets = buckets.filter { key, bucket in
      guard let limit = limits[key.use] else { return false }
      return bucket.level + bucket.at.duration(to: now) / .seconds(1) * limit.perSecond < limit.size
    }
  }
}

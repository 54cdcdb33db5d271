import Bus
import Readings
import Sensors

/// Whether a part is there, when to ask it again, and what people are told about it.
///
/// Belongs to the one actor that owns the part.
final class Recovery {
  enum State: Hashable {
    case unknown
    /// Did not answer when asked for the first time.
    case starting
    case running
    /// Failed so many times in a row, but not given up.
    case failing(Int)
    case lost(Absence)
  }

  let part: String
  let herald: Herald
  let health: Health
  private(set) var state = State.unknown
  private(set) var nextAttempt: BootInstant?
  private var delay: Duration = .seconds(1)
  /// Who the part was when that was last kept.
  private var recorded: PartIdentity?

  /// The longest time between two attempts.
  static let longestDelay: Duration = .seconds(60)
  /// Failures in a row after which a part counts as lost.
  static let mostFailures = 3

  init(part: String, herald: Herald, health: Health) {
    self.part = part
    self.herald = herald
    self.health = health
  }

  /// The reason for having no value while the part is not running.
  var absence: Absence {
    if case .lost(let absence) = state { absence } else { .notPresent }
  }

  func isDue(at now: BootInstant) -> Bool { nextAttempt.map { $0 <= now } ?? false }

  /// Asks the part who it is and starts it; tells people what changed.
  ///
  /// - Parameter start: Identifies and starts the part.
  /// - Returns: When it began to run, or nil where it did not.
  func connect(
    _ start: () async throws(SensorError) -> PartIdentity
  ) async -> BootInstant? {
    do {
      let identity = try await start()
      await found(identity)
      return herald.keeper.clock.now
    } catch {
      guard error != .cancelled else { return nil }
      health.failed(part, error)
      await missed(error)
      return nil
    }
  }

  func succeeded() { state = .running }

  /// Counts a failure; true where the part is lost with it.
  func failed(_ error: SensorError) async -> Bool {
    guard error != .cancelled else { return false }
    let failures = if case .failing(let count) = state { count + 1 } else { 1 }
    guard failures >= Self.mostFailures else {
      state = .failing(failures)
      return false
    }
    state = .lost(error.absence)
    scheduleAttempt()
    health.lost(part)
    await herald.announce(
      Notice(
        .partLost, "\(part) no longer answers: \(error); \(error.hint)", priority: .warning,
        fields: [.init("PART", part)]))
    return true
  }

  private func found(_ identity: PartIdentity) async {
    let wasLost = if case .lost = state { true } else { false }
    let isFirst = state == .unknown || state == .starting
    state = .running
    nextAttempt = nil
    delay = .seconds(1)
    health.found(identity)
    if wasLost || isFirst {
      await herald.announce(
        Notice(
          wasLost ? .partBack : .partFound,
          "\(part) is \(wasLost ? "back" : "there"): \(identity.words)",
          fields: identity.fields))
    }
    await record(identity)
  }

  /// Keeps who the part is; another one than before begins new baselines, and people are told.
  private func record(_ identity: PartIdentity) async {
    guard identity != recorded else { return }
    do {
      let isOther = try await herald.sink.record(identity, at: herald.keeper.stamp())
      recorded = identity
      guard isOther else { return }
      await herald.announce(
        Notice(
          .partReplaced,
          "\(part) is another than before: its channels begin a new baseline", priority: .notice,
          fields: identity.fields))
    } catch {
      await herald.announce(
        Notice(.failure, "cannot keep who \(part) is: \(error)", priority: .error))
    }
  }

  private func missed(_ error: SensorError) async {
    let wasLost = if case .lost = state { true } else { false }
    let isFirstAttempt = state == .unknown
    state = isFirstAttempt ? .starting : .lost(error.absence)
    health.lost(part)
    scheduleAttempt()
    // A part that was powered together with the board may need its first second: it is asked again
    // before anybody is told.
    guard !wasLost, !isFirstAttempt else { return }
    let kind: Notice.Kind = if case .wrongPart = error { .partWrong } else { .partMissing }
    await herald.announce(
      Notice(
        kind, "\(part): \(error); \(error.hint). It will be asked again, the rest goes on",
        priority: .warning, fields: [.init("PART", part)]))
  }

  private func scheduleAttempt() {
    nextAttempt = herald.keeper.clock.now.advanced(by: delay)
    delay = min(delay * 2, Self.longestDelay)
  }
}

extension PartIdentity {
  /// Product, serial number, firmware and status in words.
  var words: String {
    var words = product
    if let serial { words += ", serial \(serial)" }
    if let firmware { words += ", firmware \(firmware)" }
    if let status, !status.isEmpty { words += ", says \(status)" }
    return words
  }

  var fields: [Notice.Field] {
    [.init("PART", part), .init("PRODUCT", product)]
      + [("SERIAL", serial), ("FIRMWARE", firmware), ("PART_STATUS", status)].compactMap {
        name, value in value.map { Notice.Field(name, $0) }
      }
  }
}

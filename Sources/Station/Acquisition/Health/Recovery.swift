import Bus
import Readings
import Sensors

/// Whether a part is there, when to ask it again, what to try on it, and what people are told.
///
/// Belongs to the one actor that owns the part. A part that fails is asked again at once, then
/// identified anew, reset, switched off and on, and its bus bound anew, as far as each can be done
/// and can help; after that it is asked every half minute, for ever, and on a bus on which nothing gets
/// through every five seconds.
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
  let steps: RecoverySteps
  private(set) var state = State.unknown
  private(set) var nextAttempt: BootInstant?
  private var delay: Duration = .seconds(1)
  /// Who the part was when that was last kept.
  private var recorded: PartIdentity?
  /// What was tried since the part last ran.
  var outage = Outage()
  /// Attempts since then that failed.
  private var failedAttempts = 0

  /// The steps of one outage: each is taken once, and told of once.
  struct Outage {
    var tried: Set<RecoveryStep> = []
    /// Those that could be carried out, in their order.
    var taken: [RecoveryStep] = []
    /// Whether it was said that nothing is left to try.
    var isAtLimit = false
  }

  /// The longest time between two attempts: a part that is plugged in again measures within a minute.
  static let longestDelay: Duration = .seconds(30)
  /// The same on a bus on which nothing gets through: once it is free, all its parts are waited for.
  static let longestDelayOfBus: Duration = .seconds(5)
  /// Failures in a row after which a part counts as lost.
  static let mostFailures = 3

  init(
    part: String, herald: Herald, health: Health, steps: RecoverySteps = RecoverySteps()
  ) {
    self.part = part
    self.herald = herald
    self.health = health
    self.steps = steps
  }

  /// The reason for having no value while the part is not running.
  var absence: Absence {
    if case .lost(let absence) = state { absence } else { .notPresent }
  }

  func isDue(at now: BootInstant) -> Bool { nextAttempt.map { $0 <= now } ?? false }

  /// Asks the part who it is and starts it; tries what can be tried where it does not answer, and
  /// tells people what changed.
  ///
  /// - Parameters:
  ///   - reset: Resets the part; nil where it has no command for that.
  ///   - hasTime: Whether there is time for the steps, some of which take seconds.
  ///   - start: Identifies and starts the part.
  /// - Returns: When it began to run, or nil where it did not.
  func connect(
    reset: (() async throws(SensorError) -> Void)? = nil, hasTime: Bool = true,
    _ start: () async throws(SensorError) -> PartIdentity
  ) async -> BootInstant? {
    await turnOn()
    guard var error = await attempt(start) else { return herald.keeper.clock.now }
    // A first failure may be chance; on a bus that is stuck it is not, each step follows the last, and
    // there is nothing else to have time for.
    let mayClimb = hasTime && failedAttempts > 0 || error.isOfTheBus
    while mayClimb, await climb(after: error, reset: reset) {
      guard let next = await attempt(start) else { return herald.keeper.clock.now }
      error = next
      guard error.isOfTheBus else { break }
    }
    if error != .cancelled { await missed(error) }
    return nil
  }

  /// Asks the part once; nil where it runs now.
  private func attempt(
    _ start: () async throws(SensorError) -> PartIdentity
  ) async -> SensorError? {
    do {
      await found(try await start())
      return nil
    } catch {
      health.failed(part, error)
      return error
    }
  }

  func succeeded() {
    state = .running
    health.answered(part)
  }

  /// Counts a failure; true where the part is lost with it.
  func failed(_ error: SensorError) async -> Bool {
    guard error != .cancelled else { return false }
    let failures = if case .failing(let count) = state { count + 1 } else { 1 }
    guard failures >= Self.mostFailures || error.isOfTheBus else {
      state = .failing(failures)
      return false
    }
    state = .lost(error.absence)
    scheduleAttempt(after: error)
    health.lost(part)
    await herald.announce(
      Notice(
        .partLost, "\(part) no longer answers: \(error); \(error.hint)", priority: .warning,
        fields: [.init("PART", part)]))
    return true
  }

  /// Begins new epochs for what the part measures: it was reset, or lost its supply.
  func beginEpochs(because cause: String) async {
    guard let channels = recorded?.channels, !channels.isEmpty else { return }
    do {
      let begun = try await herald.sink.beginEpochs(
        of: channels, person: nil, site: nil, cause: cause, at: herald.keeper.stamp())
      guard begun > 0 else { return }
      await herald.announce(
        Notice(
          .epochBegun, "\(cause): its channels begin a new baseline", priority: .notice,
          fields: [.init("PART", part)]))
    } catch {
      await herald.announce(
        Notice(.failure, "cannot begin new baselines for \(part): \(error)", priority: .error))
    }
  }

  private func found(_ identity: PartIdentity) async {
    let wasLost = if case .lost = state { true } else { false }
    let isFirst = state == .unknown || state == .starting
    let helped = outage.taken.last
    state = .running
    nextAttempt = nil
    delay = .seconds(1)
    (outage, failedAttempts) = (Outage(), 0)
    health.found(identity)
    if wasLost || isFirst {
      let how = helped.map { ", after it was \($0.words)" } ?? ""
      await herald.announce(
        Notice(
          wasLost ? .partBack : .partFound,
          "\(part) is \(wasLost ? "back" : "there")\(how): \(identity.words)",
          fields: identity.fields))
    }
    await record(identity)
    if let helped, helped != .rebind {
      await beginEpochs(because: "\(part) was \(helped.words)")
    }
  }

  /// Keeps who the part is, and what it says of itself.
  ///
  /// Another one than before begins new baselines, and people are told.
  func record(_ identity: PartIdentity) async {
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

  /// The part says something else of itself than before.
  func noteStatus(_ words: String) async {
    health.noteStatus(words, of: part)
    await herald.announce(
      words.isEmpty
        ? Notice(
          .partStatus, "\(part) says nothing is wrong with it any more",
          fields: [.init("PART", part)])
        : Notice(
          .partStatus, "\(part) says: \(words)", priority: .warning,
          fields: [.init("PART", part), .init("PART_STATUS", words)]))
    guard var identity = recorded else { return }
    identity.status = words
    await record(identity)
  }

  private func missed(_ error: SensorError) async {
    let wasLost = if case .lost = state { true } else { false }
    let isFirstAttempt = state == .unknown
    failedAttempts += 1
    if outage.isAtLimit { delay = Self.longestDelay }
    state = isFirstAttempt ? .starting : .lost(error.absence)
    health.lost(part)
    scheduleAttempt(after: error)
    // A part that was powered together with the board may need its first second: it is asked again
    // before anybody is told.
    guard !wasLost, !isFirstAttempt else { return }
    let kind: Notice.Kind = if case .wrongPart = error { .partWrong } else { .partMissing }
    await herald.announce(
      Notice(
        kind, "\(part): \(error); \(error.hint). It will be asked again, the rest goes on",
        priority: .warning, fields: [.init("PART", part)]))
  }

  private func scheduleAttempt(after error: SensorError) {
    let longest = error.isOfTheBus ? Self.longestDelayOfBus : Self.longestDelay
    nextAttempt = herald.keeper.clock.now.advanced(by: min(delay, longest))
    delay = min(delay * 2, Self.longestDelay)
  }
}

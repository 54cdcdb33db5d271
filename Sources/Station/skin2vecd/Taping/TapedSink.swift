import FoundationEssentials
import Readings
import Synchronization
import Tape

/// The diary as the station sees it through a deck: what it answers is heard like everything else.
struct TapedSink: ReadingSink {
  let sink: any ReadingSink
  let deck: any Deck

  func save(
    _ session: TapSession, announcing announce: @Sendable (SavedSession) -> Notice
  ) async throws -> (SavedSession, Notice) {
    // Not escaping in fact: the deck has called it by the time it returns.
    try await withoutActuallyEscaping(announce) { announce in
      try await keep("session", .own) { try await sink.save(session, announcing: announce) }
    }
  }

  func append(_ samples: [AirSample]) async throws {
    try await keep("air", .own) { try await sink.append(samples) }
  }

  func append(_ notice: Notice) async throws {
    try await keep("notice", .own) { try await sink.append(notice) }
  }

  func record(_ identity: PartIdentity, at stamp: Stamp) async throws -> Bool {
    try await keep("identity", .json) { try await sink.record(identity, at: stamp) }
  }

  func record(_ calibration: Calibration, at stamp: Stamp) async throws -> Int64 {
    try await keep("calibration", .json) { try await sink.record(calibration, at: stamp) }
  }

  func calibrationsInForce() async throws -> [Calibration] {
    try await keep("calibrations in force", .calibrations) {
      try await sink.calibrationsInForce()
    }
  }

  func adopt(_ limits: Limits, from stamp: Stamp) async throws -> Bool {
    try await keep("limits", .json) { try await sink.adopt(limits, from: stamp) }
  }

  func beginEpochs(
    of channels: [Channel], person: Person?, site: Site?, cause: String, at stamp: Stamp
  ) async throws -> Int {
    try await keep("epochs", .json) {
      try await sink.beginEpochs(
        of: channels, person: person, site: site, cause: cause, at: stamp)
    }
  }

  func append(_ health: [PartHealth]) async throws {
    try await keep("health", .own) { try await sink.append(health) }
  }

  func noteBytesWritten(_ bytes: Int64, on date: LocalDate) async throws {
    try await keep("bytes written", .own) { try await sink.noteBytesWritten(bytes, on: date) }
  }

  func save(_ event: SkinEvent, at stamp: Stamp) async throws -> Int64 {
    try await keep("event", .json) { try await sink.save(event, at: stamp) }
  }

  func save(_ score: Score, at stamp: Stamp) async throws {
    try await keep("score", .own) { try await sink.save(score, at: stamp) }
  }

  func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) async throws -> WithdrawalAnswer {
    // What was entered is on no tape: the replay's own diary says what it withdrew.
    try await keep("withdrawal", .own) { try await sink.withdraw(withdrawal, at: stamp) }
  }

  func choose(_ person: Person, at stamp: Stamp) async throws {
    try await keep("person", .own) { try await sink.choose(person, at: stamp) }
  }

  func adopt(_ plan: DayPlan, from stamp: Stamp) async throws -> Bool {
    try await keep("day plan", .json) { try await sink.adopt(plan, from: stamp) }
  }

  func restamp(
    bootID: String, bootTimeZero: Timestamp, at stamp: Stamp
  ) async throws -> RestampReport {
    try await keep("restamp", .report) {
      try await sink.restamp(bootID: bootID, bootTimeZero: bootTimeZero, at: stamp)
    }
  }

  func closeSlots(before now: Timestamp) async throws {
    try await keep("slots", .own) { try await sink.closeSlots(before: now) }
  }

  private func keep<Answer: Sendable>(
    _ what: String, _ code: AnswerCode<Answer>, _ act: @Sendable () async throws -> Answer
  ) async throws -> Answer {
    let own = Own<Answer>()
    let outcome = await deck.carry(Request(.keep, what), on: nil) {
      do {
        let answer = try await act()
        own.result.withLock { $0 = .success(answer) }
        return code.outcome(answer)
      } catch {
        own.result.withLock { $0 = .failure(error) }
        return .refused("the diary could not be written")
      }
    }
    let result = own.result.withLock(\.self)
    if let answer = code.answer(outcome, try? result?.get()) { return answer }
    guard let result else { throw TapedRefusal(outcome: outcome) }
    return try result.get()
  }
}

/// What the diary said itself.
private final class Own<Answer: Sendable>: Sendable {
  let result = Mutex<Result<Answer, any Error>?>(nil)
}

/// The diary could not be written when it was taped.
struct TapedRefusal: Error, CustomStringConvertible {
  let outcome: Outcome
  var description: String { "as on the tape: \(outcome)" }
}

/// How an answer of the diary is kept on a tape, where what happens next depends on it.
private struct AnswerCode<Answer: Sendable>: Sendable {
  /// What the tape keeps.
  var outcome: @Sendable (Answer) -> Outcome
  /// The tape's answer, seeing the diary's own; nil where that is as good.
  var answer: @Sendable (Outcome, Answer?) -> Answer?

  static var own: Self { Self(outcome: { _ in .done }, answer: { _, _ in nil }) }
}

extension AnswerCode where Answer: Codable {
  static var json: Self {
    Self(
      outcome: { answer in
        // What cannot be encoded is not on the tape: the diary's own answer is used.
        (try? JSONEncoder().encode(answer)).map { .bytes(Array($0)) } ?? .done
      },
      answer: { outcome, _ in
        guard case .bytes(let bytes) = outcome else { return nil }
        return try? JSONDecoder().decode(Answer.self, from: Data(bytes))
      })
  }
}

extension Calibration {
  /// Without who made it and why, where that was somebody.
  var withoutPeople: Calibration {
    guard who != Calibration.bySettings else { return self }
    var calibration = self
    calibration.who = ""
    calibration.why = ""
    return calibration
  }
}

extension AnswerCode<[Calibration]> {
  /// Without who made them and why: nobody's business but the diary's.
  static var calibrations: Self {
    Self(
      outcome: { calibrations in
        AnswerCode.json.outcome(
          calibrations.map(\.withoutPeople))
      }, answer: AnswerCode.json.answer)
  }
}

extension AnswerCode<RestampReport> {
  static var report: Self {
    Self(
      outcome: { report in
        AnswerCode<[Int]>.json.outcome([report.sessions, report.airSamples, report.others])
      },
      answer: { outcome, own in
        guard let counts = AnswerCode<[Int]>.json.answer(outcome, nil), counts.count == 3 else {
          return nil
        }
        var report = own ?? RestampReport(sessions: 0, airSamples: 0, others: 0)
        (report.sessions, report.airSamples, report.others) = (counts[0], counts[1], counts[2])
        return report
      })
  }
}

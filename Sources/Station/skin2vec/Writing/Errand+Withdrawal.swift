import Control
import Readings
import Store

extension Errand {
  /// Takes an entry back, or says what would be taken back.
  ///
  /// - Parameters:
  ///   - withdrawal: What.
  ///   - isDryRun: Whether nothing is to be written.
  ///   - isJSON: Whether a program reads what is said.
  /// - Throws: `Failure` where it is not there, or was withdrawn already; as `run` otherwise.
  func withdraw(_ withdrawal: Withdrawal, isDryRun: Bool, asJSON isJSON: Bool) async throws {
    guard !isDryRun else {
      let entry = try withdrawal.entry(in: try await setup.archive().rehearse(withdrawal))
      return try setup.desk.report(
        wouldWrite: entry.notice.text, withdrawal.json, asJSON: isJSON)
    }
    let outcome = try await run(.withdraw(withdrawal)) { store, stamp in
      try withdrawal.entry(in: try await store.withdraw(withdrawal, at: stamp)).notice
    }
    try setup.desk.report(outcome, asJSON: isJSON)
  }
}

extension Withdrawal {
  /// What the diary withdrew; a refusal fails as the daemon's does.
  fileprivate func entry(in answer: WithdrawalAnswer) throws(Failure) -> WithdrawnEntry {
    switch answer {
    case .withdrawn(let entry): return entry
    case .refused(let refusal):
      let (problem, hint) = words(refusal)
      throw Failure(.unavailable, problem, hint: hint)
    }
  }

  fileprivate var json: [String: JSON] {
    switch self {
    case .event(let number): ["withdraw": .text("event"), "event_id": .integer(number)]
    case .score(let person, let date, let dimension):
      [
        "withdraw": .text("score"), "person": .text(person.rawValue),
        "local_date": .text(date.description), "dimension": .text(dimension.rawValue),
      ]
    }
  }
}

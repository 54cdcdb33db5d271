import Acquisition
import Control
import Readings

/// What people enter, and take back: told to the journal, and to whoever asked, once it is in the
/// diary.
extension ControlDesk {
  func save(_ score: Score, at stamp: Stamp) async throws -> ControlResponse {
    // Tomorrow has begun somewhere; later days have not, unless nobody knows what day it is.
    let today = assembly.plan.slot(at: stamp.utc).date
    guard score.date <= today + 1 || stamp.trust == .unsynced else {
      return .refused(
        problem: "\(score.date) has not come yet", hint: "today is \(today); nothing was changed")
    }
    try await assembly.sink.save(score, at: stamp)
    let text =
      "score saved: \(score.dimension.rawValue) \(decimal(score.value, 1)) for \(score.date)"
    await assembly.herald.announce(
      Notice(.scoreSaved, text, fields: [.init("PERSON", score.person.rawValue)]))
    return .done(text)
  }

  func save(_ event: SkinEvent, at stamp: Stamp) async throws -> ControlResponse {
    let number = try await assembly.sink.save(event, at: stamp)
    let text = "event \(number) saved: \(event.kind), weight \(decimal(event.weight, 2))"
    await assembly.herald.announce(
      Notice(
        .eventSaved, text,
        fields: [.init("PERSON", event.person.rawValue), .init("EVENT", String(number))]))
    return .saved(number: number, message: text)
  }

  func withdraw(_ withdrawal: Withdrawal, at stamp: Stamp) async throws -> ControlResponse {
    switch try await assembly.sink.withdraw(withdrawal, at: stamp) {
    case .withdrawn(let entry):
      await assembly.herald.announce(entry.notice)
      return .done(entry.notice.text)
    case .refused(let refusal):
      let (problem, hint) = withdrawal.words(refusal)
      return .refused(problem: problem, hint: hint)
    }
  }
}

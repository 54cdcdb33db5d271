import Control
import FoundationEssentials
import Readings
import Tape

extension Tape {
  /// The tape without names, scores and what events say; it plays to the same touches and air.
  func redacted(_ redaction: Redaction, settings: String) throws(TapeError) -> Tape {
    var tape = try rewritten { entry in
      guard entry.request.subject == "control", case .bytes(let bytes) = entry.outcome else {
        return
      }
      entry.outcome = .bytes(Self.redacted(bytes, redaction))
    }
    tape.header.settings = settings
    tape.header.chosen = redaction.stand(for: header.chosen)
    tape.header.people = header.people.map { resident in
      .init(
        name: redaction.stand(for: resident.name), sites: resident.sites.map(redaction.stand))
    }
    tape.header.source = redaction.apply(to: header.source)
    tape.header.memories = header.memories.map { redaction.apply(to: $0) }
    return tape
  }

  private static func redacted(_ bytes: [UInt8], _ redaction: Redaction) -> [UInt8] {
    guard let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(bytes)),
      let stand = request.redacted(redaction), let data = try? JSONEncoder().encode(stand)
    else { return [] }
    return [UInt8](data)
  }
}

extension ControlRequest {
  /// The same request, of somebody else and without a value; nil where it has no such form.
  fileprivate func redacted(_ redaction: Redaction) -> ControlRequest? {
    func stand(_ person: Person) -> Person { Person(redaction.stand(for: person.rawValue)) }
    switch self {
    case .who(let person): return .who(stand(person))
    case .score(var score):
      score.person = stand(score.person)
      score.value = 0
      return .score(score)
    case .event(let event):
      return .event(
        SkinEvent(
          person: stand(event.person), time: event.time, kind: "left_out", weight: 0, note: nil))
    case .withdraw(.event): return self
    case .withdraw(.score(let person, let date, let dimension)):
      return .withdraw(.score(person: stand(person), date: date, dimension: dimension))
    case .calibrate(var calibration):
      calibration.who = ""
      calibration.why = ""
      return .calibrate(calibration)
    case .measure, .endMeasuring: return self
    default: return nil
    }
  }
}

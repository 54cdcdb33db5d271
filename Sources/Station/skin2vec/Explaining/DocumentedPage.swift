import Bus
import Readings
import Store
import Wording

/// A page of an explanation for a program, and for a person.
protocol DocumentedPage: ExplanationPage {
  var json: JSON { get }
}

extension ValuePage: DocumentedPage {
  var json: JSON { value.json }
}

extension SessionPage: DocumentedPage {
  var json: JSON {
    [
      "session": session.saved.json(withTouches: false),
      "touches": .list(session.touches.map(\.json)),
      "slot_sessions": .list(session.slotSessions.map { .integer($0) }),
      "time": session.saved.session.started.json(restamps: session.restamps),
    ]
  }
}

extension WholeSessionPage: DocumentedPage {
  var json: JSON {
    guard case .object(var members) = session.json else { return session.json }
    members["values"] = .list(values.map(\.json))
    members["whole_touches"] = .list(touches.map(\.json))
    return .object(members)
  }
}

extension TouchPage: DocumentedPage {
  var json: JSON { touch.json }
}

extension AirPage: DocumentedPage {
  var json: JSON {
    [
      "time": air.sample.stamp.json(restamps: air.restamps), "stored": air.reading.json,
      "nudged_us": .integer(air.nudge.microseconds), "raw": JSON(air.reading.asSaid),
      "derived": air.derived?.json ?? .null, "differs": JSON(air.differs),
      "part": air.part?.json ?? .null, "calibration": air.correction?.json ?? .null,
      "limits": air.limits.json, "checks": .list(air.checks.map(\.json)),
      "hour": air.hour.map { hour in
        [
          "hour_utc_us": .integer(hour.start.microseconds), "mean": .number(hour.mean),
          "min": .number(hour.least), "max": .number(hour.greatest), "n": JSON(hour.count),
          "expected": JSON(hour.expected),
        ]
      } ?? .null,
      "slots": .list(air.slots.map { .text($0.description) }),
    ]
  }
}

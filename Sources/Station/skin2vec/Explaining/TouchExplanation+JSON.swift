import Bus
import Readings
import Store
import Wording

extension TouchExplanation {
  var json: JSON {
    [
      "touch_id": .integer(id), "session_id": .integer(sessionID), "number": JSON(touch.number),
      "person": .text(person.rawValue), "local_date": .text(key.date.description),
      "slot": .text(key.slot.rawValue), "site": .text(touch.site.rawValue),
      "contact_us": JSON(touch.contact?.microseconds),
      "time": touch.started.json(restamps: restamps), "limits": limits.json,
      "measures": .list(measures.map(\.json)),
    ]
  }
}

extension MeasureExplanation {
  var json: JSON {
    let scale: JSON =
      stored.scale.map { scale in
        [
          "units_per_code": .number(scale.unitsPerCode), "offset": .number(scale.offset),
          "greatest_code": .integer(Int64(scale.greatestCode)),
        ]
      } ?? .null
    return [
      "channel": .text(stored.channel.rawValue), "unit": .text(stored.channel.unit),
      "raw_unit": .text(stored.rawUnit.rawValue),
      "codes": .list(stored.samples.map { .integer(Int64($0)) }), "scale": scale,
      "over_range": JSON(overRange), "fault": JSON(stored.fault?.rawValue),
      "stored": stored.results, "derived": derived?.results ?? .null,
      "differs": JSON(differs), "part": part?.json ?? .null,
      "calibration": calibration?.json ?? .null, "formula": JSON(formula()),
      "checks": .list(checks.map(\.json)),
    ]
  }
}

extension Touch.Measure {
  /// What is worked out of its codes.
  fileprivate var results: JSON {
    [
      "raw": JSON(raw), "value": JSON(value), "spread": JSON(spread),
      "reason": JSON(refusal?.rawValue),
    ]
  }
}

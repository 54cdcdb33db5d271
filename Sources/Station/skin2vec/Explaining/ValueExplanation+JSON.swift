import Readings
import Store
import Wording

extension ValueExplanation {
  /// The explanation as a program reads it.
  var json: JSON {
    [
      "person": .text(person.rawValue), "local_date": .text(key.date.description),
      "slot": .text(key.slot.rawValue), "channel": .text(channel.rawValue),
      "unit": .text(channel.unit), "site": JSON(site?.rawValue), "differs": JSON(differs),
      "stored": stored?.json ?? .null, "derived": derived?.json ?? .null,
      "sessions": .list(sessions.map(\.json)),
      "touches": .list(touches.map(\.json)), "air": air?.json ?? .null,
      "checks": .list(checks.map(\.json)), "limits": limits.json, "epoch": epoch?.json ?? .null,
      "floor": .number(floor), "week": week.json(isAir: channel.isAir),
      "baseline": baseline.json(isAir: channel.isAir),
      "restamps": .list(restamps.map(\.json)),
    ]
  }
}

extension DerivedSlotValue {
  fileprivate var json: JSON {
    [
      "value": .number(value), "spread": JSON(spread), "n_touches": JSON(count),
      "quality": .text(quality.rawValue), "reason": JSON(reason), "ma7": JSON(normalised.mean7),
      "z7": JSON(normalised.z7), "n7": JSON(normalised.n7), "z30": JSON(normalised.z30),
      "n30": JSON(normalised.n30), "baseline_state": .text(normalised.baseline.rawValue),
    ]
  }
}

extension ValueExplanation.Candidate {
  fileprivate var json: JSON {
    [
      "session_id": .integer(sessionID), "started_utc_us": .integer(started.utc.microseconds),
      "clock": .text(started.trust.rawValue), "verdict": .text(verdict.rawValue),
      "accepted": JSON(accepted), "touches": JSON(touches), "value": JSON(value),
      "spread": JSON(spread),
    ]
  }
}

extension EpochThen {
  fileprivate var json: JSON {
    [
      "epoch": .integer(number), "began_utc_us": .integer(began.microseconds),
      "cause": .text(cause), "clock": .text(clock.rawValue),
    ]
  }
}

extension AirWindow {
  fileprivate var json: JSON {
    [
      "from_utc_us": .integer(from.microseconds), "to_utc_us": .integer(to.microseconds),
      "samples": JSON(samples), "min": JSON(least), "max": JSON(greatest),
      "left_out": .object(leftOut.mapValues { JSON($0) }), "samples_are_gone": JSON(isGone),
    ]
  }
}

extension Comparison {
  fileprivate func json(isAir: Bool) -> JSON {
    [
      "n": JSON(values.count), "needed": JSON(needed),
      "values": .list(
        values.map { ["local_date": .text($0.date.description), "value": .number($0.value)] }),
      "left_out": .list(
        leftOut.map {
          ["local_date": .text($0.date.description), "why": .text($0.why.words(isAir: isAir))]
        }),
      "median": JSON(median), "mad": JSON(deviation), "scale": JSON(scale), "z": JSON(z),
    ]
  }
}

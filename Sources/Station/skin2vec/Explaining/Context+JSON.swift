import Bus
import Readings
import Store

extension Calibration {
  var json: JSON {
    [
      "calibration_id": JSON(id), "part": .text(part), "channel": .text(channel.rawValue),
      "valid_from_utc_us": .integer(validFrom.microseconds),
      "valid_to_utc_us": JSON(validTo?.microseconds), "who": .text(who), "why": .text(why),
      "parameters": .object(parameters.mapValues { .number($0) }),
    ]
  }
}

extension Check {
  var json: JSON {
    [
      "rule": .text(rule.rawValue), "channel": JSON(channel?.rawValue), "found": JSON(found),
      "least": JSON(least), "greatest": JSON(greatest), "unit": .text(unit),
      "passed": passed.map { .bool($0) } ?? .null,
    ]
  }
}

extension PartThen {
  var json: JSON {
    [
      "part": .text(identity.part), "product": .text(identity.product),
      "serial": JSON(identity.serial), "firmware": JSON(identity.firmware),
      "status": JSON(identity.status), "since_utc_us": .integer(since.microseconds),
      "hour": health.map { hour in
        [
          "samples": JSON(hour.samples), "corrupted": JSON(hour.corrupted),
          "not_acknowledged": JSON(hour.notAcknowledged),
          "other_failures": JSON(hour.otherFailures), "recoveries": JSON(hour.recoveries),
          "restarts": JSON(hour.restarts), "status": JSON(hour.status),
        ]
      } ?? .null,
    ]
  }
}

extension LimitsInForce {
  var json: JSON {
    [
      "since_date": JSON(since?.description), "limits": JSON(number),
      "valid_from_utc_us": JSON(from?.microseconds),
      "valid_to_utc_us": JSON(until?.microseconds),
    ]
  }
}

extension Stamp {
  func json(restamps: [Restamp]) -> JSON {
    [
      "time_utc_us": .integer(utc.microseconds), "clock": .text(trust.rawValue),
      "boot_id": .text(bootID), "boot_us": .integer(bootMicroseconds),
      "restamps": .list(restamps.map(\.json)),
    ]
  }
}

extension Restamp {
  var json: JSON {
    [
      "restamp": .integer(number), "time_utc_us": .integer(stamp.utc.microseconds),
      "boot_id": .text(bootID), "boot_time_zero_utc_us": .integer(bootTimeZero.microseconds),
      "sessions": JSON(report.sessions), "air_samples": JSON(report.airSamples),
      "others": JSON(report.others), "from_utc_us": JSON(report.move?.earliest.microseconds),
      "to_utc_us": JSON(report.move?.latest.microseconds),
      "moved_us": JSON(report.move.map { $0.by.microseconds }),
    ]
  }
}

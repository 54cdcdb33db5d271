import Bus
import Readings
import Store

extension PartThen {
  /// `fdc1004 0x50: FDC1004, serial 12, firmware 2.0, status well, since 2026-11-01 08:00`.
  func words(_ local: LocalClock) -> String {
    let status = identity.status.map { $0.isEmpty ? "status well" : "status: \($0)" }
    let facts = [
      identity.product, identity.serial.map { "serial \($0)" } ?? "no serial",
      identity.firmware.map { "firmware \($0)" }, status,
    ].compactMap(\.self).map(\.printable)
    let health = health.map { hour in
      "; that hour \(hour.samples) readings, \(hour.corrupted) corrupted, "
        + "\(hour.notAcknowledged) not acknowledged"
    }
    return "\(identity.part): \(facts.joined(separator: ", ")), since \(local.dateTime(since))"
      + (health ?? "")
  }

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
  /// `limits 2, in force since 2026-11-01 08:00`.
  func words(_ local: LocalClock) -> String {
    guard let number else { return "the usual limits: the diary holds none" }
    let ruling = since.map { ", for \($0) and later" } ?? ""
    let since = from.map { "in force since \(local.dateTime($0))" } ?? "in force from the first"
    return "limits \(number), \(since)" + (until.map { " until \(local.dateTime($0))" } ?? "")
      + ruling
  }

  var json: JSON {
    [
      "since_date": JSON(since?.description), "limits": JSON(number),
      "valid_from_utc_us": JSON(from?.microseconds),
      "valid_to_utc_us": JSON(until?.microseconds),
    ]
  }
}

extension Stamp {
  /// `2026-11-20 22:14:03, clock synced, boot 00112233, 3 d 4 h after its start`.
  func words(_ local: LocalClock, restamps: [Restamp]) -> String {
    let boot =
      "boot \(bootID.prefix(8)), \(spanInWords(Double(bootMicroseconds) / 1e6)) after its start"
    let text = "\(local.dateTimeSeconds(utc)), clock \(trust.rawValue), \(boot)"
    guard trust == .restamped, let restamp = restamps.last else { return text }
    let before = restamp.report.move.map { "; noted for \(local.dateTimeSeconds(utc - $0.by))" }
    return text + (before ?? "") + ", \(restamp.words(local))"
  }

  func json(restamps: [Restamp]) -> JSON {
    [
      "time_utc_us": .integer(utc.microseconds), "clock": .text(trust.rawValue),
      "boot_id": .text(bootID), "boot_us": .integer(bootMicroseconds),
      "restamps": .list(restamps.map(\.json)),
    ]
  }
}

extension Restamp {
  /// `stamped anew 2026-11-20 22:20:10 with 3 sessions, 12 samples of the air and 4 entries`.
  func words(_ local: LocalClock) -> String {
    "stamped anew \(local.dateTimeSeconds(stamp.utc)) with "
      + "\(counted(report.sessions, "session")), \(counted(report.airSamples, "sample")) of the air "
      + "and \(counted(report.others, "entry", "entries"))"
  }

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

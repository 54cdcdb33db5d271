package import Readings
package import Store

extension PartThen {
  /// `fdc1004 0x50: FDC1004, serial 12, firmware 2.0, status well, since 2026-11-01 08:00`.
  package func words(_ speech: Speech) -> String {
    let status = identity.status.map { status in
      status.isEmpty
        ? speech.text("status well", "状态正常") : speech.text("status: \(status)", "状态：\(status)")
    }
    let facts = [
      identity.product,
      identity.serial.map { speech.text("serial \($0)", "序列号 \($0)") }
        ?? speech.text("no serial", "无序列号"),
      identity.firmware.map { speech.text("firmware \($0)", "固件 \($0)") }, status,
    ].compactMap(\.self).map(\.printable).joined(separator: speech.text(", ", "，"))
    let since = speech.local.dateTime(since)
    return speech.text(
      "\(identity.part): \(facts), since \(since)", "\(identity.part)：\(facts)，自 \(since) 起")
      + (health.map { words(of: $0, speech) } ?? "")
  }

  private func words(of hour: PartHealth, _ speech: Speech) -> String {
    speech.text(
      "; that hour \(hour.samples) readings, \(hour.corrupted) corrupted, "
        + "\(hour.notAcknowledged) not acknowledged",
      "；该小时读取 \(hour.samples) 次，损坏 \(hour.corrupted) 次，无应答 \(hour.notAcknowledged) 次")
  }
}

extension Speech {
  /// A part that the diary knows nothing of.
  func unknownPart(_ part: String) -> String {
    text("\(part): nothing is known of it", "\(part)：没有它的记录")
  }
}

extension LimitsInForce {
  /// `limits 2, in force since 2026-11-01 08:00`.
  package func words(_ speech: Speech) -> String {
    guard let number else {
      return speech.text("the usual limits: the diary holds none", "通用限值：日记中没有限值")
    }
    let from = from.map { speech.local.dateTime($0) }
    let until = until.map { speech.local.dateTime($0) }
    let english =
      (from.map { "in force since \($0)" } ?? "in force from the first")
      + (until.map { " until \($0)" } ?? "") + (since.map { ", for \($0) and later" } ?? "")
    let chinese =
      (from.map { "自 \($0) 起生效" } ?? "自始生效")
      + (until.map { "，至 \($0) 止" } ?? "") + (since.map { "，用于 \($0) 及以后" } ?? "")
    return speech.text("limits \(number), \(english)", "限值 \(number)，\(chinese)")
  }
}

extension Stamp {
  /// `2026-11-20 22:14:03, clock synced, boot 00112233, 3 d 4 h after its start`.
  package func words(_ speech: Speech, restamps: [Restamp]) -> String {
    let span = spanInWords(Double(bootMicroseconds) / 1e6, in: speech.language)
    let boot = speech.text(
      "boot \(bootID.prefix(8)), \(span) after its start", "启动标识 \(bootID.prefix(8))，启动后 \(span)")
    let text = [speech.local.dateTimeSeconds(utc), trust.words(in: speech.language), boot]
      .joined(separator: speech.text(", ", "，"))
    guard trust == .restamped, let restamp = restamps.last else { return text }
    let before = restamp.report.move.map { move in
      let noted = speech.local.dateTimeSeconds(utc - move.by)
      return speech.text("; noted for \(noted)", "；原记为 \(noted)")
    }
    return text + (before ?? "") + speech.text(", ", "，") + restamp.words(speech)
  }
}

extension Restamp {
  /// `stamped anew 2026-11-20 22:20:10 with 3 sessions, 12 samples of the air and 4 entries`.
  package func words(_ speech: Speech) -> String {
    let time = speech.local.dateTimeSeconds(stamp.utc)
    let air = grouped(report.airSamples)
    return speech.text(
      "stamped anew \(time) with \(counted(report.sessions, "session")), "
        + "\(counted(report.airSamples, "sample")) of the air "
        + "and \(counted(report.others, "entry", "entries"))",
      "于 \(time) 补正时间，同时补正 \(grouped(report.sessions)) 次测量、"
        + "\(air) 个空气采样和 \(grouped(report.others)) 条记录")
  }
}

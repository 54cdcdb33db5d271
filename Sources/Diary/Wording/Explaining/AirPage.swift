import Readings
package import Store

/// One channel of one sample of the air.
package struct AirPage: ExplanationPage, Hashable {
  package var air: AirExplanation

  package init(air: AirExplanation) { self.air = air }

  package func lines(_ speech: Speech) -> [String] {
    let (local, paint) = (speech.local, speech.paint)
    let title =
      "\(local.dateTimeSeconds(air.sample.stamp.utc))  \(air.channel.name(in: speech.language))"
    var lines = [paint.bold(title) + "  \(air.reading.words(in: speech.language))"]
    lines += originLines(speech)
    lines.append(paint.bold(speech.text("Checks", "检查")) + "  " + air.limits.words(speech))
    lines += air.checks.isEmpty ? [speech.text("  none", "  无")] : air.checks.lines(speech)
    if air.differs, let derived = air.derived {
      lines.append(
        paint.red(
          "  "
            + speech.difference(
              air.reading.words(in: speech.language), derived.words(in: speech.language))))
    }
    lines.append(paint.bold(speech.text("Where it went", "去向")))
    let hour = air.hour.map { words($0, speech) } ?? speech.text("not rolled up yet", "尚未汇总")
    lines.append(speech.field(speech.text("hour", "小时"), hour))
    let slots = speech.language.list(air.slots.map { $0.words(in: speech.language) })
    lines.append(
      speech.field(
        speech.text("slots", "时段"), slots.isEmpty ? speech.text("none yet", "尚无") : slots))
    return lines
  }

  /// When it was said, by which part, and how it became its value.
  private func originLines(_ speech: Speech) -> [String] {
    var lines = [
      speech.field(
        speech.text("time", "时间"), air.sample.stamp.words(speech, restamps: air.restamps))
    ]
    if air.nudge > .zero {
      let microseconds = Int64((air.nudge / .microseconds(1)).rounded())
      lines.append(
        speech.field(
          speech.text("filed", "归档"),
          speech.text(
            "\(microseconds) µs later: another sample has that moment",
            "推后 \(microseconds) µs：那一时刻已有另一个采样")))
    }
    let part = air.part?.words(speech) ?? speech.unknownPart(air.sample.part)
    lines.append(speech.field(speech.text("part", "部件"), part))
    lines.append(
      speech.field(
        speech.text("said", "原始值"),
        air.reading.asSaid.map { number($0, speech) }
          ?? speech.text("nothing", "无")))
    guard let correction = air.correction else {
      return lines + [
        speech.field(
          speech.text("correction", "校准"),
          speech.text("none: the value is what the part said", "无：数值即部件所报"))
      ]
    }
    let formula = correction.formula(
      air.reading.asSaid, comesTo: air.derived?.value, in: speech.language)
    return lines + [
      "  " + correction.words(speech), speech.field(speech.text("value", "数值"), formula),
    ]
  }

  private func number(_ value: Double, _ speech: Speech) -> String {
    let unit = air.channel.unit
    let chinese = unit == "index" ? "" : " " + unit
    return decimal(value, 2) + speech.text(" " + unit, chinese)
  }

  private func words(_ hour: AirHour, _ speech: Speech) -> String {
    let start = speech.local.dateTime(hour.start)
    let range = "\(decimal(hour.least, 2)) … \(number(hour.greatest, speech))"
    let share = hour.expected.map { speech.language.share("\(hour.count)", of: "\($0)") }
    let count = share ?? "\(hour.count)"
    return speech.text(
      "\(start): mean \(decimal(hour.mean, 2)), \(range), \(count) samples",
      "\(start)：均值 \(decimal(hour.mean, 2))，\(range)，\(count) 个采样")
  }
}

extension AirReading {
  fileprivate var value: Double? {
    if case .value(let value, _, _) = state { value } else { nil }
  }
}

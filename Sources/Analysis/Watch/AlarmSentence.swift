internal import Curves
internal import Readings

extension Alarm {
  /// The sentence in Chinese, without a full stop.
  package var chineseSentence: String { AlarmSentence.chinese(self) }
}

/// An alarm in one line.
struct AlarmSentence {
  let text: String

  init(_ alarm: Alarm) {
    let said: String
    let since = "since about \(alarm.beganLikely) (\(alarm.beganEarliest) to \(alarm.beganLatest))"
    let unit = alarm.changes.first?.unit ?? ""
    let direction = alarm.size.value < 0 ? "lower" : "higher"
    let size =
      "\(Self.short(abs(alarm.size.value)))\(unit.isEmpty ? "" : " " + unit) \(direction)"
      + " (\(Self.short(abs(alarm.sizeSD.value))) of your SD)"
    let others = alarm.changes.dropFirst().filter { $0.probability >= 0.8 }.map(\.curve)
    let also = others.isEmpty ? "" : ", as \(others.joined(separator: ", "))"
    let chance = Self.short(100 * (alarm.probabilities[alarm.kind] ?? 0)).split(separator: ".")[0]
    let season = alarm.mayBeSeason ? "; or it is the season, of which two years are needed" : ""
    switch alarm.kind {
    case .shift:
      said = "\(alarm.curve) has been \(size) \(since)\(also): a sudden change, \(chance) % sure"
    case .drift:
      said =
        "\(alarm.curve) has been moving \(since), to \(size)\(also): a slow drift, \(chance) % sure"
    case .deviceJump:
      said =
        "\(alarm.curve) reads \(size) \(since)\(also): all curves of one part moved at once,"
        + " so check the instrument, \(chance) % sure"
    case .quiet:
      said = "\(alarm.curve) looked changed \(since), but the readings since do not bear it out"
    case .undecided:
      said =
        "\(alarm.curve) has been \(size) \(since)\(also); whether at once or slowly is not clear yet"
    }
    text = said + season
  }

  static func chinese(_ alarm: Alarm) -> String {
    func date(_ date: LocalDate) -> String { Spoken.date(date, in: .simplifiedChinese) }
    func name(_ curve: String) -> String { Spoken.outcome(curve, in: .simplifiedChinese) }
    let curve = name(alarm.curve)
    let since =
      "约自\(date(alarm.beganLikely))（\(date(alarm.beganEarliest))至\(date(alarm.beganLatest))）起"
    let unit = alarm.changes.first.map { Spoken.unit($0.unit, in: .simplifiedChinese) } ?? ""
    let size =
      "偏\(alarm.size.value < 0 ? "低" : "高") \(short(abs(alarm.size.value)))"
      + (unit.isEmpty ? "" : " \(unit)") + "（个人标准差的 \(short(abs(alarm.sizeSD.value))) 倍）"
    let others = alarm.changes.dropFirst().filter { $0.probability >= 0.8 }.map { name($0.curve) }
    let also = others.isEmpty ? "" : "，\(others.joined(separator: "、"))亦然"
    let chance = short(100 * (alarm.probabilities[alarm.kind] ?? 0)).split(separator: ".")[0]
    let season = alarm.mayBeSeason ? "；也可能是季节所致，需要两年的数据才能判断" : ""
    let said =
      switch alarm.kind {
      case .shift: "\(curve)\(since)\(size)\(also)：突然变化，把握 \(chance) %"
      case .drift: "\(curve)\(since)逐渐变化，已\(size)\(also)：缓慢漂移，把握 \(chance) %"
      case .deviceJump:
        "\(curve)\(since)读数\(size)\(also)：同一部件的所有曲线同时变动，请检查仪器，把握 \(chance) %"
      case .quiet: "\(curve)\(since)曾似有变化，但此后的读数并不支持"
      case .undecided: "\(curve)\(since)\(size)\(also)；是突变还是渐变尚不清楚"
      }
    return said + season
  }

  /// Two digits after the point below 10, one below 100, else none.
  static func short(_ value: Double) -> String {
    let scale = abs(value) < 10 ? 100.0 : abs(value) < 100 ? 10 : 1
    let text = String((value * scale).rounded() / scale)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

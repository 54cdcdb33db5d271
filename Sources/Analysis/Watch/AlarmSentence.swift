internal import Curves
internal import Readings

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

  /// Two digits after the point below 10, one below 100, else none.
  static func short(_ value: Double) -> String {
    let scale = abs(value) < 10 ? 100.0 : abs(value) < 100 ? 10 : 1
    let text = String((value * scale).rounded() / scale)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

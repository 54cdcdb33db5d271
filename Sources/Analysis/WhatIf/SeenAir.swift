internal import Curves
internal import Mathematics
internal import Readings

/// What was seen of the air that is asked about.
struct SeenAir {
  let curve: AirCurve
  let mean: Double
  let deviation: Double
  /// The mean of the last week.
  let reference: Double

  /// How near a mean of days must have come, in SD of the channel.
  private static let near = 0.25

  /// - Throws: a ``Silence`` where the channel was hardly measured, or such air was never seen.
  init(_ question: WhatIf, _ history: History) throws(Silence) {
    let air = Spoken.padded(Spoken.channel(question.channel, in: .simplifiedChinese))
    guard (1...WhatIf.mostDays).contains(question.days), question.value.isFinite else {
      throw Silence(
        "only 1 to \(WhatIf.mostDays) days of a given air can be asked about",
        "只能询问 1 至 \(WhatIf.mostDays) 天的空气状况")
    }
    guard let curve = history.air(question.channel) else {
      throw Silence("\(question.channel) is not measured", "没有测量\(air)")
    }
    let seen = curve.values.compactMap { $0 }
    guard let mean = Robust.mean(seen), let deviation = Robust.deviation(seen), deviation > 1e-9,
      let low = Robust.quantile(seen, 0.02), let high = Robust.quantile(seen, 0.98)
    else {
      throw Silence("\(question.channel) has no readings that differ", "\(air)的读数没有差别")
    }
    guard low <= question.value, question.value <= high else {
      throw Silence(
        "\(question.channel) of \(shown(question.value)) \(curve.unit) was hardly ever seen; "
          + "what was seen is \(shown(low)) to \(shown(high)) \(curve.unit)",
        "几乎从未出现过\(air)为 \(shown(question.value)) \(curve.unit) 的情形；见过的范围是 "
          + "\(shown(low)) 至 \(shown(high)) \(curve.unit)")
    }
    let week = curve.values.suffix(7 * Grid.perDay).compactMap { $0 }
    guard week.count >= 4, let reference = Robust.mean(week) else {
      throw Silence(
        "\(question.channel) was hardly measured in the last week", "最近一周几乎没有测量\(air)")
    }
    self.curve = curve
    self.mean = mean
    self.deviation = deviation
    self.reference = reference
    let stretch = longest(near: question.value, atMost: question.days)
    guard stretch >= question.days else {
      throw Silence(
        "\(question.channel) near \(shown(question.value)) \(curve.unit) was never seen for "
          + "\(question.days) days on end; the longest was \(stretch)",
        "从未连续 \(question.days) 天出现\(air)接近 \(shown(question.value)) \(curve.unit)；"
          + "最长为 \(stretch) 天")
    }
  }

  /// The most days in a row whose mean came near the value, or went beyond it.
  private func longest(near value: Double, atMost days: Int) -> Int {
    let room = Self.near * deviation
    let isHigh = value >= mean
    return (1...days).last { count in
      means(ofDays: count).contains { isHigh ? $0 >= value - room : $0 <= value + room }
    } ?? 0
  }

  /// The means of so many days in a row, where three quarters of them were measured.
  private func means(ofDays days: Int) -> [Double] {
    let width = days * Grid.perDay
    var (sum, count) = (0.0, 0)
    var means: [Double] = []
    for place in curve.values.indices {
      if let value = curve.values[place] { (sum, count) = (sum + value, count + 1) }
      if place >= width, let value = curve.values[place - width] {
        (sum, count) = (sum - value, count - 1)
      }
      if place >= width - 1, 4 * count >= 3 * width { means.append(sum / Double(count)) }
    }
    return means
  }

  /// In SD of the channel.
  func standardised(_ value: Double) -> Double { (value - mean) / deviation }
}

/// A number with one digit after the point, whatever the locale.
func shown(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "?" }
  let tenths = Int((abs(value) * 10).rounded())
  let part = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
  return (value < 0 && tenths > 0 ? "−" : "") + "\(tenths / 10)" + part
}

import Readings
import Store

/// What a value is compared with, and how.
extension ValuePage {
  /// The values, those left out, and the deviation with its numbers put in.
  func comparisonLines(
    _ title: String, _ comparison: Comparison, _ paint: Paint
  ) -> [String] {
    let count = comparison.values.count
    let state = count < comparison.needed ? ", given from \(comparison.needed) on" : ""
    var lines = [paint.bold(title) + "  n \(count)\(state)"]
    lines += comparison.values.map { "\(words($0.date)) \(decimal($0.value, 1))" }
      .wrapped(indentedBy: 2)
    if !comparison.leftOut.isEmpty {
      lines += (["left out:"] + comparison.leftOut.map { "\(words($0.date)) \(words($0.why))" })
        .wrapped(indentedBy: 2)
    }
    return lines + arithmetic(comparison)
  }

  private func arithmetic(_ comparison: Comparison) -> [String] {
    guard let median = comparison.median, let deviation = comparison.deviation,
      let scale = comparison.scale, let own = value.derived?.value ?? value.stored?.value
    else { return [] }
    let result = comparison.z.map { " = \(signed($0, 2))" } ?? ", not given yet"
    return [
      "  median \(decimal(median, 2)), MAD \(decimal(deviation, 2)), 1.4826·MAD "
        + "\(decimal(deviation * 1.4826, 2)), floor \(plain(value.floor))",
      "  z = (\(decimal(own, 2)) − \(decimal(median, 2)))/\(decimal(scale, 2))\(result)",
    ]
  }

  /// Month and day, and the year where it is not the value's own.
  private func words(_ date: LocalDate) -> String {
    date.civil.year == value.key.date.civil.year ? date.short : date.description
  }

  private func words(_ why: Comparison.Why) -> String { why.words(isAir: value.channel.isAir) }
}

extension Comparison.Why {
  /// `suspect: the touches disagree`, `no tap`.
  func words(isAir: Bool) -> String {
    switch self {
    case .quality(let quality, let reason): qualityWords(quality, reason: reason)
    case .epoch(let number): "epoch \(number)"
    case .missing where isAir: "no value"
    case .missing(nil): "no tap"
    case .missing(let verdict?): "no value, tap \(verdict.rawValue)"
    }
  }
}

extension LocalDate {
  /// Month and day: `11-20`.
  var short: String { String(description.suffix(5)) }
}

extension [String] {
  /// Words in lines of what fits, two spaces apart.
  func wrapped(indentedBy indentation: Int, width: Int = 96) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    return reduce(into: []) { lines, word in
      if let last = lines.last, last.count + word.count + 2 <= width {
        lines[lines.count - 1] = last + "  " + word
      } else {
        lines.append(margin + word)
      }
    }
  }
}

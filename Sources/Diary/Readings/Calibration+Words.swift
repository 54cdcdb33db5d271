extension Notice {
  /// A calibration that is in the diary now.
  package static func calibrated(_ calibration: Calibration) -> Notice {
    Notice(
      .calibrated,
      "\(calibration.part) calibrated for \(calibration.channel.rawValue) by \(calibration.who): "
        + "\(calibration.why) (\(calibration.numbersInWords)); a new baseline begins",
      priority: .notice,
      fields: [
        .init("PART", calibration.part), .init("CHANNEL", calibration.channel.rawValue),
        .init("WHO", calibration.who),
      ])
  }
}

extension Calibration {
  /// Its numbers, by the order of their names: `air_picofarads 2.1, reference_picofarads 12.3`.
  package var numbersInWords: String {
    parameters.sorted { $0.key < $1.key }
      .map { name, number in "\(name) \(Self.shortest(number))" }
      .joined(separator: ", ")
  }

  /// A number without a needless `.0`.
  private static func shortest(_ number: Double) -> String {
    let text = String(number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

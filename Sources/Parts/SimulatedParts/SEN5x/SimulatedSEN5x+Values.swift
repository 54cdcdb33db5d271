import Quantities

extension SimulatedSEN5x {
  /// The eight words of 0x03C4: PM1, 2.5, 4, 10, humidity, temperature, VOC, NOx.
  func measuredWords(at now: Int64) -> [UInt16] {
    // NOx is unknown for 10 s after power-on or reset.
    let hasNOx = model == .sen55 && now - poweredAt >= 10_000_000
    return massWords() + climateWords() + [
      SensirionWords.signed(latest.vocIndex?.value, times: 10),
      SensirionWords.signed(hasNOx ? latest.noxIndex?.value : nil, times: 10),
    ]
  }

  /// The four words of 0x03D2: humidity, temperature, VOC ticks, NOx ticks.
  ///
  /// Ticks fall as the gas grows, from about 30000 in the usual air; only the direction is real.
  func rawWords() -> [UInt16] {
    let voc = latest.vocIndex.map { 32_000 - $0.value * 20 }
    let nox = model == .sen55 ? latest.noxIndex.map { 18_000 - $0.value * 10 } : nil
    return climateWords() + [
      SensirionWords.unsigned(voc, times: 1), SensirionWords.unsigned(nox, times: 1),
    ]
  }

  /// The ten words of 0x0413: four masses, five number concentrations, the typical size.
  ///
  /// Numbers follow the masses by fixed ratios of fine house dust; no measurement stands behind.
  func particleWords() -> [UInt16] {
    let fine = latest.pm2_5?.microgramsPerCubicMetre
    let perMicrogram = [5.9, 6.9, 6.95, 6.97, 6.98]
    return massWords()
      + perMicrogram.map { ratio in particle(fine.map { $0 * ratio }, times: 10) }
      + [particle(fine.map { _ in 0.55 }, times: 1000)]
  }

  private func massWords() -> [UInt16] {
    [latest.pm1, latest.pm2_5, latest.pm4, latest.pm10].map {
      particle($0?.microgramsPerCubicMetre, times: 10)
    }
  }

  private func climateWords() -> [UInt16] {
    let celsius = latest.temperature.map { settings.compensated($0.celsius) }
    return [
      SensirionWords.signed(latest.humidity?.percent, times: 100),
      SensirionWords.signed(celsius, times: 200),
    ]
  }

  /// A PM word.
  ///
  /// 0xFFFE is what parts in the field were seen to give on all PM channels while
  /// humidity and temperature stayed right: a fault, not the sentinel.
  private func particle(_ value: Double?, times scale: Double) -> UInt16 {
    if ailments.contains(.nearSentinel) { return 0xFFFE }
    if case .measuring(particles: false, _) = mode { return SensirionWords.unknown }
    return SensirionWords.unsigned(value, times: scale)
  }
}

import Bus
import Readings

extension AirSampler.Outlets {
  /// How the station is doing, in one sentence for `systemctl status`.
  func sentence() -> String {
    var words: [String] = []
    if health.heldTaps > 0 { words.append("\(health.heldTaps) taps NOT saved yet") }
    words.append(health.lastTap.map { "last: \($0)" } ?? "no tap yet")
    let lost =
      health.missingLines + health.parts.filter { $0.part.state != .running }.map(\.name)
    if !lost.isEmpty { words.append("missing: \(lost.joined(separator: ", "))") }
    let air = now.readings(at: herald.keeper.clock.now)
    let climate = [(Channel.airTemperature, " °C", 1), (.airHumidity, " %RH", 0)].compactMap {
      channel, unit, places in
      air[channel]?.usable.map { decimal($0, places) + unit }
    }
    if !climate.isEmpty { words.append(climate.joined(separator: " ")) }
    if !herald.keeper.isTrusted { words.append("clock not set yet") }
    return words.joined(separator: "; ")
  }
}

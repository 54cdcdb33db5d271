import Normalisation
import Readings

/// The one line that says what became of a tap, and its fields.
struct TapWording: Sendable {
  let namesPerson: Bool

  func notice(for saved: SavedSession) -> Notice {
    let session = saved.session
    let tap = saved.key.slot.rawValue + " tap" + (namesPerson ? " of \(session.person)" : "")
    var fields = self.fields(of: saved)
    switch session.verdict {
    case .refused:
      let reason = session.touches.last?.measures.first?.refusal?.words ?? "no touch was read"
      fields.append(.init("REASON", session.touches.last?.measures.first?.refusal?.rawValue ?? ""))
      return Notice(
        .tapRefused,
        "\(tap) not counted, none of \(session.touches.count) touches was good: \(reason)",
        priority: .warning, fields: fields, stamp: session.ended)
    case .saved, .interrupted:
      let sites = self.sites(of: session)
      let values = sites.map { site in
        (sites.count > 1 ? "\(site) " : "") + self.values(at: site, of: saved)
      }
      let isWhole = session.verdict == .saved
      return Notice(
        isWhole ? .tapSaved : .tapInterrupted,
        "\(tap) saved\(isWhole ? "" : " (interrupted)"): \(values.joined(separator: "; ")), "
          + "\(air(of: session)); \(comparison(of: saved))",
        fields: fields, stamp: session.ended)
    }
  }

  private func sites(of session: TapSession) -> [Site] {
    session.touches.reduce(into: []) { sites, touch in
      if !sites.contains(touch.site) { sites.append(touch.site) }
    }
  }

  /// Moisture and sebum of a site, as `moisture 47.2 ±0.8 (5 of 6 touches)`.
  private func values(at site: Site, of saved: SavedSession) -> String {
    let touches = saved.session.touches.filter { $0.site == site }
    let parts = [(Channel.skinMoisture, "moisture", 1), (.skinSebum, "sebum", 0)].compactMap {
      channel, name, places -> String? in
      let measures = touches.flatMap(\.measures).filter { $0.channel == channel }
      guard !measures.isEmpty else { return nil }
      let noun = channel == .skinMoisture ? " touches" : ""
      let count = "(\(measures.count { $0.isAccepted }) of \(measures.count)\(noun))"
      let accepted = measures.filter(\.isAccepted)
      guard let own = RobustStatistics.centreAndSpread(of: accepted.compactMap(\.value)) else {
        return "\(name) none \(count)"
      }
      let spread = accepted.count > 1 ? own.spread : accepted.first?.spread
      let width = spread.map { " ±" + decimal($0, places) } ?? ""
      return "\(name) \(decimal(own.centre, places))\(width) \(count)"
    }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  /// The air at the time, as `22.1 °C 48 %RH PM2.5 6.1 µg/m³`.
  private func air(of session: TapSession) -> String {
    let wanted: [(Channel, String, String, Int)] = [
      (.airTemperature, "", " °C", 1), (.airHumidity, "", " %RH", 0),
      (.airPM2_5, "PM2.5 ", " µg/m³", 1),
    ]
    let words = wanted.compactMap { channel, prefix, unit, places -> String? in
      switch session.air[channel]?.state {
      case .value(let value, _, _): prefix + decimal(value, places) + unit
      case .absent(let absence): "\(channel.shortName) absent (\(absence.rawValue))"
      case nil: nil
      }
    }
    return words.isEmpty ? "air not measured" : words.joined(separator: " ")
  }

  /// The first site's moisture against its week and its baseline.
  private func comparison(of saved: SavedSession) -> String {
    let value = saved.values.first { $0.channel == .skinMoisture } ?? saved.values.first
    guard let normalised = value?.normalised else {
      return "an earlier tap with more touches stands for this \(saved.key.slot.rawValue)"
    }
    let week =
      normalised.z7.map { "7-day " + decimal($0, 1) } ?? "7-day not yet (\(normalised.n7) of 4)"
    let own =
      normalised.z30.map { "baseline \(decimal($0, 1)) (\(normalised.n30) of 30)" }
      ?? "baseline forming (\(normalised.n30) of 30)"
    return "\(week), \(own)"
  }

  private func fields(of saved: SavedSession) -> [Notice.Field] {
    let session = saved.session
    var fields: [Notice.Field] = [
      .init("SLOT", saved.key.slot.rawValue), .init("LOCAL_DATE", saved.key.date.description),
      .init("SESSION", String(saved.id)), .init("PERSON", session.person.rawValue),
      .init("TOUCHES", String(session.touches.count)),
      .init("ACCEPTED", String(session.acceptedTouches)),
      .init("CLOCK", session.started.trust.rawValue),
    ]
    var seen: Set<Channel> = []
    for value in saved.values where value.site != nil {
      let isFirst = seen.insert(value.channel).inserted
      let name =
        value.channel.shortName.uppercased() + (isFirst ? "" : value.site?.fieldSuffix ?? "")
      fields.append(.init(name, plainDecimal(value.value, 2)))
      if let spread = value.spread {
        fields.append(.init(name + "_SPREAD", plainDecimal(spread, 2)))
      }
      fields += [("_Z7", value.normalised.z7), ("_Z30", value.normalised.z30)].compactMap {
        suffix, z in z.map { .init(name + suffix, plainDecimal($0, 2)) }
      }
      fields.append(.init(name + "_N30", String(value.normalised.n30)))
    }
    let air: [(Channel, String)] = [
      (.airTemperature, "AIR_TEMPERATURE_CELSIUS"), (.airHumidity, "AIR_HUMIDITY_PERCENT"),
      (.airPM2_5, "AIR_PM2_5_UG_M3"),
    ]
    return fields
      + air.compactMap { channel, name in
        session.air[channel]?.usable.map { .init(name, plainDecimal($0, 2)) }
      }
  }
}

extension Channel {
  /// What a line calls it: `moisture`.
  fileprivate var shortName: String {
    switch self {
    case .airPM2_5: "PM2.5"
    default: String(rawValue.split(separator: ".").last ?? "")
    }
  }
}

extension Site {
  /// The site as the end of a field's name: `_FOREHEAD`.
  fileprivate var fieldSuffix: String {
    "_" + rawValue.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
  }
}

extension TapSession {
  /// Everything that was measured, for a line that may be all that is left of it.
  package var inWords: String {
    touches.flatMap { touch in
      touch.measures.map { measure in
        let value = measure.value.map { plainDecimal($0, 2) } ?? "none"
        let raw = measure.raw.map { "\(plainDecimal($0, 4)) \(measure.rawUnit.rawValue)" } ?? "none"
        let refusal = measure.refusal.map { " (\($0.rawValue))" } ?? ""
        return "\(touch.site) \(measure.channel.rawValue) \(value) raw \(raw)\(refusal)"
      }
    }.joined(separator: ", ")
  }
}

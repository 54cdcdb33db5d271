import FoundationEssentials
import Readings

/// Where each zone's city is, as the time zone database says (`zone.tab`, `zone1970.tab`).
package struct ZonePlaces: Sendable {
  private var places: [String: Sun.Place] = [:]

  /// Reads the tables of a folder; those that are not there say nothing.
  package init(folder: String = "/usr/share/zoneinfo") {
    for name in ["zone1970.tab", "zone.tab"] {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard !line.hasPrefix("#"), columns.count > 2, let place = Sun.Place(iso6709: columns[1])
        else { continue }
        places[String(columns[2])] = place
      }
    }
  }

  /// Whether it is night in the zone's city; by the clock, from six to six, where that is not known.
  func isNight(at time: Timestamp, _ plan: DayPlan) -> Bool {
    guard let place = places[plan.zone.name] else {
      return !(360..<1080).contains(plan.local(time).minute)
    }
    return Sun.isDown(at: time, over: place)
  }
}

extension Sun.Place {
  /// Reads `+5230+01322` or `+404251-0740023`: degrees, minutes and maybe seconds (ISO 6709).
  init?(iso6709 text: Substring) {
    guard let split = text.dropFirst().firstIndex(where: { $0 == "+" || $0 == "-" }),
      let latitude = Self.degrees(text[..<split], digits: 2),
      let longitude = Self.degrees(text[split...], digits: 3)
    else { return nil }
    self.init(latitude: latitude, longitude: longitude)
  }

  private static func degrees(_ text: Substring, digits: Int) -> Double? {
    let numbers = text.dropFirst()
    guard text.hasPrefix("+") || text.hasPrefix("-"),
      [digits + 2, digits + 4].contains(numbers.count), numbers.allSatisfy(\.isWholeNumber),
      let degrees = Double(numbers.prefix(digits)),
      let minutes = Double(numbers.dropFirst(digits).prefix(2))
    else { return nil }
    let rest = numbers.dropFirst(digits + 2)
    guard let seconds = rest.isEmpty ? 0 : Double(rest) else { return nil }
    let size = degrees + minutes / 60 + seconds / 3600
    return text.hasPrefix("-") ? -size : size
  }
}

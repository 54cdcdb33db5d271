internal import Curves
internal import FoundationEssentials
internal import Mathematics
internal import Readings

// A made-up person's diary as files that `skin2vec import` takes, and the truth beside them.
extension Subject {
  /// Names and texts: `slots.csv`, `events.csv`, `air.csv` in hourly samples, and `truth.json`.
  ///
  /// Times are UTC. The air of a slot is that of the twelve hours before it begins, at 04:00 and 14:00.
  ///
  /// - Throws: an `EncodingError` for a plan with a number that JSON cannot hold.
  package func files() throws -> [(name: String, text: String)] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return [
      ("slots.csv", slots), ("events.csv", events), ("air.csv", air),
      ("truth.json", String(decoding: try encoder.encode(plan), as: UTF8.self) + "\n"),
    ]
  }

  private var slots: String {
    var lines = ["local_date,slot,channel,site,value"]
    for place in 0..<history.places {
      for curve in history.curves {
        guard let value = curve.values[place] else { continue }
        lines.append(
          "\(history.date(place)),\(Grid.slot(place).rawValue),\(curve.channel),"
            + "\(curve.site ?? ""),\(value)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var events: String {
    var lines = ["time,kind,weight"]
    for place in 0..<history.places {
      let hour = Grid.slot(place) == .morning ? "08" : "21"
      for event in history.events where event.doses[place] > 0 {
        lines.append(
          "\(history.date(place))T\(hour):00:00Z,\(event.kind),\(min(event.doses[place], 1))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var air: String {
    var lines = ["time," + history.air.map(\.channel).joined(separator: ",")]
    guard !history.air.isEmpty else { return lines[0] + "\n" }
    for place in 0..<history.places {
      let values = history.air.map { curve in curve.values[place].map { "\($0)" } ?? "NA" }
      let begins = history.date(place).daysSince1970 * 24 + (Grid.slot(place) == .morning ? 4 : 14)
      for hour in (begins - 9)..<begins {
        let date = LocalDate(daysSince1970: hour / 24)
        lines.append(
          "\(date)T\((hour % 24).padded(to: 2)):30:00Z," + values.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

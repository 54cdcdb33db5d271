internal import Curves
internal import Mathematics
internal import Readings
internal import Watch

// What was read in the month.
extension MonthReport {
  /// Which dates are covered, and how many of their slots have a reading.
  var cover: String {
    let dates =
      end == month.first
      ? end.inWords : "\(month.first.inWords) to \(end.inWords)"
    return paragraph("Covers \(dates)\(end < month.last ? "; the month is not over" : "").")
      + paragraph(tapped, style: "lead")
  }

  private var tapped: String {
    guard let history else { return "The diary holds no reading up to \(end.inWords)." }
    let skin = history.curves.filter { $0.channel.hasPrefix("skin.") }
    let first = max(month.first, history.firstDate)
    let places = history.places(from: first, to: end)
    func count(_ slot: Slot) -> String {
      let possible = places.filter { Grid.slot($0) == slot }
      let had = possible.filter { place in
        skin.contains { $0.values.indices.contains(place) && $0.values[place] != nil }
      }
      return "\(had.count) of \(Words.counted(possible.count, slot.rawValue))"
    }
    let since =
      first > month.first ? "The diary begins on \(first.inWords). Since then, " : ""
    return since + "\(count(.morning)) and \(count(.evening)) have a skin reading of good quality."
  }

  /// A figure and a table for each curve.
  var courses: String {
    guard let history, !history.curves.isEmpty else {
      return paragraph("No reading, so there is nothing to draw.")
    }
    let range = history.places(from: month.first, to: month.last)
    let read = history.curves.filter { curve in
      range.contains { curve.values.indices.contains($0) && curve.values[$0] != nil }
    }
    let unread = history.curves.filter { curve in !read.contains { $0.name == curve.name } }
    let missing =
      unread.isEmpty
      ? ""
      : paragraph(
        "No reading in this month: \(Words.joined(unread.map { Words.name(of: $0) })).")
    let drawn = read.enumerated().map { index, curve in
      MonthCourse(history: history, month: month, curve: curve, alarms: alarms)
        .html(id: "course-\(index + 1)")
    }
    let note =
      "A change is this month's mean minus that of the month before. Its interval allows for "
      + "neighbouring readings that go together and for a level that wanders by itself. It is "
      + "adjusted for neither season nor events nor air: it says that the level moved, not why."
    return drawn.joined() + (read.isEmpty ? "" : paragraph(note, style: "small")) + missing
  }

  /// Alarms that were noticed in the month.
  var alarms: [Alarm] {
    (results.watch?.alarms ?? []).filter {
      (month.first...month.last).contains($0.noticedOn)
    }
  }

  /// Means of the air.
  var air: String {
    guard let history, !history.air.isEmpty else { return "" }
    func values(_ channel: AirCurve, _ month: Month) -> [Double] {
      history.places(from: month.first, to: month.last).compactMap {
        channel.values.indices.contains($0) ? channel.values[$0] : nil
      }
    }
    func say(_ values: [Double], _ digits: Int) -> String {
      guard let mean = Robust.mean(values), let low = values.min(), let high = values.max() else {
        return "not measured"
      }
      return "\(decimal(mean, digits)) (\(decimal(low, digits)) to \(decimal(high, digits))), "
        + Words.n(values.count)
    }
    let rows = history.air.map { channel in
      let digits = Words.digits(floor: Channel(rawValue: channel.channel)?.defaultFloor ?? 1)
      let name = Words.name(ofChannel: channel.channel)
      return [
        channel.unit.isEmpty || channel.unit == "index" ? name : "\(name), \(channel.unit)",
        say(values(channel, month), digits), say(values(channel, month.previous), digits),
      ]
    }
    return table(
      caption: "The air of the 12 hours before each tap: mean (least to most), n half days",
      columns: ["Channel", month.name, month.previous.name], rows: rows)
  }
}

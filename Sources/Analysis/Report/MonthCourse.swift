internal import Curves
internal import Figures
internal import Mathematics
internal import Readings
internal import Watch

/// One curve over the month: the figure and the table of its means.
struct MonthCourse {
  let history: History
  let month: Month
  let curve: Curve
  /// Those that were noticed in the month.
  let alarms: [Alarm]

  private var range: Range<Int> { history.places(from: month.first, to: month.last) }

  /// Slots in which the curve was ever read: a score has no mornings.
  private var slots: [Slot] {
    Slot.allCases.filter { slot in
      curve.values.indices.contains { curve.values[$0] != nil && Grid.slot($0) == slot }
    }
  }

  /// A heading, the figure under that `id`, and the table.
  func html(id: String) -> String {
    subheading(Words.name(of: curve)) + drawing(figure, id: id, caption: caption) + means
  }

  private static func plural(_ slot: Slot) -> String { slot.rawValue + "s" }

  // MARK: Figure

  private var figure: Figure {
    var figure = PanelFigure(
      title: "\(Words.name(of: curve)), \(month.name)", firstDate: month.first, days: month.days,
      panels: slots.map { slot in
        PanelFigure.Panel(
          name: Self.plural(slot), unit: curve.unit,
          values: range.map { Grid.slot($0) == slot ? value($0) : nil },
          calmer: range.map { Grid.slot($0) == slot ? meanOfSevenDays(at: $0) : nil },
          scale: "skin")
      } + air)
    figure.rows = events
    figure.marks = marks
    figure.calmerName = "mean of seven days"
    return figure.figure
  }

  private func value(_ place: Int) -> Double? {
    curve.values.indices.contains(place) ? curve.values[place] : nil
  }

  /// Of a reading, and those of the same slot and epoch in the six days before it.
  private func meanOfSevenDays(at place: Int) -> Double? {
    guard value(place) != nil else { return nil }
    let days = (0..<7).map { place - $0 * Grid.perDay }
    return Robust.mean(
      days.filter { value($0) != nil && curve.epochs[$0] == curve.epochs[place] }
        .compactMap { value($0) })
  }

  /// The humidity, else the first channel that the station measures.
  private var air: [PanelFigure.Panel] {
    guard let channel = history.air("air.humidity") ?? history.air.first else { return [] }
    return [
      PanelFigure.Panel(
        name: "\(Words.name(ofChannel: channel.channel)), 12 hours before", unit: channel.unit,
        values: range.map { channel.values.indices.contains($0) ? channel.values[$0] : nil },
        scale: channel.channel)
    ]
  }

  private var events: [PanelFigure.Row] {
    history.events.compactMap { event in
      let places = range.filter { event.doses.indices.contains($0) && event.doses[$0] > 0 }
      return places.isEmpty
        ? nil
        : PanelFigure.Row(name: event.kind, places: places.map { $0 - range.lowerBound })
    }
  }

  private var marks: [SeriesFigure.Mark] {
    let epochs = range.filter {
      curve.epochs.indices.contains($0) && $0 > 0 && curve.epochs[$0] != curve.epochs[$0 - 1]
    }.map {
      SeriesFigure.Mark(place: $0 - range.lowerBound, kind: .epoch, label: .newEpoch)
    }
    let begins = alarms.filter { $0.curve == curve.name }.map { alarm in
      let days = alarm.beganLikely.daysSince1970 - month.first.daysSince1970
      return SeriesFigure.Mark(
        place: days * Grid.perDay, kind: .alarm,
        label: .changeFrom(alarm.beganLikely))
    }
    return epochs + begins
  }

  private var caption: String {
    let kind = "Each dot is a reading; a missed day is a gap."
    return events.isEmpty ? kind : kind + " Circles below: events, on the half day they count in."
  }

  // MARK: Means

  private var means: String {
    let comparisons = slots.map { SlotComparison(history, curve, $0, month) }
    return table(
      caption: "\(Words.name(of: curve)): means" + (curve.unit.isEmpty ? "" : ", \(curve.unit)"),
      columns: [
        "Time of day", month.name, month.previous.name, "Change, 90 % interval",
      ],
      rows: comparisons.map { comparison in
        [
          comparison.slot == .morning ? "Mornings" : "Evenings", say(comparison.present),
          say(comparison.before), say(comparison.difference),
        ]
      })
  }

  private var digits: Int { Words.digits(floor: curve.floor) }

  private func say(_ slot: SlotMonth) -> String {
    switch slot.mean {
    case .success(let mean):
      "\(decimal(mean, digits)) (\(Words.n(slot.count)))"
    case .failure(let silence): silence.reason
    }
  }

  private func say(_ difference: Result<Estimate, Silence>) -> String {
    switch difference {
    case .success(let change):
      "\(signed(change.value, digits)) (\(signed(change.low, digits)) to "
        + "\(signed(change.high, digits)))"
    case .failure(let silence): silence.reason
    }
  }
}

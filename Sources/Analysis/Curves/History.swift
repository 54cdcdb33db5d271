package import Readings

/// What analysis sees of one person's diary: outcomes, air and events on one grid of two readings a day.
package struct History: Sendable {
  package var person: String
  /// The local date of the grid's first two places.
  package var firstDate: LocalDate
  /// How many days the grid holds.
  package var days: Int
  package var curves: [Curve]
  package var air: [AirCurve]
  package var events: [EventCurve]

  package init(
    person: String, firstDate: LocalDate, days: Int, curves: [Curve] = [], air: [AirCurve] = [],
    events: [EventCurve] = []
  ) {
    self.person = person
    self.firstDate = firstDate
    self.days = days
    self.curves = curves
    self.air = air
    self.events = events
  }

  /// Places of the grid.
  package var places: Int { days * Grid.perDay }

  /// The local date of a place.
  package func date(_ index: Int) -> LocalDate { firstDate + Grid.day(index) }

  /// The air's channel of that name, if the station measures it.
  package func air(_ channel: String) -> AirCurve? { air.first { $0.channel == channel } }

  /// The first days only, as the diary stood then.
  package func prefix(days kept: Int) -> History {
    let places = min(kept, days) * Grid.perDay
    var history = self
    history.days = min(kept, days)
    history.curves = curves.map {
      var curve = $0
      curve.values = Array($0.values.prefix(places))
      curve.epochs = Array($0.epochs.prefix(places))
      return curve
    }
    history.air = air.map {
      AirCurve(channel: $0.channel, unit: $0.unit, values: Array($0.values.prefix(places)))
    }
    history.events = events.map { EventCurve(kind: $0.kind, doses: Array($0.doses.prefix(places))) }
    return history
  }
}

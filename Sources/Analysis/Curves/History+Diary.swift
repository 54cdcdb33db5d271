package import Readings

// From what a diary's views hold.
extension History {
  /// The person's diary on the grid; nil where they have no slot value and no score.
  ///
  /// Values of quality `suspect` or `bad` are left out. An event counts in the slot it happened in.
  ///
  /// - Parameters:
  ///   - person: whose.
  ///   - slotValues: all that the diary has, of whomever.
  ///   - events: the same.
  ///   - scores: the same.
  ///   - plan: how the person's days are cut into slots.
  package init?(
    person: Person, slotValues: [SlotValue], events: [SkinEvent], scores: [Score], plan: DayPlan
  ) {
    let own = slotValues.filter { $0.person == person }
    let felt = scores.filter { $0.person == person }
    let dates = own.map(\.key.date) + felt.map(\.date)
    guard let first = dates.min(), let last = dates.max() else { return nil }
    self.init(
      person: person.rawValue, firstDate: first,
      days: last.daysSince1970 - first.daysSince1970 + 1)
    curves = skin(own) + scored(felt)
    air = airCurves(own)
    self.events = doses(events.filter { $0.person == person }, plan)
  }

  /// Who has values or scores, by name.
  package static func people(slotValues: [SlotValue], scores: [Score]) -> [Person] {
    Set(slotValues.map(\.person) + scores.map(\.person)).sorted { $0.rawValue < $1.rawValue }
  }

  private func place(_ key: SlotKey) -> Int {
    Grid.index(day: key.date.daysSince1970 - firstDate.daysSince1970, slot: key.slot)
  }

  private func skin(_ values: [SlotValue]) -> [Curve] {
    struct Key: Hashable {
      var channel: Channel
      var site: Site?
    }
    let skin = values.filter { !$0.channel.isAir && $0.channel != .skinForce }
    let groups = Dictionary(grouping: skin) { Key(channel: $0.channel, site: $0.site) }
    return groups.map { key, values in
      var curve = Curve(
        channel: key.channel.rawValue, unit: key.channel.unit == "index" ? "" : key.channel.unit,
        site: key.site?.rawValue, floor: key.channel.defaultFloor,
        values: Array(repeating: nil, count: places))
      var epochs: [Int: Int] = [:]
      for value in values where value.quality == .ok {
        curve.values[place(value.key)] = value.value
        epochs[place(value.key)] = Int(value.epoch)
      }
      curve.epochs = Self.filled(epochs, places)
      return curve
    }.sorted { $0.name < $1.name }
  }

  /// Places without a value belong to the epoch before them.
  private static func filled(_ epochs: [Int: Int], _ places: Int) -> [Int] {
    var present = epochs.min { $0.key < $1.key }?.value ?? 1
    return (0..<places).map { place in
      present = epochs[place] ?? present
      return present
    }
  }

  private func scored(_ scores: [Score]) -> [Curve] {
    Score.Dimension.allCases.compactMap { dimension in
      let own = scores.filter { $0.dimension == dimension }
      guard !own.isEmpty else { return nil }
      var curve = Curve(
        channel: "score.\(dimension.rawValue)", floor: 0.5,
        values: Array(repeating: nil, count: places))
      for score in own {
        curve.values[place(SlotKey(date: score.date, slot: .evening))] = score.value
      }
      return curve
    }
  }

  private func airCurves(_ values: [SlotValue]) -> [AirCurve] {
    let groups = Dictionary(grouping: values.filter { $0.channel.isAir }, by: \.channel)
    return groups.map { channel, values in
      var curve = AirCurve(
        channel: channel.rawValue, unit: channel.unit, values: Array(repeating: nil, count: places))
      for value in values where value.quality == .ok {
        curve.values[place(value.key)] = value.value
      }
      return curve
    }.sorted { $0.channel < $1.channel }
  }

  private func doses(_ events: [SkinEvent], _ plan: DayPlan) -> [EventCurve] {
    Dictionary(grouping: events, by: \.kind).map { kind, events in
      var curve = EventCurve(kind: kind, doses: Array(repeating: 0, count: places))
      for event in events {
        let place = place(plan.slot(at: event.time))
        // One before the first reading acts on none that is known; one after the last on none yet.
        guard curve.doses.indices.contains(place) else { continue }
        curve.doses[place] += event.weight
      }
      return curve
    }.sorted { $0.kind < $1.kind }
  }
}

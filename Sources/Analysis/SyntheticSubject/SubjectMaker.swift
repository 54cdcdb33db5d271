internal import Mathematics
internal import Curves
internal import Readings

/// Makes one person up, day by day.
struct SubjectMaker {
  let world: World
  let plan: SubjectPlan
  var generator: SeededGenerator
  /// All subjects begin on some day of these four years.
  private static let first = LocalDate(daysSince1970: 18_262)

  init(world: World, plan: SubjectPlan, generator: SeededGenerator) {
    self.world = world
    self.plan = plan
    self.generator = generator
  }

  mutating func make() -> Subject {
    let start = Self.first + Int(generator.uniform() * 1461)
    var history = History(person: "me", firstDate: start, days: plan.days)
    history.events = plan.events.map { makeEvent($0, history) }
    let air = makeAir(history)
    if plan.hasAir { history.air = air }
    let common = wander(places: history.places)
    history.curves = plan.channels.map { makeCurve($0, history, air, common) }
    return Subject(history: history, plan: plan)
  }

  /// More often before a weekend, and in one half of the year: what confounds a simple comparison.
  private mutating func makeEvent(_ event: PlantedEvent, _ history: History) -> EventCurve {
    var doses = Array(repeating: 0.0, count: history.places)
    for day in 0..<plan.days {
      let date = history.firstDate + day
      let weekend = (date.daysSince1970 + 3) % 7 >= 4 ? 1.6 : 0.55
      let chance = event.perYear / 365 * weekend * (1 - 0.8 * world.season(date))
      guard generator.chance(min(chance, 0.9)) else { continue }
      doses[Grid.index(day: day, slot: .evening)] = generator.chance(event.halfDoses) ? 0.5 : 1
    }
    return EventCurve(kind: event.kind, doses: doses)
  }

  /// A wandering series of variance 1 on the grid.
  private mutating func wander(places: Int, perDay: Double? = nil) -> [Double] {
    let kept = (perDay ?? plan.autocorrelation).power(1 / Double(Grid.perDay))
    let fresh = (1 - kept * kept).squareRoot()
    var value = generator.normal()
    return (0..<places).map { _ in
      value = kept * value + fresh * deviate()
      return value
    }
  }

  /// Variance 1; in the other world with heavy tails.
  private mutating func deviate() -> Double {
    switch world {
    case .home: generator.normal()
    case .other: generator.studentT(df: 4) / 2.0.squareRoot()
    }
  }

  private mutating func makeAir(_ history: History) -> [AirCurve] {
    let (warm, damp, dust) = (
      wander(places: history.places, perDay: 0.8), wander(places: history.places, perDay: 0.7),
      wander(places: history.places, perDay: 0.75)
    )
    var (temperature, humidity, particles): ([Double?], [Double?], [Double?]) = ([], [], [])
    for place in 0..<history.places {
      let season = world.season(history.date(place))
      temperature.append(20 + 2 * season + 1.2 * warm[place])
      humidity.append(min(95, max(12, 50 + 6 * season + 9 * damp[place])))
      particles.append((2.3 - 0.3 * season + 0.6 * dust[place]).exponential)
    }
    return [
      AirCurve(channel: "air.temperature", unit: "°C", values: temperature),
      AirCurve(channel: "air.humidity", unit: "%RH", values: humidity),
      AirCurve(channel: "air.pm2_5", unit: "µg/m³", values: particles),
    ]
  }

  private mutating func makeCurve(
    _ channel: PlantedChannel, _ history: History, _ air: [AirCurve], _ common: [Double]
  ) -> Curve {
    let own = wander(places: history.places)
    // In the other world a third of the wandering is slow.
    let slow = wander(places: history.places, perDay: 0.97)
    let isAlone = plan.channels.count == 1
    var acting = Array(repeating: 0.0, count: history.places)
    for (event, curve) in zip(plan.events, history.events)
    where event.channel == nil || event.channel == channel.channel {
      add(event, curve, to: &acting)
    }
    var values: [Double?] = []
    for place in 0..<history.places {
      var wandering = isAlone ? own[place] : 0.5 * common[place] + 0.75.squareRoot() * own[place]
      if world == .other {
        wandering = (2.0 / 3).squareRoot() * wandering + (1.0 / 3).squareRoot() * slow[place]
      }
      let noise =
        plan.autoregressiveShare.squareRoot() * wandering
        + (1 - plan.autoregressiveShare).squareRoot() * deviate()
      let planted = acting[place] + calendar(place, history) + humid(place, air)
      let change = changed(Grid.day(place), channel)
      let value = noise + planted + change
      guard !isMissing(noise + acting[place]) else {
        values.append(nil)
        continue
      }
      values.append(channel.mean + channel.deviation * value)
    }
    return Curve(
      channel: channel.channel, unit: channel.unit, site: channel.site, floor: channel.floor,
      values: values)
  }

  private func add(_ event: PlantedEvent, _ curve: EventCurve, to acting: inout [Double]) {
    guard event.peak != 0 else { return }
    let reach = 30 * Grid.perDay
    let kernel = (0..<reach).map {
      event.peak * world.kernel(event, daysAfter: Double($0) / Double(Grid.perDay))
    }
    for place in curve.doses.indices where curve.doses[place] > 0 {
      for lag in 0..<min(reach, acting.count - place) {
        acting[place + lag] += curve.doses[place] * kernel[lag]
      }
    }
  }

  private func calendar(_ place: Int, _ history: History) -> Double {
    let date = history.date(place)
    let weekend = (date.daysSince1970 + 3) % 7 >= 5
    return plan.seasonAmplitude * world.season(date)
      + plan.weekday * (weekend ? -0.5 : 0.5)
      + plan.slotOffset * (Grid.slot(place) == .morning ? -0.5 : 0.5)
  }

  private func humid(_ place: Int, _ air: [AirCurve]) -> Double {
    guard let bell = plan.bell, let humidity = air[1].values[place],
      let particles = air[2].values[place]
    else { return 0 }
    // One SD of the logarithm is 0.6; the channel's own SD is about 8 µg/m³.
    let optimum = bell.optimum - bell.shift * (particles - 12) / 8
    return -bell.curvature * world.bell(tens: (humidity - optimum) / 10)
  }

  private func changed(_ day: Int, _ channel: PlantedChannel) -> Double {
    plan.changes.filter { $0.channel == nil || $0.channel == channel.channel }
      .reduce(0) { $0 + $1.amount(day: day) }
  }

  private mutating func isMissing(_ state: Double) -> Bool {
    guard plan.isMissingInformative else { return generator.chance(plan.missing) }
    // Three times as likely on the worst days as on the best.
    return generator.chance(plan.missing * (state < -0.5 ? 1.7 : 0.65))
  }
}

import Acquisition
import Bus
import Control
import Journal
import Quantities
import Readings
import Sensors
import ServiceLifecycle
import Settings

/// Everything that runs while one set of settings is in force.
struct Assembly {
  let settings: Settings
  let board: any Board
  let sink: any ReadingSink
  let keeper: TimeKeeper
  let herald: Herald
  let health: Health
  let people: People
  let plan: DayPlan
  let book: CalibrationBook
  /// Where somebody who calibrates finds the probe.
  let probe = ProbeAccess()
  let surroundings: Surroundings
  /// Tells those who follow where a tap stands.
  let news: TapNews

  /// The services, each after those it needs; they are stopped in reverse.
  ///
  /// - Parameters:
  ///   - host: Hears of the station's state.
  ///   - watchdog: Within which systemd wants to hear of work, where it does.
  /// - Returns: The services.
  /// - Throws: `BoardError` where the board lacks what the settings name.
  func services(host: Housekeeper.Host, watchdog: Duration?) throws -> [any Service] {
    let now = AirNow(staleAfter: settings.air.staleAfter)
    let writer = AirWriter(
      herald: herald, health: health, period: settings.air.commitEvery, disk: disk)
    let outlets = AirSampler.Outlets(now: now, writer: writer, herald: herald, health: health)
    let light = Light(outputs: try lights(), clock: board.clock)
    let recorder = TapRecorder(
      herald: herald, health: health, light: light, held: surroundings.held, news: news,
      namesPerson: people.entries.count > 1)
    let buses = try openBuses()
    let steps = try recoverySteps()
    expectData()
    var services: [any Service] = [
      writer.on("air writer"), light.on("light"), recorder.on("recorder"),
    ]
    services += airSources(on: buses).map { source, schedule in
      AirSampler(
        source: source, schedule: schedule, outlets: outlets, book: book,
        care: care(of: source.part, steps: steps[source.part] ?? RecoverySteps())
      ).on(source.part)
    }
    let house = TapConductor.House(
      people: people, air: now, light: light, recorder: recorder, herald: herald, health: health,
      news: news)
    if let contact = try contact(settings.lines.contact, as: .contact) {
      let parts = ProbeParts(
        moisture: moistureProbe(on: buses), sebum: try sebumProbe(on: buses),
        force: forceProbe(on: buses))
      let conductor = TapConductor(
        probe: .init(contact: contact, parts: parts, steps: steps), house: house,
        rules: TapRules(settings.tap), book: book)
      probe.open(conductor)
      services.append(conductor.on("tap"))
    }
    if let button = try contact(settings.lines.selector, as: .selector) {
      services.append(
        PersonSelector(button: button, people: people, herald: herald, light: light)
          .on("selector"))
    }
    let plan = plan
    services.append(
      Housekeeper(
        period: watchdog.map { min($0 / 3, .seconds(60)) } ?? .seconds(60), plan: { plan },
        outlets: outlets, host: host, watch: watch
      ).on("housekeeper"))
    return services
  }

  private func openBuses() throws -> [String: any I2CBus] {
    var buses: [String: any I2CBus] = [:]
    for (name, path) in settings.buses where settings.parts.contains(where: { $0.bus == name }) {
      buses[name] = try named("buses.\(name)") { () throws(BusError) in
        try board.bus(name, path: path)
      }
    }
    return buses
  }

  private func airSources(
    on buses: [String: any I2CBus]
  ) -> [(source: any AirSource, schedule: AirSchedule)] {
    settings.parts.compactMap { part in
      guard case .air(let names, let schedule) = part.options, let bus = buses[part.bus],
        let source = part.part.airSource(
          on: bus, at: part.address, clock: board.clock,
          channels: names.compactMap { Channel(rawValue: $0.rawValue) },
          particleWarmUp: settings.air.warmUp)
      else { return nil }
      return (
        source,
        AirSchedule(every: schedule.every ?? settings.air.every, offset: schedule.offset)
      )
    }
  }

  private func moistureProbe(on buses: [String: any I2CBus]) -> MoistureProbe? {
    for part in settings.parts {
      guard case .moisture(let options) = part.options, let bus = buses[part.bus] else { continue }
      return MoistureProbe(
        part: part.part.name(at: part.address),
        driver: FDC1004(bus: bus, address: part.address, clock: board.clock),
        input: options.input, offsetCode: options.offsetCode)
    }
    return nil
  }

  private func sebumProbe(on buses: [String: any I2CBus]) throws -> SebumProbe? {
    for (index, part) in settings.parts.enumerated() {
      guard case .sebum(let options) = part.options, let bus = buses[part.bus] else { continue }
      let lamp = try named("parts[\(index)].lamp") { () throws(BusError) in
        try board.output(options.lamp, as: .lamp)
      }
      return SebumProbe(
        part: part.part.name(at: part.address),
        driver: TSL2591(bus: bus, address: part.address, clock: board.clock), lamp: lamp,
        gain: options.gain.onPart, integration: options.integrationOnPart)
    }
    return nil
  }

  private func forceProbe(on buses: [String: any I2CBus]) -> ForceProbe? {
    for part in settings.parts {
      guard case .touch(let options) = part.options, let bus = buses[part.bus] else { continue }
      return ForceProbe(
        part: part.part.name(at: part.address),
        driver: ADS1115(bus: bus, address: part.address, clock: board.clock),
        force: options.forceInput.flatMap { ADS1115.Input(rawValue: UInt16($0)) },
        temperature: options.temperatureInput.flatMap { ADS1115.Input(rawValue: UInt16($0)) },
        gain: options.range.onPart, rate: options.rate.onPart)
    }
    return nil
  }

  private func contact(_ line: Settings.InputLine?, as role: LineRole) throws -> Contact? {
    guard let line else { return nil }
    let input = try named(role.key) { () throws(BusError) in
      try board.input(line, as: role)
    }
    return Contact(input: input, debounce: line.debounce, clock: board.clock)
  }

  private func lights() throws -> [any SignalOutput] {
    let lines = [(settings.lines.light, LineRole.light), (settings.lines.buzzer, .buzzer)]
    return try lines.compactMap { line, role in
      guard let line else { return nil }
      return try named(role.key) { () throws(BusError) in try board.output(line, as: role) }
    }
  }

  func named<Result>(
    _ key: String, _ open: () throws(BusError) -> Result
  ) throws -> Result {
    do {
      return try open()
    } catch {
      throw BoardError(key: key, cause: error)
    }
  }
}

extension Settings.Sebum.Gain {
  var onPart: TSL2591.Gain {
    switch self {
    case .low: .low
    case .medium: .medium
    case .high: .high
    case .maximum: .maximum
    }
  }
}

extension Settings.Sebum {
  var integrationOnPart: TSL2591.Integration {
    TSL2591.Integration(rawValue: UInt8(integrationSteps - 1)) ?? .milliseconds100
  }
}

extension Settings.Touch.Range {
  var onPart: ADS1115.Gain {
    switch self {
    case .volts6_144: .volts6_144
    case .volts4_096: .volts4_096
    case .volts2_048: .volts2_048
    case .volts1_024: .volts1_024
    case .volts0_512: .volts0_512
    case .volts0_256: .volts0_256
    }
  }
}

extension Settings.Touch.Rate {
  var onPart: ADS1115.Rate {
    switch self {
    case .perSecond8: .perSecond8
    case .perSecond16: .perSecond16
    case .perSecond32: .perSecond32
    case .perSecond64: .perSecond64
    case .perSecond128: .perSecond128
    case .perSecond250: .perSecond250
    case .perSecond475: .perSecond475
    case .perSecond860: .perSecond860
    }
  }
}

extension TapRules {
  init(_ tap: Settings.Tap) {
    self.init()
    maximumTouches = tap.maximumTouches
    sebumTouches = tap.sebumTouches
    endAfter = tap.endAfter
  }
}

extension People.Entry {
  init(_ resident: Settings.Resident) {
    self.init(person: Person(resident.name), sites: resident.sites.map { Site($0) })
  }
}

import Acquisition
import Bus
import Normalisation
import Readings
import Sensors
import ServiceLifecycle
import SimulatedParts
import Store

/// A whole station in a house of the campaign: simulated parts, the real pipeline, the real diary.
final class WiresStation: Sendable {
  /// When a campaign begins: 2026-03-03 21:13:05 UTC.
  static let startUTC: Int64 = 1_772_572_385_000_000
  static let uptime: Int64 = 12_000_000
  static let checkedPeriod: Int64 = 60_000_000

  let house: WiresHouse
  let time: SimulatedTime
  let bus: SimulatedI2CBus
  let contact: SimulatedLine
  let world: WiresWorld
  let health: Health
  let store: Store
  /// The supply of every part on the bus; nil where the station cannot switch it.
  let supply: SimulatedSignal?
  private let services: [any Service]

  /// Sets a station up.
  ///
  /// - Parameters:
  ///   - house: Which parts it has.
  ///   - seed: When faults of a likelihood below 1 strike.
  ///   - path: Where its diary is made.
  ///   - hasSupply: Whether it can switch the parts off and on, which frees a bus that one of them holds.
  ///   - defect: What is planted.
  /// - Throws: What the store throws.
  init(
    _ house: WiresHouse, seed: UInt64, diary path: String, hasSupply: Bool, defect: WiresDefect?
  ) throws {
    self.house = house
    let time = SimulatedTime(utcMicroseconds: Self.startUTC, uptime: .microseconds(Self.uptime))
    self.time = time
    let bus = SimulatedI2CBus(name: "house \(house.name)", clock: time, seed: seed)
    self.bus = bus
    contact = SimulatedLine(name: "contact", clock: time, isDebounced: true)
    let lamp = SimulatedSignal(name: "lamp", clock: time)
    world = WiresWorld(lamp: lamp)
    health = Health(clock: time)
    let keeper = TimeKeeper(clock: time)
    store = try Store(
      path: path,
      options: .init(
        origin: .simulated("wires"), plan: DayPlan(zone: .utc), waitsForDisk: false,
        now: { keeper.stamp() }), executor: time)
    let addresses = house.addresses
    supply =
      hasSupply
      ? SimulatedSignal(name: "supply", clock: time) { isOn, _ in
        guard !isOn else { return }
        bus.clearFaults()
        for address in addresses { bus.detach(at: address).map { bus.attach($0, at: address) } }
      } : nil
    let power = supply.map { PowerSwitch(line: $0, clock: time) }
    services = Self.services(
      Parts(
        house: house, wire: defect == .belief ? BelievingBus(bus, clock: time) : bus, time: time,
        contact: contact, lamp: lamp, steps: RecoverySteps(power: power)),
      herald: Herald(post: { _ in }, sink: store, keeper: keeper), health: health, defect)
    for (number, air) in house.air.enumerated() {
      let shift = defect == .shift && number == 0 ? 0.5 : 0
      bus.attach(WiresHouse.part(air.part, number: 0, in: world, shift: shift), at: air.address)
    }
    for (part, address) in WiresHouse.probe {
      bus.attach(WiresHouse.part(part, number: 0, in: world), at: address)
    }
  }

  /// Runs the station while a script plays, and closes its diary.
  func run(_ script: @Sendable @escaping () async throws -> Void) async throws {
    let (services, store) = (services, store)
    try await time.run {
      for calibration in Self.calibrations {
        _ = try await store.record(calibration, at: Self.stamp)
      }
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for service in services { tasks.addTask { try await service.run() } }
        try await script()
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
      try await store.close()
    }
  }

  func rest(_ duration: Duration) async throws {
    try await time.sleep(until: time.now.advanced(by: duration), tolerance: nil)
  }

  private static let stamp = Stamp(
    utc: Timestamp(microseconds: startUTC), bootID: "00000000000000000000000000000001",
    bootMicroseconds: uptime, trust: .synced)

  /// 2 pF is 0 and 12 pF 100; a fresh strip lets through 20000; 3.3 V are 26400 counts.
  private static let calibrations: [Calibration] = [
    calibration("fdc1004 0x50", .skinMoisture, ["air_picofarads": 2, "reference_picofarads": 12]),
    calibration(
      "tsl2591 0x29", .skinSebum, ["fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5]),
    calibration(
      "ads1115 0x48", .skinForce,
      ["supply_counts": 26_400, "zero_counts": 0, "newtons_per_unit": 2]),
    calibration(
      "ads1115 0x48", .skinTemperature,
      [
        "supply_counts": 26_400, "series_ohms": 10_000, "ohms_at_25_celsius": 10_000,
        "beta_kelvin": 3950,
      ]),
  ]

  private static func calibration(
    _ part: String, _ channel: Channel, _ parameters: [String: Double]
  ) -> Calibration {
    Calibration(
      part: part, channel: channel, validFrom: .seconds(0), who: "campaign", why: "campaign",
      parameters: parameters)
  }
}

// The pipeline, put together as the daemon does.
extension WiresStation {
  fileprivate struct Parts {
    var house: WiresHouse
    var wire: any I2CBus
    var time: SimulatedTime
    var contact: SimulatedLine
    var lamp: SimulatedSignal
    var steps: RecoverySteps
  }

  fileprivate static func services(
    _ parts: Parts, herald: Herald, health: Health, _ defect: WiresDefect?
  ) -> [any Service] {
    let time = parts.time
    let book = CalibrationBook(limits: Limits(), calibrations: calibrations)
    let now = AirNow(staleAfter: .seconds(300))
    let writer = AirWriter(herald: herald, health: health, period: .seconds(300))
    let outlets = AirSampler.Outlets(now: now, writer: writer, herald: herald, health: health)
    let samplers = parts.house.air.enumerated().compactMap { number, air -> AirSampler? in
      let slip = defect == .slip && number == 1
      return air.part.airSource(
        on: parts.wire, at: air.address, clock: time, channels: air.part.channels,
        particleWarmUp: .seconds(60)
      ).map {
        AirSampler(
          source: $0,
          schedule: AirSchedule(
            every: .seconds(60), offset: .seconds(air.offset) + (slip ? .milliseconds(20) : .zero)),
          outlets: outlets, book: book, care: PartCare(steps: parts.steps))
      }
    }
    let people = People(
      entries: [.init(person: Person("me"), sites: [Site("cheek")])], current: Person("me"))
    let light = Light(outputs: [SimulatedSignal(name: "light", clock: time)], clock: time)
    let recorder = TapRecorder(herald: herald, health: health, light: light, namesPerson: false)
    let names = WiresHouse.probe.map { "\($0.part.rawValue) \($0.address)" }
    let conductor = TapConductor(
      probe: .init(
        contact: Contact(input: parts.contact, debounce: .milliseconds(15), clock: time),
        parts: probe(parts),
        steps: Dictionary(uniqueKeysWithValues: names.map { ($0, parts.steps) })),
      house: .init(
        people: people, air: now, light: light, recorder: recorder, herald: herald, health: health),
      rules: TapRules(), book: book)
    return [writer, light, recorder, conductor] as [any Service] + samplers
  }

  private static func probe(_ parts: Parts) -> ProbeParts {
    let (wire, time) = (parts.wire, parts.time)
    return ProbeParts(
      moisture: MoistureProbe(
        part: "fdc1004 0x50", driver: FDC1004(bus: wire, clock: time), input: 2, offsetCode: nil),
      sebum: SebumProbe(
        part: "tsl2591 0x29", driver: TSL2591(bus: wire, clock: time), lamp: parts.lamp,
        gain: .medium, integration: .milliseconds100),
      force: ForceProbe(
        part: "ads1115 0x48", driver: ADS1115(bus: wire, clock: time), force: .ain0,
        temperature: .ain1, gain: .volts4_096, rate: .perSecond128))
  }
}

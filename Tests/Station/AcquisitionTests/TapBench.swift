import Bus
import Logging
import Quantities
import Readings
import Sensors
import ServiceLifecycle
import SimulatedParts
import Synchronization

@testable import Acquisition

/// A probe, a hand that presses it, and a diary, in simulated time.
final class TapBench: Sendable {
  /// What the probe is on: a moisture index and the share of the lamp's light that comes through.
  struct Skin: Sendable {
    var moisture = 47.0
    /// Swings by this share of the moisture, once in 0.7 s.
    var swing = 0.0
    var transmission = 0.5
    /// How hard the probe is pressed.
    var newtons = 1.0
  }

  let time: SimulatedTime
  let bus: SimulatedI2CBus
  let line: SimulatedLine
  let lamp: SimulatedSignal
  let signal: SimulatedSignal
  let sink: MemorySink
  let people: People
  let air = AirNow(staleAfter: .seconds(300))
  let health: Health
  let keeper: TimeKeeper
  let book: CalibrationBook
  private let news = TapNews()
  private let heard = Mutex<[TapMoment]>([])
  /// Where somebody who calibrates finds the probe.
  let access = ProbeAccess()
  private let skin = Mutex<Skin?>(nil)
  /// What a film on the electrode adds in air.
  private let film = Mutex(0.0)
  private let board = NoticeBoard()
  private let contact: Contact
  private let light: Light
  private let recorder: TapRecorder
  private let conductor: TapConductor
  private let group = Mutex<ServiceGroup?>(nil)

  static let moisturePart = "fdc1004 0x50"
  static let sebumPart = "tsl2591 0x29"
  static let forcePart = "ads1115 0x48"

  /// What the parts' raw values mean: 2 pF is 0 and 12 pF 100; a fresh strip lets through 20000.
  static let calibrations = [
    Calibration(
      part: moisturePart, channel: .skinMoisture, validFrom: .seconds(0), who: "bench", why: "test",
      parameters: ["air_picofarads": 2, "reference_picofarads": 12]),
    Calibration(
      part: sebumPart, channel: .skinSebum, validFrom: .seconds(0), who: "bench", why: "test",
      parameters: ["fresh_strip_counts": 20_000, "full_scale_absorbance": 0.5]),
    Calibration(
      part: forcePart, channel: .skinForce, validFrom: .seconds(0), who: "bench", why: "test",
      parameters: ["supply_counts": 26_400, "zero_counts": 0, "newtons_per_unit": 2]),
    Calibration(
      part: forcePart, channel: .skinTemperature, validFrom: .seconds(0), who: "bench", why: "test",
      parameters: [
        "supply_counts": 26_400, "series_ohms": 10_000, "ohms_at_25_celsius": 10_000,
        "beta_kelvin": 3950,
      ]),
  ]

  init(_ people: [People.Entry], rules: TapRules, hasSebum: Bool, hasForce: Bool, limits: Limits) {
    book = CalibrationBook(limits: limits, calibrations: Self.calibrations)
    // 2026-03-03 21:13:05 UTC.
    time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000)
    bus = SimulatedI2CBus(clock: time, seed: 5)
    line = SimulatedLine(name: "contact", clock: time)
    lamp = SimulatedSignal(name: "lamp", clock: time)
    signal = SimulatedSignal(name: "light", clock: time)
    sink = MemorySink(time: time)
    self.people = People(entries: people, current: people[0].person)
    health = Health(clock: time)
    keeper = TimeKeeper(clock: time)
    contact = Contact(input: line, debounce: .milliseconds(15), clock: time)
    light = Light(outputs: [signal], clock: time)
    let board = board
    let herald = Herald(post: { board.post($0) }, sink: sink, keeper: keeper)
    recorder = TapRecorder(
      herald: herald, health: health, light: light, news: news, namesPerson: people.count > 1)
    let moisture = MoistureProbe(
      part: Self.moisturePart, driver: FDC1004(bus: bus, clock: time), input: 2, offsetCode: nil)
    let sebum = SebumProbe(
      part: Self.sebumPart, driver: TSL2591(bus: bus, clock: time), lamp: lamp, gain: .medium,
      integration: .milliseconds100)
    let force = ForceProbe(
      part: Self.forcePart, driver: ADS1115(bus: bus, clock: time), force: .ain0,
      temperature: .ain1, gain: .volts4_096, rate: .perSecond128)
    conductor = TapConductor(
      probe: .init(
        contact: contact,
        parts: .init(
          moisture: moisture, sebum: hasSebum ? sebum : nil, force: hasForce ? force : nil)),
      house: .init(
        people: self.people, air: air, light: light, recorder: recorder, herald: herald,
        health: health, news: news), rules: rules, book: book)
    access.open(conductor)
    attachParts()
  }

  private func attachParts() {
    bus.attach(
      SimulatedFDC1004 { [weak self] input, time in
        // The other inputs show something believable, so that a lost configuration would too.
        (input == 2 ? self?.capacitance(at: time) : nil) ?? .picofarads(9)
      }, at: 0x50)
    bus.attach(
      SimulatedTSL2591 { [weak self] time in self?.counts(at: time) ?? .counts(0) }, at: 0x29)
    bus.attach(
      SimulatedADS1115 { [weak self] input, time in
        let volts = self?.volts(input).volts ?? 0
        return .volts(volts > 0 ? volts + 0.001 * Self.noise(time) : 0)
      }, at: 0x48)
  }

  private func capacitance(at time: BootInstant) -> Capacitance {
    guard let skin = skin.withLock(\.self) else { return .picofarads(2 + film.withLock(\.self)) }
    let phase = time.sinceBoot.inSeconds.truncatingRemainder(dividingBy: 0.7) / 0.7
    // A triangle from -1 to 1.
    let swing = skin.swing * (4 * abs(phase - 0.5) - 1)
    return .picofarads(2 + skin.moisture * (1 + swing) / 10 + 0.000_02 * Self.noise(time))
  }

  /// The noise without which no converter is: from 0 to 1, another one each time.
  private static func noise(_ time: BootInstant) -> Double {
    Double(time.microseconds &* 2_654_435_761 & 0xFFFF) / 65_536
  }

  /// Counts at gain 1: the photometer multiplies by its gain of 25.
  private func counts(at time: BootInstant) -> LightCounts {
    let transmission = skin.withLock(\.self)?.transmission ?? 1
    let lamp = lamp.isActive(at: time) ? 20_000 * transmission : 0
    return .counts((40 + lamp) / 25)
  }

  /// Everything that was said, in order, but for the probe's readings in air.
  var notices: [Notice] { board.notices.filter { $0.kind != .probeAtRest } }

  /// What a page that follows was told, in order, from the first contact on.
  var told: [TapMoment] { heard.withLock(\.self) }

  /// The probe's readings in air, in order.
  var rests: [Notice] { board.notices.filter { $0.kind == .probeAtRest } }

  /// At 3.3 V: a force sensor that equals its resistor at 2 N, and a thermistor of 7.379 kΩ, which is
  /// 32 °C, above 10 kΩ.
  private func volts(_ input: Int) -> Voltage {
    let newtons = skin.withLock(\.self)?.newtons ?? 0
    return .volts(input == 0 ? 3.3 * newtons / (newtons + 2) : 3.3 * 10 / 17.379)
  }

  /// Leaves a film on the electrode, which adds so much in air.
  func soil(picofarads: Double) { film.withLock { $0 = picofarads } }

  // MARK: - The hand

  /// Presses the probe on the skin, holds it, and lifts it.
  func touch(
    for contact: Duration = .milliseconds(2000), _ skin: Skin = Skin(), bounces: Int = 2
  ) async throws {
    self.skin.withLock { $0 = skin }
    line.bounce(to: true, times: bounces)
    try await rest(contact)
    self.skin.withLock { $0 = nil }
    line.bounce(to: false, times: bounces)
  }

  /// Touches several times with the pause between them that people are asked for.
  func touches(_ count: Int, _ skin: Skin = Skin()) async throws {
    for _ in 0..<count {
      try await touch(skin)
      try await rest(.seconds(5))
    }
  }

  func rest(_ duration: Duration) async throws {
    try await time.sleep(until: time.now.advanced(by: duration), tolerance: nil)
  }

  /// Stops the station as SIGTERM does; returns when it has stopped.
  func stop() async { await group.withLock(\.self)?.triggerGracefulShutdown() }

  // MARK: - The station

  /// Runs the station while a script plays; it is stopped afterwards.
  static func run(
    people: [People.Entry] = [.init(person: Person("me"), sites: [Site("cheek")])],
    rules: TapRules = TapRules(), hasSebum: Bool = true,
    hasForce: Bool = false, limits: Limits = Limits(),
    _ script: @Sendable @escaping (TapBench) async throws -> Void
  ) async throws -> TapBench {
    let bench = TapBench(
      people, rules: rules, hasSebum: hasSebum, hasForce: hasForce, limits: limits)
    let services: [any Service] = [bench.light, bench.recorder, bench.conductor]
    let group = ServiceGroup(
      configuration: .init(
        services: services.map { .init(service: $0) },
        logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }))
    bench.group.withLock { $0 = group }
    try await bench.time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let moments = bench.news.moments()
        tasks.addTask {
          for await moment in moments.dropFirst() { bench.heard.withLock { $0.append(moment) } }
        }
        try await bench.rest(.seconds(3))
        try await script(bench)
        await group.triggerGracefulShutdown()
        bench.news.finish()
        try await tasks.waitForAll()
      }
    }
    return bench
  }

  /// The sessions in the diary.
  var sessions: [TapSession] {
    get async { await sink.sessions.map(\.session) }
  }
}

/// Keeps what is posted, in order.
final class NoticeBoard: Sendable {
  private let posted = Mutex<[Notice]>([])

  var notices: [Notice] { posted.withLock(\.self) }
  func post(_ notice: Notice) { posted.withLock { $0.append(notice) } }
}

/// One time the light was on.
struct Pulse: Hashable {
  var start: BootInstant
  /// In milliseconds; nil where it still was on.
  var length: Int?
}

extension SimulatedSignal {
  /// The times it was on.
  var pulses: [Pulse] {
    var pulses: [Pulse] = []
    for (time, isOn) in history {
      if isOn {
        pulses.append(Pulse(start: time, length: nil))
      } else if let last = pulses.last {
        let length = last.start.duration(to: time).inSeconds * 1000
        pulses[pulses.count - 1].length = Int(length.rounded())
      }
    }
    return pulses
  }

  /// How often it blinked for exactly so many milliseconds.
  func blinks(of milliseconds: Int) -> [BootInstant] {
    pulses.filter { $0.length == milliseconds }.map(\.start)
  }
}

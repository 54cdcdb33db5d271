import Bus
import Quantities
import Readings
import ServiceLifecycle
import SimulatedParts

@testable import Acquisition

/// Air that changes at the 45th second of every minute, so that each minute's values are its own.
enum PlantedAir {
  static func minute(at time: BootInstant) -> Int {
    Int((time.sinceBoot.inSeconds + 15) / 60)
  }

  /// Numbers that every part's wire can carry exactly, in the channels' units.
  static func value(of channel: Channel, at time: BootInstant) -> Double? {
    let minute = minute(at: time)
    return switch channel {
    case .airTemperature: 10 + Double(minute % 199) / 10
    case .airHumidity: 20 + Double(minute % 61)
    case .airPM1: 1 + Double(minute % 97) / 10
    case .airPM2_5: 2 + Double(minute % 89) / 10
    case .airPM4: 3 + Double(minute % 83) / 10
    case .airPM10: 4 + Double(minute % 79) / 10
    case .airVOCIndex: 100 + Double(minute % 73)
    case .airNOxIndex: 1 + Double(minute % 71)
    default: nil
    }
  }

  @Sendable static func air(at time: BootInstant) -> SimulatedAir {
    func dust(_ channel: Channel) -> MassConcentration? {
      value(of: channel, at: time).map { .microgramsPerCubicMetre($0) }
    }
    return SimulatedAir(
      temperature: value(of: .airTemperature, at: time).map { .celsius($0) },
      humidity: value(of: .airHumidity, at: time).map { .percent($0) },
      pm1: dust(.airPM1), pm2_5: dust(.airPM2_5), pm4: dust(.airPM4), pm10: dust(.airPM10),
      vocIndex: value(of: .airVOCIndex, at: time).map { .value($0) },
      noxIndex: value(of: .airNOxIndex, at: time).map { .value($0) })
  }
}

/// A SEN55 in planted air, sampled once a minute into a diary in memory.
final class AirBench: Sendable {
  static let part = "sen55 0x69"

  /// The first sample is taken when a minute since boot begins.
  let time = SimulatedTime(utcMicroseconds: 1_772_572_385_000_000, uptime: .seconds(58))
  let bus: SimulatedI2CBus
  let sink: MemorySink
  let now = AirNow(staleAfter: .seconds(300))
  let health: Health
  let board = NoticeBoard()
  let herald: Herald
  let writer: AirWriter
  let outlets: AirSampler.Outlets
  let book: CalibrationBook

  init(
    calibrations: [Calibration] = [],
    air: @Sendable @escaping (BootInstant) -> SimulatedAir = PlantedAir.air
  ) {
    book = CalibrationBook(limits: Limits(), calibrations: calibrations)
    bus = SimulatedI2CBus(clock: time, seed: 11)
    sink = MemorySink(time: time)
    health = Health(clock: time)
    let board = board
    herald = Herald(post: { board.post($0) }, sink: sink, keeper: TimeKeeper(clock: time))
    writer = AirWriter(herald: herald, health: health, period: .seconds(300))
    outlets = AirSampler.Outlets(now: now, writer: writer, herald: herald, health: health)
    bus.attach(SimulatedSEN5x(air: air), at: 0x69)
  }

  /// A sampler of a part on the bench's bus.
  func sampler(
    _ part: SupportedPart = .sen55, at address: I2CAddress = 0x69,
    _ schedule: AirSchedule = AirSchedule(every: .seconds(60))
  ) -> AirSampler? {
    part.airSource(
      on: bus, at: address, clock: time, channels: part.channels, particleWarmUp: .seconds(60)
    ).map { AirSampler(source: $0, schedule: schedule, outlets: outlets, book: book) }
  }

  /// Runs the SEN55's sampler, the writer, and what else is given, while a script plays.
  static func run(
    _ bench: AirBench = AirBench(),
    with others: @Sendable (AirBench) -> [any Service] = { _ in [] },
    _ script: @Sendable @escaping (AirBench) async throws -> Void
  ) async throws -> AirBench {
    let services: [any Service] = [bench.writer] + [bench.sampler()].compactMap(\.self)
    let all = services + others(bench)
    try await bench.time.run {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for service in all { tasks.addTask { try await service.run() } }
        try await script(bench)
        tasks.cancelAll()
        try await tasks.waitForAll()
      }
    }
    return bench
  }

  func rest(_ duration: Duration) async throws {
    try await time.sleep(until: time.now.advanced(by: duration), tolerance: nil)
  }

  /// A fault from now on, for so long.
  func fault(
    _ fault: SimulatedFault, on address: I2CAddress? = 0x69, for length: Duration? = nil,
    probability: Double = 1
  ) {
    bus.set(
      fault: fault, on: address, until: length.map(time.now.advanced(by:)),
      probability: probability)
  }

  /// What a part's samples say of a channel, in the order they were saved.
  func states(
    of channel: Channel, part: String = AirBench.part
  ) async -> [AirReading.State] {
    await sink.samples.filter { $0.part == part }.flatMap(\.readings)
      .filter { $0.channel == channel }.map(\.state)
  }

  /// The kinds of the notices about a part.
  func kinds(of part: String = AirBench.part) -> [Notice.Kind] {
    board.notices.filter { $0.text.hasPrefix(part) }.map(\.kind)
  }
}

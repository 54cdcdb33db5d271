import Bus
import Normalisation
import Readings
import Sensors
import ServiceLifecycle

/// Reads one air part at the moments of its schedule until shutdown, and gets it going again when it fails.
///
/// Every period gives one sample: with values, or with the reason for none. A part that is not
/// there at the start, or goes away, is asked again after 1, 2, 4 … seconds, at most half a minute, and
/// at each moment of its schedule: what is there then is not missed.
package actor AirSampler: Service {
  /// What to do with samples.
  package struct Outlets: Sendable {
    let now: AirNow
    let writer: AirWriter
    let herald: Herald
    let health: Health

    /// Gathers the outlets.
    ///
    /// - Parameters:
    ///   - now: Learns what the air is like.
    ///   - writer: Saves it.
    ///   - herald: Tells of parts found and lost.
    ///   - health: Keeps the part's state for those who ask.
    package init(now: AirNow, writer: AirWriter, herald: Herald, health: Health) {
      self.now = now
      self.writer = writer
      self.herald = herald
      self.health = health
    }
  }

  let source: any AirSource
  private let schedule: AirSchedule
  private let outlets: Outlets
  let clock: any StationClock
  let recovery: Recovery
  var careState: CareState
  private let limits: Limits
  /// Corrects and checks for those who ask now; the diary does so again for those who ask later.
  private var checker: AirChecker
  /// When the part last began to measure; nil while it does not.
  private var started: BootInstant?
  private var warmUp = WarmUp()
  /// When it was last tried to start the part.
  private var lastConnect: BootInstant?
  /// The channels of which the part has said something since its start.
  private var given: Set<Channel> = []
  /// Samples in a row with a channel that the part knows nothing of, and should.
  private var silentSamples = 0
  /// As many of them mean that the part, or some of it, waits for a start.
  private let mostSilentSamples = 3

  /// Creates a sampler.
  ///
  /// - Parameters:
  ///   - source: The part.
  ///   - schedule: When it is read.
  ///   - outlets: Where samples and news go.
  ///   - book: What its values mean, and what they are checked against.
  ///   - care: What the part is given besides being read.
  package init(
    source: any AirSource, schedule: AirSchedule, outlets: Outlets, book: CalibrationBook,
    care: PartCare = PartCare()
  ) {
    self.source = source
    self.schedule = schedule
    self.outlets = outlets
    clock = outlets.herald.keeper.clock
    recovery = Recovery(
      part: source.part, herald: outlets.herald, health: outlets.health, steps: care.steps)
    careState = CareState(fan: care.fan)
    limits = book.limits
    checker = book.checker(of: source.part)
  }

  var herald: Herald { outlets.herald }
  var health: Health { outlets.health }
  var isRunning: Bool { started != nil }

  package func run() async throws {
    await untilShutdown { await self.sampleUntilCancelled() }
  }

  private func sampleUntilCancelled() async {
    noteTurn(until: clock.now)
    await connect()
    // A part gives its first reading about a second after its start.
    let first = clock.now.advanced(by: .seconds(2))
    var next = first
    while true {
      if recovery.nextAttempt == nil { Track.turn() }
      let wake = min(next, recovery.nextAttempt ?? next)
      guard await clock.wait(until: wake) else { return }
      if recovery.isDue(at: clock.now) { await connect() }
      guard clock.now >= next else { continue }
      await sample()
      await care()
      // After a suspend, or a bus that hung, there is nothing to catch up on: the past is gone.
      next =
        next == first ? schedule.next(afterFirst: clock.now) : schedule.next(after: clock.now)
      noteTurn(until: next)
    }
  }

  /// The loop has come round, and does so again soon after the next sample.
  private func noteTurn(until next: BootInstant) {
    outlets.health.turned(source.part, againBy: next.advanced(by: schedule.every + .seconds(30)))
  }

  private func connect() async {
    let source = source
    lastConnect = clock.now
    started = await recovery.connect {
      () async throws(SensorError) in
      try await source.reset()
    } _: {
      () async throws(SensorError) in
      try await source.start()
    }
    silentSamples = 0
    given = []
    warmUp = WarmUp()
    await takeOverFan()
  }

  private func sample() async {
    let time = clock.now
    let stamp = outlets.herald.keeper.stamp(at: time)
    let isTried = lastConnect.map { $0.duration(to: time) < .seconds(1) } ?? false
    if !isRunning, !isTried { await connect() }
    let said = isRunning ? await attempt() : source.absent(recovery.absence)
    let running = started.map { $0.duration(to: max(time, $0)) } ?? .zero
    let readings = careState.marked(said.map { settled($0, since: running) }, at: time)
    outlets.now.update(readings.map { checked($0, at: time) }, at: time)
    outlets.writer.add(AirSample(stamp: stamp, part: source.part, readings: readings))
    outlets.health.note(readings, of: source.part, at: time)
    await lookForSilence(readings)
  }

  /// Reads the part, up to five times.
  ///
  /// A NAK or a flipped bit now and then is no reason to lose a minute, and neither is a dip of the
  /// supply: the last two times are for a part that has just got it back. A bus on which nothing gets
  /// through is asked only three times.
  private func attempt() async -> [AirReading] {
    var failure = SensorError.cancelled
    let pauses: [Duration] = [
      .zero, .milliseconds(50), .milliseconds(50), .seconds(1), .seconds(2),
    ]
    for (attempt, pause) in pauses.enumerated() {
      if attempt > 2, failure.isOfTheBus { break }
      if attempt > 0, !(await clock.wait(for: pause)) { break }
      do {
        let readings = try await source.sample()
        recovery.succeeded()
        guard !given.isEmpty, readings.areAllUnknown else { return readings }
        failure = .forgotten("it knows nothing of what it knew before")
      } catch {
        failure = error
        outlets.health.failed(source.part, error)
      }
      guard case .forgotten(let what) = failure else { continue }
      await restart(because: "has forgotten its settings (\(what))")
      guard isRunning else { return source.absent(recovery.absence) }
    }
    if await recovery.failed(failure) { started = nil }
    return source.absent(failure.absence)
  }

  /// Withholds what a part says before it has warmed up.
  private func settled(_ reading: AirReading, since running: Duration) -> AirReading {
    warmUp.settle(
      reading, running: running, time: source.warmUp(of: reading.channel),
      limit: limits.air[reading.channel]?.settled)
  }

  /// What a reading is worth now: corrected, and against the last quarter of an hour.
  private func checked(_ reading: AirReading, at time: BootInstant) -> AirReading {
    guard case .value(let raw, let quality, let reason) = reading.state else { return reading }
    // By the clock that never steps: a wall clock that is set is no reason to forget.
    let moment = Timestamp(microseconds: time.microseconds)
    let said = checker.check(raw, of: reading.channel, at: moment)
    guard let value = said.value else {
      return AirReading(reading.channel, .absent(.outOfRange), raw: raw)
    }
    let state: AirReading.State =
      quality == .ok
      ? .value(value, said.quality, reason: said.reason) : .value(value, quality, reason: reason)
    return AirReading(reading.channel, state, raw: value == raw ? nil : raw)
  }

  /// Starts a part again that has kept silent for some samples about what it is asked for.
  private func lookForSilence(_ readings: [AirReading]) async {
    given.formUnion(readings.lazy.filter { $0.asSaid != nil }.map(\.channel))
    let isSilent = readings.contains {
      $0.state == .absent(.notReady) && given.contains($0.channel)
    }
    let isCounted = isRunning && (isSilent || readings.areAllUnknown)
    silentSamples = isCounted ? silentSamples + 1 : 0
    guard silentSamples >= mostSilentSamples else { return }
    await restart(because: "has kept silent for \(silentSamples) samples")
  }

  /// Starts a part again that lost its settings, and with them what it had learned: it may say
  /// something else of the same air.
  ///
  /// One that has said nothing since its last start is started without a word.
  private func restart(because what: String) async {
    guard !given.isEmpty else { return await connect() }
    await outlets.herald.announce(
      Notice(
        .partRestarted,
        "\(source.part) \(what), as after a dip of its supply: starting it again",
        priority: .warning, fields: [.init("PART", source.part)]))
    outlets.health.restarted(source.part)
    await connect()
    if isRunning { await recovery.beginEpochs(because: "\(source.part) was reset") }
  }
}

extension [AirReading] {
  /// Whether the part has nothing to say, of any channel.
  fileprivate var areAllUnknown: Bool { allSatisfy { $0.state == .absent(.notReady) } }
}

import Bus
import Readings
import Sensors

extension TapConductor {
  /// Reads one touch while the light says *hold*, and waits for the probe to be lifted.
  func conductTouch(
    number: Int, at site: Site, from start: BootInstant, _ earlier: [TimedTouch]
  ) async -> TimedTouch {
    house.light.show(.hold)
    async let moisture = readMoisture(from: start)
    async let sebum = readSebum(after: earlier, at: site)
    let run = await moisture
    let light = await sebum
    house.light.show(.lift)
    let contact = await waitForLift(from: start)
    var measures: [Touch.Measure] = []
    if let run, let probe = probe.moisture {
      measures.append(judge.moisture(run, of: probe, contact: contact))
    }
    if let light, let probe = probe.sebum {
      measures.append(judge.sebum(light, of: probe, contact: contact))
    }
    await note(run, light, measures)
    let touch = Touch(
      number: number, site: site, started: house.herald.keeper.stamp(at: start), contact: contact,
      measures: judge.together(measures))
    if !touch.isAccepted { house.light.show(.again) }
    return TimedTouch(touch: touch, start: start)
  }

  private func readMoisture(from start: BootInstant) async -> MoistureProbe.Run? {
    await probe.moisture?.sample(
      from: start.advanced(by: rules.sampleFrom), to: start.advanced(by: rules.sampleUntil),
      while: probe.contact, on: clock)
  }

  /// Reads the sebum, unless the strip has been pressed often enough at this site.
  private func readSebum(
    after earlier: [TimedTouch], at site: Site
  ) async -> Result<SebumProbe.Pair?, SensorError>? {
    guard let sebum = probe.sebum else { return nil }
    let accepted = earlier.lazy.filter { $0.touch.site == site }.flatMap(\.touch.measures)
      .count { $0.channel == .skinSebum && $0.isAccepted }
    guard accepted < rules.sebumTouches else { return nil }
    do {
      return .success(try await sebum.measure(while: probe.contact))
    } catch {
      return .failure(error)
    }
  }

  /// Waits for the contact to open; nil where it stays closed, or its opening was not seen.
  ///
  /// A probe that is left lying on its switch must not keep the session open for ever.
  private func waitForLift(from start: BootInstant) async -> Duration? {
    for _ in 0..<6 {
      let deadline = clock.now.advanced(by: .seconds(5))
      while let change = await probe.contact.next(until: deadline) {
        if !change.isActive { return start.duration(to: change.time) }
      }
      if probe.contact.isInterrupted { return nil }
      _ = await probe.contact.lookAgain()
    }
    return nil
  }

  /// Tells the parts' keepers how the touch went.
  private func note(
    _ run: MoistureProbe.Run?, _ light: Result<SebumProbe.Pair?, SensorError>?,
    _ measures: [Touch.Measure]
  ) async {
    for measure in measures where measure.value != nil {
      house.health.noteValue(of: measure.part, at: clock.now)
    }
    if let failure = run?.failure, let part = probe.moisture?.part {
      house.health.failed(part, failure)
      if run?.samples.isEmpty ?? true { await recoverMoisture() }
    }
    if case .failure(let failure) = light, let part = probe.sebum?.part {
      house.health.failed(part, failure)
      await recoverSebum()
    }
  }

  // MARK: - The parts between taps

  /// When the parts are to be asked again.
  func nextCheck() -> BootInstant {
    var next = clock.now.advanced(by: checkPeriod)
    for recovery in [moistureRecovery, sebumRecovery] {
      if let attempt = recovery?.nextAttempt { next = min(next, attempt) }
    }
    return next
  }

  /// Asks both parts who they are; keeps asking one that does not answer, less and less often.
  func checkParts() async {
    await recoverMoisture()
    await recoverSebum()
  }

  private func recoverMoisture() async {
    guard let moisture = probe.moisture, let recovery = moistureRecovery else { return }
    _ = await recovery.connect { () async throws(SensorError) in try await moisture.identify() }
  }

  private func recoverSebum() async {
    guard let sebum = probe.sebum, let recovery = sebumRecovery else { return }
    _ = await recovery.connect { () async throws(SensorError) in try await sebum.identify() }
  }
}

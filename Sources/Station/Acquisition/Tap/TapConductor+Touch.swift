import Bus
import Normalisation
import Readings
import Sensors

extension TapConductor {
  /// Reads one touch while the light says *hold*, and waits for the probe to be lifted.
  func conductTouch(
    number: Int, at site: Site, from start: BootInstant, _ earlier: [TimedTouch]
  ) async -> TimedTouch {
    say(.hold, at: site, earlier)
    async let moisture = readMoisture(from: start)
    async let sebum = readSebum(after: earlier, at: site)
    async let force = readForce(from: start)
    let run = await moisture
    let light = await sebum
    let pressure = await force
    say(.lift, at: site, earlier)
    let contact = await waitForLift(from: start)
    let measures =
      [
        run.flatMap { probe.moisture?.measure(of: $0) },
        light.flatMap { probe.sebum?.measure(of: $0) },
      ].compactMap(\.self) + (pressure.flatMap { probe.force?.measures(of: $0) } ?? [])
    let touch = book.derivation.derive(
      Touch(
        number: number, site: site, started: house.herald.keeper.stamp(at: start), contact: contact,
        measures: measures))
    note(touch.measures)
    await note(run, light, pressure)
    let timed = TimedTouch(touch: touch, start: start)
    say(touch.isAccepted ? .counted : .again, at: site, earlier + [timed])
    return timed
  }

  /// Tells the person what to do, by the light and on the pages.
  func say(_ state: TapMoment.State, at site: Site, _ touches: [TimedTouch]) {
    switch state {
    case .hold: house.light.show(.hold)
    case .lift: house.light.show(.lift)
    case .again: house.light.show(.again)
    case .ready, .counted, .site, .saved, .notSaved: break
    }
    let last = touches.last?.touch
    house.news.post(
      TapMoment(
        state, person: tapper, site: site, touches: touches.count,
        accepted: touches.count { $0.touch.isAccepted },
        refusal: state == .again ? last?.measures.lazy.compactMap(\.refusal).first : nil))
  }

  /// The window of a touch whose samples count.
  private func window(from start: BootInstant) -> (from: BootInstant, until: BootInstant) {
    let limits = book.limits.touch
    return (start.advanced(by: limits.from), start.advanced(by: limits.until))
  }

  private func readMoisture(from start: BootInstant) async -> MoistureProbe.Run? {
    let (from, until) = window(from: start)
    return await probe.moisture?.sample(from: from, to: until, while: probe.contact, on: clock)
  }

  private func readForce(from start: BootInstant) async -> ForceProbe.Run? {
    let (from, until) = window(from: start)
    return await probe.force?.sample(from: from, to: until, while: probe.contact, on: clock)
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

  /// Tells the parts' keepers what had a value.
  private func note(_ measures: [Touch.Measure]) {
    let parts = measures.lazy.filter { $0.value != nil }.map(\.part)
    for part in Set(parts).sorted() { house.health.noteValue(of: part, at: clock.now) }
  }

  /// Tells the parts' keepers what went wrong in the touch.
  private func note(
    _ run: MoistureProbe.Run?, _ light: Result<SebumProbe.Pair?, SensorError>?,
    _ pressure: ForceProbe.Run?
  ) async {
    if let failure = run?.failure, let part = probe.moisture?.part {
      house.health.failed(part, failure)
      if run?.samples.isEmpty ?? true { await recoverMoisture(hasTime: false) }
    }
    if case .failure(let failure) = light, let part = probe.sebum?.part {
      house.health.failed(part, failure)
      await recoverSebum(hasTime: false)
    }
    if let failure = pressure?.failure, let part = probe.force?.part {
      house.health.failed(part, failure)
      if pressure?.isEmpty ?? true { await recoverForce(hasTime: false) }
    }
  }

  // MARK: - The parts between taps

  private var recoveries: [Recovery] {
    [moistureRecovery, sebumRecovery, forceRecovery].compactMap(\.self)
  }

  /// When the parts are to be asked again.
  func nextCheck() -> BootInstant {
    let next = clock.now.advanced(by: checkPeriod)
    return ([next, nextAttempt, rest.due].compactMap(\.self)).min() ?? next
  }

  /// When a part that is lost is to be asked again; nil where none is.
  var nextAttempt: BootInstant? { recoveries.compactMap(\.nextAttempt).min() }

  /// Asks the parts that are lost and due, in the midst of a session, without taking any time.
  func recoverDue() async {
    let now = clock.now
    if moistureRecovery?.isDue(at: now) ?? false { await recoverMoisture(hasTime: false) }
    if sebumRecovery?.isDue(at: now) ?? false { await recoverSebum(hasTime: false) }
    if forceRecovery?.isDue(at: now) ?? false { await recoverForce(hasTime: false) }
  }

  /// Whether there is nothing to do but to wait for a tap.
  var isAtRest: Bool {
    rest.due == nil && !isCalibrating
      && nextAttempt == nil
  }

  /// Asks the parts who they are; keeps asking one that does not answer, less and less often.
  func checkParts() async {
    await recoverMoisture()
    await recoverSebum()
    await recoverForce()
  }

  private func recoverForce(hasTime: Bool = true) async {
    guard let force = probe.force, let recovery = forceRecovery else { return }
    _ = await recovery.connect(hasTime: hasTime) { () async throws(SensorError) in
      try await force.identify()
    }
  }

  private func recoverMoisture(hasTime: Bool = true) async {
    guard let moisture = probe.moisture, let recovery = moistureRecovery else { return }
    _ = await recovery.connect(hasTime: hasTime) { () async throws(SensorError) in
      try await moisture.identify()
    }
  }

  private func recoverSebum(hasTime: Bool = true) async {
    guard let sebum = probe.sebum, let recovery = sebumRecovery else { return }
    _ = await recovery.connect(hasTime: hasTime) { () async throws(SensorError) in
      try await sebum.identify()
    }
  }
}

import Bus
import Readings
import Sensors
import ServiceLifecycle

/// Leads a person through a tap: waits for the probe, reads each touch, says when to lift and when
/// to press again, walks through the sites, and hands the session on to be saved.
package actor TapConductor: Service {
  /// What a tap is read with.
  package struct Probe: Sendable {
    package var contact: Contact
    package var parts: ProbeParts
    /// What may be tried on a part that fails, by its name.
    package var steps: [String: RecoverySteps]

    /// Gathers the probe.
    ///
    /// - Parameters:
    ///   - contact: Says when it is on the skin.
    ///   - parts: What it measures.
    ///   - steps: What may be tried on a part that fails, by its name.
    package init(contact: Contact, parts: ProbeParts, steps: [String: RecoverySteps] = [:]) {
      self.contact = contact
      self.parts = parts
      self.steps = steps
    }

    var moisture: MoistureProbe? { parts.moisture }
    var sebum: SebumProbe? { parts.sebum }
    var force: ForceProbe? { parts.force }
  }

  /// Whom and what a session needs besides the probe.
  package struct House: Sendable {
    let people: People
    let air: AirNow
    let light: Light
    let recorder: TapRecorder
    let herald: Herald
    let health: Health
    let news: TapNews

    /// Gathers the house.
    ///
    /// - Parameters:
    ///   - people: Whose sessions they are.
    ///   - air: What the air is like.
    ///   - light: Tells the person what to do.
    ///   - recorder: Saves sessions.
    ///   - herald: Tells of parts found and lost.
    ///   - health: Keeps the parts' states.
    ///   - news: Tells whoever follows where a tap stands.
    package init(
      people: People, air: AirNow, light: Light, recorder: TapRecorder, herald: Herald,
      health: Health, news: TapNews = TapNews()
    ) {
      self.people = people
      self.air = air
      self.light = light
      self.recorder = recorder
      self.herald = herald
      self.health = health
      self.news = news
    }
  }

  let probe: Probe
  let house: House
  let rules: TapRules
  let book: CalibrationBook
  let clock: any StationClock
  let moistureRecovery: Recovery?
  let sebumRecovery: Recovery?
  let forceRecovery: Recovery?
  /// How often the probe's parts are asked who they are while nobody taps.
  let checkPeriod: Duration = .seconds(600)
  /// What the probe says in air, and when it is next asked.
  var rest = RestState()
  /// Whether a session is going on.
  private(set) var isTapping = false
  /// Whose session is going on.
  private(set) var tapper: Person?
  /// Until when contacts belong to a calibration and are no taps; nil while nobody calibrates.
  var calibratingUntil: BootInstant?

  /// Creates a conductor.
  ///
  /// - Parameters:
  ///   - probe: What a tap is read with.
  ///   - house: Whom and what it needs besides.
  ///   - rules: When a session ends.
  ///   - book: What readings mean, and when a touch counts.
  package init(probe: Probe, house: House, rules: TapRules, book: CalibrationBook) {
    self.probe = probe
    self.house = house
    self.rules = rules
    self.book = book
    clock = house.herald.keeper.clock
    let recovery = {
      Recovery(
        part: $0, herald: house.herald, health: house.health,
        steps: probe.steps[$0] ?? RecoverySteps())
    }
    moistureRecovery = probe.moisture.map { recovery($0.part) }
    sebumRecovery = probe.sebum.map { recovery($0.part) }
    forceRecovery = probe.force.map { recovery($0.part) }
  }

  package func run() async throws {
    let contact = probe.contact
    try await withGracefulShutdownHandler {
      let isLost = await withTaskGroup(of: Void.self) { group in
        group.addTask { await contact.watch() }
        group.addTask { await self.conduct() }
        _ = await group.next()
        let isLost = !contact.isInterrupted && !Task.isCancelled
        group.cancelAll()
        return isLost
      }
      if isLost { try await giveUp(contact) }
    } onGracefulShutdown: {
      contact.interrupt()
    }
  }

  /// The line's edges have ended, as when its chip goes: only a new start can get it back.
  private func giveUp(_ contact: Contact) async throws {
    let error = BusError(.gone, path: contact.name, operation: "wait for a tap")
    await house.herald.announce(
      Notice(.failure, "\(error); \(error.hint). The station starts anew", priority: .error))
    throw error
  }

  private func conduct() async {
    await checkParts()
    while !probe.contact.isInterrupted, !Task.isCancelled {
      if isAtRest { Track.turn() }
      let change = await probe.contact.next(until: nextCheck())
      if let change, change.isActive {
        // The probe is on a wet pad or under a weight, and not on the skin.
        if isCalibrating { continue }
        isTapping = true
        await conductSession(from: change.time)
        isTapping = false
        rest.due = clock.now.advanced(by: RestState.delay)
      } else if change == nil, !isCalibrating {
        _ = await probe.contact.lookAgain()
        if rest.due.map({ $0 <= clock.now }) ?? false {
          await checkRest()
        } else {
          await checkParts()
        }
      }
    }
  }

  /// Leads one session from its first contact to its last.
  private func conductSession(from first: BootInstant) async {
    house.health.taps.noteContact(at: first)
    let entry = house.people.next
    tapper = entry.person
    var touches: [TimedTouch] = []
    var contact: BootInstant? = first
    for (index, site) in entry.sites.enumerated() {
      if index > 0 {
        if probe.contact.isInterrupted { break }
        house.light.show(.site(index + 1))
        say(.site, at: site, touches)
        contact = await nextContact()
      }
      while let start = contact {
        let touch = await conductTouch(number: touches.count + 1, at: site, from: start, touches)
        touches.append(touch)
        if isDone(site, touches) { break }
        contact = await nextContact()
      }
    }
    let session = session(of: entry.person, from: first, touches: touches)
    await house.recorder.record(session)
  }

  private func isDone(_ site: Site, _ touches: [TimedTouch]) -> Bool {
    let here = touches.lazy.filter { $0.touch.site == site }
    return here.count { $0.touch.isAccepted } >= rules.maximumTouches
      || here.count >= rules.mostTouches
  }

  /// The next time the contact closes, or nil where it stays quiet for too long.
  private func nextContact() async -> BootInstant? {
    let deadline = clock.now.advanced(by: rules.endAfter)
    while true {
      let wake = min(deadline, nextAttempt ?? deadline)
      if let change = await probe.contact.next(until: wake) {
        if change.isActive { return change.time }
      } else if clock.now >= deadline || probe.contact.isInterrupted || Task.isCancelled {
        return nil
      } else {
        // A part that comes back meanwhile is there for the next touch.
        await recoverDue()
      }
    }
  }

  /// The session as it goes into the diary; every moment is stamped by what the clock says now.
  private func session(
    of person: Person, from first: BootInstant, touches: [TimedTouch]
  ) -> TapSession {
    let keeper = house.herald.keeper
    let isGood = touches.contains { $0.touch.isAccepted }
    let verdict: TapSession.Verdict =
      probe.contact.isInterrupted ? .interrupted : isGood ? .saved : .refused
    return TapSession(
      person: person, started: keeper.stamp(at: first), ended: keeper.stamp(),
      touches: touches.map { timed in
        var touch = timed.touch
        touch.started = keeper.stamp(at: timed.start)
        return touch
      },
      air: house.air.readings(at: first), verdict: verdict)
  }
}

/// A touch and the moment of its contact on the boot-time clock.
struct TimedTouch {
  var touch: Touch
  var start: BootInstant
}

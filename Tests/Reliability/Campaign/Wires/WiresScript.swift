import Acquisition
import Bus
import SimulatedParts

/// Plays faults and touches in a house until so many transfers have gone over its bus.
struct WiresScript {
  let station: WiresStation
  let log: WiresLog
  let transfers: Int
  let defect: WiresDefect?
  private var dice: WiresDice

  init(
    _ station: WiresStation, log: WiresLog, transfers: Int, seed: UInt64, defect: WiresDefect?
  ) {
    (self.station, self.log, self.transfers) = (station, log, transfers)
    self.defect = defect
    dice = WiresDice(seed: seed)
  }

  var now: Int64 { station.time.now.microseconds }

  mutating func play() async throws {
    // The start is an outage of everything: what was not there yet could not be read.
    log.note(.init(kind: "start", addresses: nil, from: 0, until: now + 5_000_000))
    try await station.rest(.seconds(20))
    while station.bus.traffic.transfers < transfers {
      if station.supply != nil { try await holdTheBus() } else { try await episode() }
    }
    try await station.rest(.seconds(400))
    log.noteEnd(station.time.now)
  }

  /// One misfortune, alone or with others, with a hand on the probe in the midst of it, and a rest.
  private mutating func episode() async throws {
    let length = Duration.seconds([2, 20, 60, 300, 1200][dice.roll(5)])
    let hand = WiresHand(station, log, seed: UInt64(dice.roll(1 << 30)), defect: defect)
    let misfortune = WiresMisfortune(station, log, seed: UInt64(dice.roll(1 << 30)), defect: defect)
    let lead = Duration.milliseconds(dice.roll(9000))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        var hand = hand
        try await hand.tap(for: lead + length)
      }
      tasks.addTask {
        var misfortune = misfortune
        try await misfortune.strike(after: lead, for: length)
      }
      try await tasks.waitForAll()
    }
    try await station.rest(.milliseconds(dice.roll(900_000)))
  }

  /// A part holds the data line until its supply is cut, which the station can do.
  private mutating func holdTheBus() async throws {
    var hand = WiresHand(station, log, seed: UInt64(dice.roll(1 << 30)), defect: defect)
    try await hand.tap(for: .seconds(dice.roll(90)))
    let from = station.time.now
    station.bus.set(fault: .stuckSDA, on: dice.pick(station.house.addresses))
    var met: BootInstant?
    while station.time.now < from.advanced(by: .seconds(200)) {
      try await station.rest(.milliseconds(100))
      let isLost = station.health.parts.contains { $0.part.state == .lost }
      if isLost, met == nil { met = station.time.now }
      if !isLost, let met {
        log.note(
          .init(
            kind: "stuck, freed by the supply", part: "the bus",
            seconds: met.duration(to: station.time.now).inSeconds + 0.1))
        break
      }
    }
    station.bus.clearFaults()
    log.note(
      .init(
        kind: "stuck, freed by the supply", addresses: nil, from: from.microseconds, until: now,
        isReplug: true))
    try await station.rest(.seconds(200 + dice.roll(100)))
  }
}

/// The hand of a person who taps in the campaign.
struct WiresHand: Sendable {
  private let station: WiresStation
  private let log: WiresLog
  private let defect: WiresDefect?
  private var dice: WiresDice

  init(_ station: WiresStation, _ log: WiresLog, seed: UInt64, defect: WiresDefect?) {
    (self.station, self.log, self.defect) = (station, log, defect)
    dice = WiresDice(seed: seed)
  }

  /// Taps now and then; the last session is over when this returns.
  mutating func tap(for length: Duration) async throws {
    let end = station.time.now.advanced(by: length)
    repeat {
      try await session()
      // A session ends ten seconds after its last touch.
      try await station.rest(.seconds(14 + dice.roll(240)))
    } while station.time.now < end
  }

  private mutating func session() async throws {
    var touches: [WiresWorld.Touch] = []
    for number in 0..<(1 + dice.roll(4)) {
      if number > 0 { try await station.rest(.milliseconds(3000 + dice.roll(3000))) }
      let start = station.time.now
      var touch = WiresWorld.Touch(
        start: start, end: start.advanced(by: .milliseconds(2000)),
        moisture: 10 + 80 * dice.share(), transmission: 0.2 + 0.75 * dice.share(),
        newtons: 0.5 + 2.5 * dice.share(), celsius: 29 + 5 * dice.share())
      station.world.press(touch)
      station.contact.set(true)
      try await station.rest(.milliseconds(2000))
      station.world.lift()
      station.contact.set(false)
      if defect == .hand, number % 3 == 0 { touch.moisture += 2 }
      touches.append(touch)
    }
    log.note(touches)
  }
}

import Acquisition
import Bus
import SimulatedParts

/// What goes wrong on a house's bus, once or in several ways at a time.
struct WiresMisfortune: Sendable {
  private let station: WiresStation
  private let log: WiresLog
  private let defect: WiresDefect?
  private var dice: WiresDice

  init(_ station: WiresStation, _ log: WiresLog, seed: UInt64, defect: WiresDefect?) {
    (self.station, self.log, self.defect) = (station, log, defect)
    dice = WiresDice(seed: seed)
  }

  private var now: BootInstant { station.time.now }

  /// Noise and failures that a simulated bus has of itself.
  private static let faults: [SimulatedFault] = [
    .nak, .flippedBit, .flippedWrite, .flippedBits, .burst, .brownOut, .staleData, .nearSentinel,
    .timeout, .flippedBit, .flippedWrite, .flippedBits, .burst,
  ]

  mutating func strike(after lead: Duration, for length: Duration) async throws {
    // Drivers without any check are to be seen through by noise alone.
    switch defect == .belief ? 11 : dice.roll(12) {
    case 0: return
    case 1, 2: try await unplug(after: lead, for: length)
    case 3: try await stranger(after: lead, for: length)
    case 4: try await stick(after: lead, for: length)
    case 5: try await slowDown(for: length)
    default:
      for _ in 0..<(1 + dice.roll(3)) { plan(after: lead, for: length) }
      try await station.rest(lead + length)
      try await awaitReturn(of: nil, kind: "noise", since: now)
    }
  }

  /// One part, some, or the whole bus.
  private mutating func victims() -> [I2CAddress]? {
    let addresses = station.house.addresses
    return switch dice.roll(10) {
    case 0: nil
    case 1, 2: [dice.pick(addresses), dice.pick(addresses)]
    default: [dice.pick(addresses)]
    }
  }

  private mutating func plan(after lead: Duration, for length: Duration) {
    let fault = dice.pick(defect == .belief ? [.flippedBit, .flippedBits, .burst] : Self.faults)
    let likely = defect == .belief ? 4 : 0
    let probability = [0.001, 0.01, 0.05, 0.2, 0.5, 1][likely + dice.roll(6 - likely)]
    let from = now.advanced(by: lead + .milliseconds(dice.roll(2000)))
    let until = from.advanced(by: length)
    let victims = victims()
    for address in victims.map({ $0.map(Optional.init) }) ?? [nil] {
      station.bus.set(
        FaultPlan(fault, on: address, from: from, until: until, probability: probability))
    }
    note(fault.rawValue, victims, from, until, isReplug: fault == .brownOut)
  }

  private func note(
    _ kind: String, _ victims: [I2CAddress]?, _ from: BootInstant, _ until: BootInstant,
    isReplug: Bool = false, isAway: Bool = false
  ) {
    log.note(
      .init(
        kind: kind, addresses: victims, from: from.microseconds, until: until.microseconds,
        isReplug: isReplug, isAway: isAway))
  }

  /// Pulls a part out and plugs it, or another one of its kind, in again.
  private mutating func unplug(after lead: Duration, for length: Duration) async throws {
    let address = dice.pick(station.house.addresses)
    try await station.rest(lead)
    let from = now
    let part = station.bus.detach(at: address)
    try await station.rest(length)
    let end = now
    if defect == .late { try await station.rest(.seconds(70)) }
    if dice.roll(3) == 0 {
      station.bus.attach(another(at: address), at: address)
    } else if let part {
      station.bus.attach(part, at: address)
    }
    note("unplugged", [address], from, end, isReplug: true, isAway: true)
    try await awaitReturn(of: address, kind: "plugged in again", since: end)
  }

  private mutating func another(at address: I2CAddress) -> any SimulatedPart {
    let air = station.house.air.first { $0.address == address }?.part
    let part = air ?? WiresHouse.probe.first { $0.address == address }?.part
    return WiresHouse.part(part ?? .sht4x, number: 1 + dice.roll(9), in: station.world)
  }

  /// Puts something else at a part's address: a memory, or a part of another kind.
  private mutating func stranger(after lead: Duration, for length: Duration) async throws {
    let address = dice.pick(station.house.addresses)
    let seed = dice.roll(1 << 20)
    try await station.rest(lead)
    let from = now
    let part = station.bus.detach(at: address)
    try await station.rest(.milliseconds(dice.roll(1000)))
    let fillings: [@Sendable (Int) -> UInt8] = [
      { _ in 0 }, { _ in 0xFF }, { UInt8($0 & 0xFF) },
      { UInt8(truncatingIfNeeded: ($0 &* 73 &+ seed) &* 2_654_435_761 >> 16) },
    ]
    let others = SupportedPart.allCases.filter { !$0.addresses.contains(address) }
    let guest: any SimulatedPart =
      dice.roll(2) == 0
      ? MemoryPart(filling: dice.pick(fillings))
      : WiresHouse.part(dice.pick(others), number: 3, in: station.world)
    station.bus.attach(guest, at: address)
    try await station.rest(length)
    if let part { station.bus.attach(part, at: address) }
    note("another part", [address], from, now, isReplug: true, isAway: true)
    try await awaitReturn(of: address, kind: "plugged in again", since: now)
  }

  /// Holds the data line low.
  private mutating func stick(after lead: Duration, for length: Duration) async throws {
    try await station.rest(lead)
    let from = now
    station.bus.set(
      fault: .stuckSDA, on: dice.pick(station.house.addresses), until: from.advanced(by: length))
    try await station.rest(length)
    note("stuck", nil, from, now)
    try await awaitReturn(of: nil, kind: "freed", since: now)
  }

  /// Lets a part take twice its time, for three seconds around each moment at which it is read.
  private mutating func slowDown(for length: Duration) async throws {
    let air = dice.pick(station.house.air)
    let first = AirSchedule(every: .seconds(60), offset: .seconds(air.offset)).next(after: now)
    for number in 0...Int(length / .seconds(60)) {
      let from = first.advanced(by: .seconds(60 * number) - .milliseconds(dice.roll(1500)))
      let until = from.advanced(by: .seconds(3))
      station.bus.set(FaultPlan(.slow, on: air.address, from: from, until: until))
      note("slow", [air.address], from, until)
    }
    try await station.rest(length)
  }

  /// Waits until the station says that what was struck runs again, a little over a minute at most.
  private func awaitReturn(
    of address: I2CAddress?, kind: String, since end: BootInstant
  ) async throws {
    let name = address.map(station.house.name(at:))
    var waiting = station.health.parts.filter { part in
      part.part.state == .lost && name.map { $0 == part.name } ?? true
    }.map(\.name)
    while !waiting.isEmpty, now < end.advanced(by: .seconds(75)) {
      try await station.rest(.milliseconds(250))
      let lost = station.health.parts.filter { $0.part.state == .lost }.map(\.name)
      for name in waiting where !lost.contains(name) {
        log.note(.init(kind: kind, part: name, seconds: end.duration(to: now).inSeconds))
      }
      waiting.removeAll { !lost.contains($0) }
    }
    for name in waiting { log.note(.init(kind: kind, part: name, seconds: .infinity)) }
  }
}

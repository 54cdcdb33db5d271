import Bus

/// What a simulated bus's lock guards: the parts, the faults and the counters.
struct SimulatedWires {
  /// How a message ended on the wire.
  struct Failure: Error {
    var kind: BusError.Kind
  }

  var traffic = SimulatedI2CBus.Traffic()
  private let seed: UInt64
  /// By address; absent parts count their messages too, for the draws.
  private var parts = [(any SimulatedPart)?](repeating: nil, count: 128)
  private var messages = [UInt64](repeating: 0, count: 128)
  private var plans: [Entry] = []
  private var nextNumber: UInt64 = 0

  /// A fault with its own number, so that its draws do not depend on the other faults.
  fileprivate struct Entry {
    var plan: FaultPlan
    var number: UInt64
    var hasStruck = false
  }

  init(seed: UInt64) { self.seed = seed }

  mutating func attach(_ part: any SimulatedPart, at address: I2CAddress, now: BootInstant) {
    var part = part
    part.powerCycle(at: now)
    parts[Int(address.value)] = part
  }

  mutating func detach(at address: I2CAddress) -> (any SimulatedPart)? {
    defer { parts[Int(address.value)] = nil }
    return parts[Int(address.value)]
  }

  mutating func add(_ plan: FaultPlan) {
    plans.append(Entry(plan: plan, number: nextNumber))
    nextNumber += 1
  }

  mutating func clearFaults() {
    plans = []
    heal()
  }

  /// Carries one message; the bytes where it is a read.
  mutating func carry(
    _ message: SimulatedI2CBus.Message, at now: BootInstant
  ) -> Result<[UInt8]?, Failure> {
    let slot = Int(message.address.value)
    messages[slot] &+= 1
    let effect = plans.isEmpty ? Effect() : effect(on: message.address, at: now)
    if let kind = effect.failure { return fail(kind) }
    let time = effect.partTime ?? now
    do throws(PartRefusal) {
      switch message.content {
      case .write(var bytes):
        for noise in effect.noise where noise.spoilsWrites { noise.spoil(&bytes) }
        // A pull-up answers nobody: no part means no acknowledgement.
        guard try parts[slot]?.write(bytes, at: time) != nil else { return fail(.notAcknowledged) }
        return .success(nil)
      case .read(let count):
        guard var bytes = try parts[slot]?.read(count, at: time) else {
          return fail(.notAcknowledged)
        }
        for noise in effect.noise where noise.spoilsReads { noise.spoil(&bytes) }
        return .success(bytes)
      }
    } catch {
      return fail(.notAcknowledged)
    }
  }

  private mutating func fail(_ kind: BusError.Kind) -> Result<[UInt8]?, Failure> {
    if kind == .notAcknowledged { traffic.naks += 1 }
    return .failure(Failure(kind: kind))
  }
}

// Faults.
extension SimulatedWires {
  /// What the faults of this moment do to one message.
  private struct Effect {
    var failure: BusError.Kind?
    var noise: [WireNoise] = []
    /// What the part's own clock says, where it is not the time.
    var partTime: BootInstant?
  }

  private mutating func effect(on address: I2CAddress, at now: BootInstant) -> Effect {
    retire(at: now)
    var effect = Effect()
    var ailments: PartAilments = []
    for index in plans.indices where plans[index].isDue(on: address, at: now) {
      let entry = plans[index]
      let draw = RandomField.hash(
        seed, entry.number, UInt64(address.value), messages[Int(address.value)])
      guard RandomField.uniform(draw) < entry.plan.probability else { continue }
      switch entry.plan.fault {
      case .nak: effect.failure = effect.failure ?? .notAcknowledged
      case .missing:
        effect.failure = effect.failure ?? .notAcknowledged
        powerCycle(entry.plan.address, at: now)
      case .stuckSDA: effect.failure = .stuck
      case .timeout: effect.failure = effect.failure ?? .timedOut
      case .flippedBit, .flippedWrite, .flippedBits, .burst:
        effect.noise.append(WireNoise(entry.plan.fault, RandomField.hash(draw, 1)))
      case .staleData: ailments.insert(.stale)
      case .nearSentinel: ailments.insert(.nearSentinel)
      case .slow:
        let from = entry.plan.from
        let slowed = from.advanced(by: from.duration(to: now) / 2)
        effect.partTime = min(effect.partTime ?? slowed, slowed)
      case .brownOut:
        plans[index].hasStruck = true
        powerCycle(entry.plan.address, at: entry.plan.probability < 1 ? now : entry.plan.from)
      }
    }
    parts[Int(address.value)]?.ailments = ailments
    return effect
  }

  /// Drops the faults that are over, and what they left in the parts.
  private mutating func retire(at now: BootInstant) {
    guard plans.contains(where: { $0.isOver(at: now) }) else { return }
    for entry in plans where entry.plan.fault == .missing {
      if let until = entry.plan.until, now >= until { powerCycle(entry.plan.address, at: until) }
    }
    plans.removeAll { $0.isOver(at: now) }
    heal()
  }

  private mutating func heal() {
    for slot in parts.indices { parts[slot]?.ailments = [] }
  }

  /// One part, or all of them.
  private mutating func powerCycle(_ address: I2CAddress?, at time: BootInstant) {
    if let address {
      parts[Int(address.value)]?.powerCycle(at: time)
    } else {
      for slot in parts.indices { parts[slot]?.powerCycle(at: time) }
    }
  }
}

fileprivate extension SimulatedWires.Entry {
  /// A held data line is everybody's, wherever it was set.
  func isDue(on address: I2CAddress, at now: BootInstant) -> Bool {
    guard now >= plan.from, !isOver(at: now) else { return false }
    return plan.fault == .stuckSDA || plan.address == nil || plan.address == address
  }

  func isOver(at now: BootInstant) -> Bool {
    hasStruck || plan.until.map { now >= $0 } ?? false
  }
}

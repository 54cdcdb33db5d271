package import Bus
import Synchronization

/// An I²C bus whose parts are simulated.
///
/// Everything happens inside the call and takes no time on the clock; parts take theirs by not
/// acknowledging. The methods are not asynchronous, though the protocol's are: no caller is moved
/// to another thread for a transfer. Faults are drawn from the seed, the address and the number of
/// transfers it has had, so they do not depend on how the tasks of different parts interleave.
package final class SimulatedI2CBus: I2CBus, Sendable {
  /// What one part of a transfer does, and to whom.
  package struct Message: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      case write([UInt8])
      case read(Int)
    }

    package var address: I2CAddress
    package var content: Content

    package init(_ address: I2CAddress, _ content: Content) {
      self.address = address
      self.content = content
    }
  }

  /// What went over the wires so far.
  package struct Traffic: Hashable, Sendable {
    package var transfers = 0
    /// Transfers that ended because nobody acknowledged.
    package var naks = 0
  }

  package let name: String
  private let clock: any StationClock
  private let state: Mutex<SimulatedWires>

  /// A bus without parts; `seed` decides when faults of a probability below 1 strike.
  package init(name: String = "simulated", clock: any StationClock, seed: UInt64 = 0) {
    self.name = name
    self.clock = clock
    self.state = Mutex(SimulatedWires(seed: seed))
  }

  /// Plugs a part in and gives it power; what was at the address before is gone.
  package func attach(_ part: any SimulatedPart, at address: I2CAddress) {
    let now = clock.now
    state.withLock { $0.attach(part, at: address, now: now) }
  }

  /// Pulls the part out, as by hand while the station runs.
  ///
  /// - Returns: the part, to be attached again later; nil where there was none.
  @discardableResult
  package func detach(at address: I2CAddress) -> (any SimulatedPart)? {
    state.withLock { $0.detach(at: address) }
  }

  /// Adds a fault to those that are set.
  package func set(_ plan: FaultPlan) {
    state.withLock { $0.add(plan) }
  }

  /// Adds a fault from now on: on one address, or on nil for the whole bus; until nil for ever.
  package func set(
    fault: SimulatedFault, on address: I2CAddress? = nil, until: BootInstant? = nil,
    probability: Double = 1
  ) {
    set(FaultPlan(fault, on: address, from: clock.now, until: until, probability: probability))
  }

  /// Takes every fault away.
  package func clearFaults() {
    state.withLock { $0.clearFaults() }
  }

  package var traffic: Traffic { state.withLock { $0.traffic } }

  /// Carries out the messages in order, with a repeated START between them and a STOP at the end.
  ///
  /// This is the entry for a program that serves the bus to a kernel's device; the protocol's
  /// methods stand on it too.
  ///
  /// - Parameter messages: what to write and read, each with its address.
  /// - Returns: the bytes of each read, in the order of the reads.
  /// - Throws: the first message's failure; those before it were carried out.
  package func transfer(_ messages: [Message]) throws(BusError) -> [[UInt8]] {
    let now = clock.now
    var answers: [[UInt8]] = []
    var failure: (BusError.Kind, Message)?
    state.withLock { wires in
      wires.traffic.transfers += 1
      for message in messages {
        switch wires.carry(message, at: now) {
        case .success(let bytes?): answers.append(bytes)
        case .success(nil): break
        case .failure(let refusal):
          failure = (refusal.kind, message)
          return
        }
      }
    }
    guard let (kind, message) = failure else { return answers }
    throw BusError(kind, path: name, address: message.address, operation: message.words)
  }
}

// The protocol's methods, each one transfer.
extension SimulatedI2CBus {
  package func write(_ bytes: [UInt8], to address: I2CAddress) throws(BusError) {
    _ = try transfer([Message(address, .write(bytes))])
  }

  package func read(_ count: Int, from address: I2CAddress) throws(BusError) -> [UInt8] {
    try transfer([Message(address, .read(count))])[0]
  }

  package func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) throws(BusError) -> [UInt8] {
    try transfer([Message(address, .write([register])), Message(address, .read(count))])[0]
  }

  package func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) throws(BusError) {
    _ = try transfer([Message(address, .write([register] + bytes))])
  }

  package func answers(at address: I2CAddress) throws(BusError) -> Bool {
    do {
      try write([], to: address)
      return true
    } catch {
      guard error.kind == .notAcknowledged else { throw error }
      return false
    }
  }
}

extension SimulatedI2CBus.Message {
  /// The message in words, for an error.
  fileprivate var words: String {
    switch content {
    case .write(let bytes): bytes.isEmpty ? "ask" : "write \(bytes.count) bytes"
    case .read(let count): "read \(count) bytes"
    }
  }
}

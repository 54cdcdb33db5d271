package import Bus

/// The clock of a tape, for whoever looks past the deck: nothing is to be waited for there.
package struct UnpluggedClock: StationClock {
  package typealias Instant = BootInstant

  private let deck: any Deck

  package init(_ deck: any Deck) { self.deck = deck }

  package var now: BootInstant { deck.now }
  package var minimumResolution: Duration { .microseconds(1) }
  package func reading() -> ClockReading { deck.reading() }

  package func sleep(until deadline: BootInstant, tolerance: Duration?) throws {
    throw CancellationError()
  }
}

/// A bus without wires, for a deck that never asks it.
package struct UnpluggedBus: I2CBus {
  package let name: String

  package init(name: String) { self.name = name }

  package func write(_ bytes: [UInt8], to address: I2CAddress) throws(BusError) {
    throw gone(address)
  }

  package func read(_ count: Int, from address: I2CAddress) throws(BusError) -> [UInt8] {
    throw gone(address)
  }

  package func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) throws(BusError) -> [UInt8] { throw gone(address) }

  package func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) throws(BusError) { throw gone(address) }

  package func answers(at address: I2CAddress) throws(BusError) -> Bool { throw gone(address) }

  private func gone(_ address: I2CAddress) -> BusError {
    BusError(.gone, path: name, address: address, operation: "use the bus of a tape")
  }
}

/// A line without a wire, for a deck that never asks it.
package struct UnpluggedLine: EdgeInput, SignalOutput {
  package let name: String
  package let isDebounced = false

  package init(name: String) { self.name = name }

  package func isActive() -> Bool { false }
  package func edges() -> AsyncStream<Edge> { AsyncStream { nil } }
  package func set(_ isActive: Bool) {}
}

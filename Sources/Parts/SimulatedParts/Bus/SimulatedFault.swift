package import Bus

/// What can go wrong on a simulated bus, at one address or everywhere.
package enum SimulatedFault: String, Hashable, Sendable, CaseIterable {
  /// The part does not acknowledge.
  case nak
  /// One bit of what is read is the other way round.
  case flippedBit
  /// One bit of what is written is the other way round: a register's number, or what goes into it.
  case flippedWrite
  /// Two to eight bits of what is read or written are the other way round.
  case flippedBits
  /// A run of the bits that are read or written, the whole message at most, is noise.
  case burst
  /// The data line is held low: nothing on the whole bus works.
  case stuckSDA
  /// The supply dips once, when the fault begins.
  case brownOut
  /// The part answers, with the last values again.
  case staleData
  /// SEN5x: all PM channels read 0xFFFE.
  case nearSentinel
  /// The part is gone: its address stays unacknowledged, and it has lost its state on return.
  case missing
  /// The transfer goes past its deadline.
  case timeout
  /// The part's own clock runs at half its speed: whatever it does takes twice its time.
  case slow
}

/// A fault with its place, its time and its likelihood.
package struct FaultPlan: Hashable, Sendable {
  package var fault: SimulatedFault
  /// Nil for every part on the bus.
  package var address: I2CAddress?
  package var from: BootInstant
  /// Nil for ever.
  package var until: BootInstant?
  /// How likely it strikes each transfer, 0 to 1.
  package var probability: Double

  package init(
    _ fault: SimulatedFault, on address: I2CAddress? = nil,
    from: BootInstant = BootInstant(sinceBoot: .zero), until: BootInstant? = nil,
    probability: Double = 1
  ) {
    self.fault = fault
    self.address = address
    self.from = from
    self.until = until
    self.probability = probability
  }
}

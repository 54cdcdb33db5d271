package import Bus

/// A bus whose every transfer passes through a deck.
package struct TapedBus: I2CBus {
  package var name: String { bus.name }
  private let key: String
  private let bus: any I2CBus
  private let deck: any Deck

  /// Puts a deck before a bus, which the tape knows by its key in the settings.
  package init(_ bus: any I2CBus, key: String, deck: any Deck) {
    self.bus = bus
    self.key = key
    self.deck = deck
  }

  package func write(_ bytes: [UInt8], to address: I2CAddress) async throws(BusError) {
    let bus = bus
    _ = try await carry(.write, address, bytes) { () async throws(BusError) in
      try await bus.write(bytes, to: address)
      return .done
    }
  }

  package func read(_ count: Int, from address: I2CAddress) async throws(BusError) -> [UInt8] {
    let bus = bus
    return try await carry(.read, address, [UInt8(truncatingIfNeeded: count)]) {
      () async throws(BusError) in .bytes(try await bus.read(count, from: address))
    }.bytes
  }

  package func readRegister(
    _ register: UInt8, count: Int, from address: I2CAddress
  ) async throws(BusError) -> [UInt8] {
    let bus = bus
    let detail = [register, UInt8(truncatingIfNeeded: count)]
    return try await carry(.readRegister, address, detail) { () async throws(BusError) in
      .bytes(try await bus.readRegister(register, count: count, from: address))
    }.bytes
  }

  package func writeRegister(
    _ register: UInt8, _ bytes: [UInt8], to address: I2CAddress
  ) async throws(BusError) {
    let bus = bus
    _ = try await carry(.writeRegister, address, [register] + bytes) {
      () async throws(BusError) in
      try await bus.writeRegister(register, bytes, to: address)
      return .done
    }
  }

  package func answers(at address: I2CAddress) async throws(BusError) -> Bool {
    let bus = bus
    let outcome = try await carry(.probe, address, []) { () async throws(BusError) in
      try await bus.answers(at: address) ? .yes : .no
    }
    return outcome == .yes
  }

  private func carry(
    _ kind: Request.Kind, _ address: I2CAddress, _ detail: [UInt8],
    _ transfer: @Sendable () async throws(BusError) -> Outcome
  ) async throws(BusError) -> Outcome {
    let request = Request(kind, "\(key) \(address)", detail)
    return try await deck.carry(request, on: nil) { await Outcome(transfer) }.orThrow(at: address)
  }
}

extension Outcome {
  /// What came of a call on a bus or a line.
  init(_ call: () async throws(BusError) -> Outcome) async {
    do {
      self = try await call()
    } catch {
      self = .failed(
        error.kind, code: error.code, path: error.path, operation: error.operation)
    }
  }

  /// The outcome, or the failure that it is.
  func orThrow(at address: I2CAddress? = nil) throws(BusError) -> Outcome {
    guard case .failed(let kind, let code, let path, let operation) = self else { return self }
    throw BusError(kind, path: path, address: address, operation: operation, code: code)
  }

  /// The bytes that were read; none where nothing was.
  var bytes: [UInt8] { if case .bytes(let bytes) = self { bytes } else { [] } }
}

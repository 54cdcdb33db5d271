import Bus

extension FDC1004 {
  /// A register of 16 bits, the more significant byte first ("Register maps").
  struct Register {
    let address: UInt8

    static let control = Register(address: 0x0C)
    static let manufacturer = Register(address: 0xFE)
    static let device = Register(address: 0xFF)
  }

  /// Bits of the control register ("FDC configuration register (0x0C)").
  enum Control {
    static let reset: UInt16 = 0x8000
    static let isRepeated: UInt16 = 0x0100
    static let doneBits: UInt16 = 0x000F
    /// RST, and the reserved bits, which read 0.
    static let unusedBits: UInt16 = 0xF200
  }

  func read(_ register: Register) async throws(SensorError) -> UInt16 {
    let bytes = try await wire.readRegister(register.address, count: 2)
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }

  /// A word that stands still.
  func readTwice(_ register: Register) async throws(SensorError) -> UInt16 {
    let bytes = try await wire.readRegister(register.address, count: 2, agreeing: 3)
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }

  /// Writes a word and reads it back, `changing` bits aside; throws `.corrupted` if it is another.
  func set(
    _ register: Register, to word: UInt16, but changing: UInt16 = 0
  ) async throws(SensorError) {
    try await write(register, word)
    let found = try await readTwice(register) & ~changing
    guard found == word else {
      throw .corrupted(
        "register \(register.address.hex) was set to \(word.hex) and holds \(found.hex)")
    }
  }

  /// A sample that was read twice alike; a conversion that ends in between costs a third read.
  func readSampleTwice(_ measurement: Measurement) async throws(SensorError) -> Sample {
    var last = try await readResult(of: measurement)
    for _ in 0..<2 {
      let again = try await readResult(of: measurement)
      if again == last {
        return try Sample(high: last.high, low: last.low, capdac: measurement.capdac)
      }
      last = again
    }
    throw .corrupted("the result of measurement \(measurement.input) is another at each read")
  }

  func write(_ register: Register, _ word: UInt16) async throws(SensorError) {
    try await wire.writeRegister(register.address, word.bigEndianBytes)
  }

  /// The two result words, whether new or not.
  func readResult(
    of measurement: Measurement
  ) async throws(SensorError) -> (high: UInt16, low: UInt16) {
    // The more significant word first: reading it holds the other ("Capacitive measurement registers").
    let high = try await read(measurement.resultHigh)
    return (high, try await read(measurement.resultLow))
  }

  /// Reads a result that was left behind, so that it is not taken for one of the next measurement.
  ///
  /// Reading both words is what clears DONE; that a new trigger does is nowhere promised.
  func discardResult(of measurement: Measurement) async throws(SensorError) {
    _ = try await readResult(of: measurement)
  }

  /// Looks at the control register every 5 ms, half a conversion, until it is as wanted.
  func wait(
    for what: String, until isDone: (UInt16) throws(SensorError) -> Bool
  ) async throws(SensorError) {
    let deadline = wire.clock.now.advanced(by: FDC1004.longestConversion)
    while true {
      // The time is taken before the look: a late look is still a look.
      let isLast = wire.clock.now >= deadline
      if try isDone(try await read(.control)) { return }
      guard !isLast else {
        throw .neverReady("waited \(FDC1004.longestConversion) for \(what)")
      }
      try await wire.pause(.milliseconds(5))
    }
  }
}

package import Bus

/// Plantower PMSA003I: particles; no commands, only a frame of 32 bytes to read.
///
/// Source: Plantower PMSA003I data manual, "I2C" and "Appendix I: transport protocol"; Adafruit_PM25
/// library. Tried on: nothing yet but the simulated part.
///
/// There is no data-ready flag: the part renews its frame every 2.3 s (every 0.2 to 0.8 s when the air
/// changes fast), so equal frames are either the same frame or the same air. For the first ten
/// seconds after power-on frames may be wrong, and values settle for thirty.
package struct PMSA003I: Sendable {
  /// The only address there is (data manual, "I2C").
  package static let defaultAddress: I2CAddress = 0x12

  let wire: Wire

  package init(
    bus: any I2CBus, address: I2CAddress = defaultAddress, clock: any StationClock
  ) {
    self.wire = Wire(bus: bus, address: address, clock: clock)
  }

  /// Who is there: the version byte, if a whole frame comes; throws `.wrongPart` on another start.
  package func identify() async throws(SensorError) -> PartInfo {
    let bytes = try await wire.read(Frame.byteCount)
    let start = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    // A part that has just been powered gives zeros: they say nothing about who it is.
    guard start == 0x424D || bytes.allSatisfy({ $0 == 0 }) else {
      throw .wrongPart(
        expected: "PMSA003I (0x424D)", found: "a frame that starts with \(start.hex)")
    }
    let frame = try Frame(bytes: bytes)
    return PartInfo(product: "PMSA003I", firmware: frame.version.hex)
  }

  /// The latest frame, new or not.
  package func read() async throws(SensorError) -> Frame {
    try Frame(bytes: try await wire.read(Frame.byteCount))
  }
}

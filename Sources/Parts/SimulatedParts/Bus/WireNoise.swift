/// What noise does to the bits of one message.
struct WireNoise {
  private let fault: SimulatedFault
  /// From which the places of the bits are drawn.
  private let draw: UInt64

  init(_ fault: SimulatedFault, _ draw: UInt64) {
    self.fault = fault
    self.draw = draw
  }

  var spoilsReads: Bool { fault != .flippedWrite }
  var spoilsWrites: Bool { fault != .flippedBit }

  func spoil(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let count = UInt64(bytes.count * 8)
    switch fault {
    case .flippedBits:
      for number in 0..<(2 + RandomField.hash(draw, 2) % 7) {
        Self.flip(Int(RandomField.hash(draw, 3, number) % count), in: &bytes)
      }
    case .burst:
      let first = RandomField.hash(draw, 2) % count
      let length = 2 + RandomField.hash(draw, 3) % (count - first)
      for bit in first..<min(first + length, count) where RandomField.hash(draw, 4, bit) & 1 == 1 {
        Self.flip(Int(bit), in: &bytes)
      }
    default: Self.flip(Int(draw % count), in: &bytes)
    }
  }

  private static func flip(_ bit: Int, in bytes: inout [UInt8]) {
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
  }
}

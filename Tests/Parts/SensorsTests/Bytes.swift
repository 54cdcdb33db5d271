/// Bytes as a datasheet prints them: `00 34 80`.
func bytes(_ hex: String) -> [UInt8] {
  hex.split(separator: " ").compactMap { UInt8($0, radix: 16) }
}

/// Every way to turn over one bit: the byte's place and the bit in it.
func everyFlip(of bytes: [UInt8]) -> [[UInt8]] {
  bytes.indices.flatMap { place in
    (0..<8).map { bit in
      var flipped = bytes
      flipped[place] ^= 1 << bit
      return flipped
    }
  }
}

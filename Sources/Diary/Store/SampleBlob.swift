import FoundationEssentials

/// A part's own codes as the diary keeps them: little-endian, four bytes each.
enum SampleBlob {
  static func encode(_ samples: [Int32]) -> Data {
    var bytes = Data(capacity: 4 * samples.count)
    for sample in samples {
      withUnsafeBytes(of: sample.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  static func decode(_ bytes: Data) -> [Int32] {
    var samples: [Int32] = []
    samples.reserveCapacity(bytes.count / 4)
    var code: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      code |= UInt32(byte) << (8 * UInt32(index % 4))
      guard index % 4 == 3 else { continue }
      samples.append(Int32(bitPattern: code))
      code = 0
    }
    return samples
  }
}

/// Numbers in the kernel's own byte order, as its structures have them in memory.
extension Array where Element == UInt8 {
  /// The number at an offset, or nil where the bytes end before it does.
  func number<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number? {
    guard offset >= 0, offset + MemoryLayout<Number>.size <= count else { return nil }
    return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
  }

  /// Appends the number's bytes.
  mutating func append<Number: FixedWidthInteger>(number: Number) {
    Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
  }

  /// `count` bytes from an offset, or nil where there are not as many.
  func bytes(_ count: Int, at offset: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset + count <= self.count else { return nil }
    return [UInt8](self[offset..<offset + count])
  }
}

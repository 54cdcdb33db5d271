/// SHA-256, as FIPS 180-4 defines it, over bytes that come piece by piece.
///
/// It says whether two diaries are the same; nothing secret depends on it. The library that would
/// do it brings 370 files of C to build, which on a Pi takes longer than the whole station.
struct SHA256 {
  private var state: InlineArray<8, UInt32> = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]
  private var length: UInt64 = 0
  /// What does not fill a block yet.
  private var rest: [UInt8] = []

  /// Takes in more bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var bytes = bytes[...]
    if !rest.isEmpty {
      let missing = bytes.prefix(64 - rest.count)
      rest.append(contentsOf: missing)
      bytes = bytes.dropFirst(missing.count)
      guard rest.count == 64 else { return }
      rest.withUnsafeBytes { compress($0) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = bytes.count & ~63
    compress(UnsafeRawBufferPointer(rebasing: bytes.prefix(whole)))
    rest.append(contentsOf: bytes.dropFirst(whole))
  }

  /// The 32 bytes of the digest.
  consuming func finish() -> [UInt8] {
    let bits = (length * 8).bigEndian
    let zeros = (119 - rest.count) % 64
    let end = [0x80] + [UInt8](repeating: 0, count: zeros)
    end.withUnsafeBytes { update($0) }
    withUnsafeBytes(of: bits) { update($0) }
    return (0..<8).flatMap { index in
      withUnsafeBytes(of: state[index].bigEndian) { [UInt8]($0) }
    }
  }

  /// Takes in whole blocks.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    let constants = Self.constants
    var words = InlineArray<64, UInt32>(repeating: 0)
    for start in stride(from: 0, to: blocks.count, by: 64) {
      for index in 0..<16 {
        words[unchecked: index] = UInt32(
          bigEndian: blocks.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
      }
      for index in 16..<64 {
        let (near, far) = (words[unchecked: index - 2], words[unchecked: index - 15])
        let sigma0 = far.turned(7) ^ far.turned(18) ^ far &>> 3
        let sigma1 = near.turned(17) ^ near.turned(19) ^ near &>> 10
        words[unchecked: index] =
          words[unchecked: index - 16] &+ sigma0 &+ words[unchecked: index - 7] &+ sigma1
      }
      for index in 0..<64 {
        words[unchecked: index] = words[unchecked: index] &+ constants[unchecked: index]
      }
      mix(words)
    }
  }

  /// The 64 rounds of a block (section 6.2.2), its words with the constants added.
  @inline(__always)
  private mutating func mix(_ words: borrowing InlineArray<64, UInt32>) {
    var letters = Letters(
      a: state[0], b: state[1], c: state[2], d: state[3], e: state[4], f: state[5], g: state[6],
      h: state[7])
    for index in stride(from: 0, to: 64, by: 4) {
      // Four rounds turn two halves of the letters once round.
      letters.round(words[unchecked: index])
      letters.round(words[unchecked: index + 1])
      letters.round(words[unchecked: index + 2])
      letters.round(words[unchecked: index + 3])
    }
    state[0] &+= letters.a
    state[1] &+= letters.b
    state[2] &+= letters.c
    state[3] &+= letters.d
    state[4] &+= letters.e
    state[5] &+= letters.f
    state[6] &+= letters.g
    state[7] &+= letters.h
  }

  /// The first 32 bits of the cube roots' fractions of the first 64 primes (section 4.2.2).
  private static let constants: InlineArray<64, UInt32> = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4,
    0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE,
    0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F,
    0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA, 0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC,
    0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
    0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070, 0x19A4_C116,
    0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7,
    0xC671_78F2,
  ]
}

/// The working variables of a block.
private struct Letters {
  var a, b, c, d, e, f, g, h: UInt32

  @inline(__always)
  mutating func round(_ word: UInt32) {
    let one = h &+ (e.turned(6) ^ e.turned(11) ^ e.turned(25)) &+ (g ^ (e & (f ^ g))) &+ word
    let two = (a.turned(2) ^ a.turned(13) ^ a.turned(22)) &+ ((a & b) | (c & (a | b)))
    (h, g, f, e) = (g, f, e, d &+ one)
    (d, c, b, a) = (c, b, a, one &+ two)
  }
}

extension UInt32 {
  /// The bits moved to the right, those that fall out coming in at the left.
  @inline(__always)
  fileprivate func turned(_ bits: UInt32) -> UInt32 { self &>> bits | self &<< (32 &- bits) }
}

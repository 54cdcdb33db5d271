/// Numbers that look random and come again for the same seed, campaign, subject and input.
///
/// Source: S. Vigna, splitmix64 (public domain).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, subject: String, index: UInt64) {
    // FNV-1a: the subject's name by a number that does not change from run to run.
    let name = subject.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ name ^ (index &* 0xD129_0D3C_A6D5_2B1D)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number below a bound, which must be above 0.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True once in so many times.
  mutating func isOne(in times: Int) -> Bool { below(times) == 0 }

  /// One of some, which must not be none.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

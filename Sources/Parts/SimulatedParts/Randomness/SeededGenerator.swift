/// A random number generator whose numbers follow from its seed alone: SplitMix64.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; the
/// constants are those of `java.util.SplittableRandom`. Period 2^64, passes BigCrush.
package struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Evenly distributed, 0 included and 1 not.
  package mutating func uniform() -> Double { Self.fraction(next()) }

  /// Normally distributed with mean 0 and standard deviation 1 (Box and Muller, 1958).
  package mutating func gaussian() -> Double {
    // 1 - u is never 0, whose logarithm is not a number we can use.
    Mathematics.boxMuller(1 - uniform(), uniform())
  }

  /// SplitMix64's finaliser: every bit of the input moves half the bits of the output.
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The upper 53 bits as a fraction.
  static func fraction(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }
}

/// Random numbers that are looked up and not drawn: the same key gives the same number, whatever
/// was asked before.
enum RandomField {
  /// Spreads a key of several numbers over 64 bits.
  static func hash(_ key: UInt64...) -> UInt64 {
    key.reduce(0) { SeededGenerator.mixed(($0 &+ 0x9E37_79B9_7F4A_7C15) ^ $1) }
  }

  /// Evenly distributed, 0 included and 1 not.
  static func uniform(_ hash: UInt64) -> Double { SeededGenerator.fraction(hash) }

  /// Normally distributed with mean 0 and standard deviation 1.
  static func gaussian(_ hash: UInt64) -> Double {
    let second = SeededGenerator.mixed(hash ^ 0x9E37_79B9_7F4A_7C15)
    return Mathematics.boxMuller(1 - uniform(hash), uniform(second))
  }

  /// Noise over time with standard deviation about 1, smooth, with most of its power in the slow.
  ///
  /// Three layers of value noise, each four times as fast and half as strong as the one before:
  /// random values on a lattice of `period`, eased between. It can be asked at any time, in any
  /// order, and always gives the same.
  static func noise(_ seed: UInt64, at time: Double, period: Double) -> Double {
    let layers = [(1.0, 1.0), (0.25, 0.5), (0.0625, 0.25)]
    // The layers' power is 1.3125; easing between lattice points takes a quarter of it away.
    return layers.reduce(0) { sum, layer in
      sum + layer.1 * eased(hash(seed, layer.0.bitPattern), at: time / (period * layer.0))
    }
  }

  private static func eased(_ seed: UInt64, at place: Double) -> Double {
    let cell = place.rounded(.down)
    let from = gaussian(hash(seed, UInt64(bitPattern: Int64(cell))))
    let to = gaussian(hash(seed, UInt64(bitPattern: Int64(cell) + 1)))
    let x = place - cell
    return from + (to - from) * x * x * (3 - 2 * x)
  }
}

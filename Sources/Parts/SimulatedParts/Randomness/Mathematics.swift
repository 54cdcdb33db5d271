#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few functions of the C library that the worlds are made of.
enum Mathematics {
  /// Two even fractions, the first not 0, to one normally distributed number.
  static func boxMuller(_ u: Double, _ v: Double) -> Double {
    (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }

  /// The sine of a full turn's fraction.
  static func wave(_ turns: Double) -> Double { sin(2 * .pi * turns) }

  /// e to the power of x.
  static func exponential(_ x: Double) -> Double { exp(x) }

  /// 10 to the power of x.
  static func powerOfTen(_ x: Double) -> Double { pow(10, x) }
}

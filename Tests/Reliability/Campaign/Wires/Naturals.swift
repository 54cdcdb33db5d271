#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The two functions of the C library that the truth is made of.
enum Naturals {
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func logarithm(_ x: Double) -> Double { log(x) }
}

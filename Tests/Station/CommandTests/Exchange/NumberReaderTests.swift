import Testing
import TestSupport

@testable import skin2vec

@Suite struct NumberReaderTests {
  /// Bit patterns as CPython's float() gives them.
  @Test(
    "a decimal is rounded once to the nearest double",
    arguments: [
      ("0", 0x0000_0000_0000_0000),
      ("-0", 0x8000_0000_0000_0000),
      ("21.37", 0x4035_5EB8_51EB_851F),
      ("0.1", 0x3FB9_9999_9999_999A),
      ("+5.", 0x4014_0000_0000_0000),
      (".5", 0x3FE0_0000_0000_0000),
      ("1e22", 0x4480_F0CF_064D_D592),
      ("1E-22", 0x3B5E_3920_1017_5EE6),
      ("9007199254740993", 0x4340_0000_0000_0000),
      ("1.7976931348623157e308", 0x7FEF_FFFF_FFFF_FFFF),
      ("2.2250738585072011e-308", 0x000F_FFFF_FFFF_FFFF),
      ("5e-324", 0x0000_0000_0000_0001),
      ("123456789012345678901234567890", 0x45F8_EE90_FF6C_373E),
      ("0.000000000000000000000000001", 0x3A53_CE9A_36F2_3C10),
    ] as [(String, UInt64)])
  func exact(text: String, bits: UInt64) {
    #expect(number(text)?.bitPattern == bits)
  }

  @Test("what seeded digits write is read as the standard library reads it")
  func manyNumbers() {
    var numbers = SeededNumbers(seed: 20_261_121)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: numbers.next())
      guard value.isFinite else { continue }
      #expect(number("\(value)") == value)
      let short = "\(Int(numbers.next() % 2_000_000)).\(numbers.next() % 100_000)"
      #expect(number(short) == Double(short))
    }
  }

  @Test(
    "anything else is no number",
    arguments: [
      "", " ", "-", "+", ".", "1..2", "1e", "1e+", "e5", "1,5", "0x10", "inf", "nan", "1 2", "12a",
      "1e99999", "1e400", "--1", "1_000",
    ])
  func none(text: String) {
    #expect(number(text) == nil)
  }

  @Test("spaces around a number are no fault")
  func spaces() {
    #expect(number(" 21.5\t") == 21.5)
  }

  private func number(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { NumberReader.number($0) }
  }
}

/// The same numbers for the same seed, on every machine.
///
/// Source: S. Vigna, splitmix64.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

import Readings
import Testing

/// Numbers that files and requests have held, and that once ended the program.
@Suite("absurd numbers") struct AbsurdNumberTests {
  /// A zoneinfo file without a table: a type of local time, an hour east, and a rule.
  private static func zone(offset: [UInt8] = [0, 0, 0x0E, 0x10], rule: String) -> ZoneRules? {
    let start = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    let none = start + [UInt8](repeating: 0, count: 24)
    let counts = [UInt8](repeating: 0, count: 16) + [0, 0, 0, 1, 0, 0, 0, 4]
    let body = offset + [0, 0] + Array("AAA\0".utf8)
    return ZoneRules(
      name: "Test/Zone", zoneinfo: none + start + counts + body + Array("\n\(rule)\n".utf8))
  }

  @Test(
    "a zone whose rule is of no place on earth is refused",
    arguments: [
      "CET-9223372036854775807", "CET-1CEST,J9223372036854775807,M10.5.0", "CET-26", "CET25",
      "CET-1CEST,400,M10.5.0", "CET-1CEST,J0,M10.5.0", "CET-1CEST,M3.5.0/200,M10.5.0", "CET-1:99",
      "CET-1CEST-99,M3.5.0,M10.5.0", "CET-1CEST+,M3.5.0,M10.5.0", "nonsense",
    ])
  func zoneRule(rule: String) { #expect(Self.zone(rule: rule) == nil) }

  @Test("a rule at the ends of what there is on earth is taken")
  func zoneRuleAtTheEnds() throws {
    #expect(Self.zone(rule: "")?.offsetSeconds(at: 0) == 3600)
    #expect(Self.zone(rule: "XXX24:59:59")?.offsetSeconds(at: 0) == -89_999)
    let zone = try #require(Self.zone(rule: "IST-2IDT,M3.4.4/26,J365/167"))
    let last = zone.offsetSeconds(at: Timestamp(microseconds: .max).seconds)
    #expect(last == 7200 || last == 10_800)
  }

  @Test("a type of local time that is days away from UTC is refused")
  func zoneType() { #expect(Self.zone(offset: [0x7F, 0xFF, 0xFF, 0xFF], rule: "") == nil) }

  @Test("a moment beyond the first or the last there is, is the first or the last")
  func moments() {
    let (first, last) = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
    #expect(last + .seconds(1) == last)
    #expect(first - .seconds(1) == first)
    #expect(last + .seconds(-1) == Timestamp(microseconds: .max - 1_000_000))
    #expect(Timestamp.seconds(.max) == last)
    #expect(Timestamp.seconds(.min) == first)
    let whole: Duration = last - first
    #expect(whole == Duration.microseconds(Int64.max) - Duration.microseconds(Int64.min))
    #expect(Timestamp(microseconds: 5) + .microseconds(-7) == Timestamp(microseconds: -2))
  }

  @Test("a span that is no span has words all the same")
  func spans() {
    #expect(spanInWords(.nan) == "0 s")
    #expect(spanInWords(-1e300) == "0 s")
    #expect(spanInWords(1e300) == spanInWords(.infinity))
    #expect(spanInWords(59.9) == "59 s")
  }

  @Test("seconds that no duration can hold are a hundred years, or none")
  func seconds() {
    #expect(Duration.rounding(.nan) == .zero)
    #expect(Duration.rounding(1e300) == Duration.rounding(.infinity))
    #expect(Duration.rounding(0.8) == .milliseconds(800))
  }
}
